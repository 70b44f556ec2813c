/** New account: a customer of a partner, or whatever staff create, with its first professional. */
import { html, nothing } from 'lit-html'
import * as text from '#language/account-forms.ts'
import {
  ABOUT,
  CONTACT,
  contactOf,
  LicenceRows,
  PLAN,
  planOf,
  section,
} from '../account/account-fields.ts'
import { existsNotice, notAllowed, showSaveProblem } from '../account/account-refusal.ts'
import { PartnerChooser } from '../account/partner-chooser.ts'
import { renewed } from '../account/plan-renewal.ts'
import { createAccount, showAccount } from '../api/client.ts'
import type { FieldError, NewAccount } from '../api/contract.ts'
import { checkEmail, checkName } from '../api/person-rules.ts'
import { pageUrl } from '../lib/address.ts'
import { languages, partnerWord } from '../lib/brand.ts'
import { dayIn } from '../lib/day.ts'
import { accountBar } from '../shell/account-bar.ts'
import {
  clearMessage,
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
  showErrorCountInTitle,
} from '../shell/view.ts'
import {
  errorSummary,
  type Field,
  FormErrors,
  field,
  findErrors,
  focusErrors,
  submitButton,
  valuesOf,
} from '../ui/form.ts'
import { accountKindName, languageName } from '../words/codes.ts'

await requireSession()
const home = await requireParameter('account')
const account = await load(() => showAccount(home))
const customers = pageUrl('/customers/', { account: home })
const isStaff = account.kind === 'vendor'
const kind: Field = {
  name: 'kind',
  label: text.kind,
  type: 'select',
  required: true,
  choices: (['customer', 'partner'] as const).map((value) => ({
    value,
    label: accountKindName(value),
  })),
}
const plan = PLAN.map((spec) => ({ ...spec, required: true }))
const FIRST: Field[] = [
  { name: 'first_professional.name', label: text.personName, type: 'text', rule: checkName },
  { name: 'first_professional.email', label: text.personEmail, type: 'email', rule: checkEmail },
  {
    name: 'first_professional.language',
    label: text.mailLanguage,
    type: 'select',
    required: true,
    choices: languages.map((code) => ({ value: code, label: languageName(code) })),
  },
]
const partner: Field = { name: 'partner', label: text.partnerSection(partnerWord), type: 'text' }
let isCustomer = true
const fields = () => [...ABOUT, ...(isCustomer ? plan : CONTACT), ...FIRST]
const errors = new FormErrors([...ABOUT, ...plan, ...CONTACT, ...FIRST], draw)
const chooser = new PartnerChooser(null, draw)
const rows = new LicenceRows([], draw)
const given: Record<string, string> = {
  time_zone: account.time_zone,
  'first_professional.language':
    languages.find((code) => code === document.documentElement.lang) ?? languages[0] ?? 'en',
  ...Object.fromEntries(
    Object.entries(renewed(null, dayIn(account.time_zone))).map(([name, day]) => [
      `plan.${name}`,
      day,
    ]),
  ),
}
let existing: string | null = null
let isBusy = false

draw()

function draw(): void {
  const name = errors.summary.length || existing ? showErrorCountInTitle : setTitle
  name(text.newTitle, account.name)
  const content = account.you.may.includes('create-account')
    ? form()
    : notAllowed(text.mayNotCreate, customers, text.backToCustomers)
  renderPage(html`${accountBar(account, '')} ${content}`)
}

function form() {
  const shown = (spec: Field) => field(spec, given[spec.name] ?? '', errors.now)
  return html`
    ${isStaff ? nothing : html`<p class="lead">${text.newLead(account.name)}</p>`}
    <form
      class="stack"
      novalidate
      @submit=${onSubmit}
      @input=${errors.onInput}
      @focusout=${errors.onLeave}
      @change=${onChange}
    >
      ${errorSummary([...fields(), partner], errors.summary)}
      ${existing ? existsNotice(pageUrl('/people/', { account: existing })) : nothing}
      ${section('about', text.about, html`${isStaff ? shown(kind) : nothing} ${ABOUT.map(shown)}`)}
      ${isCustomer ? section('plan', text.servicePlan, plan.map(shown)) : nothing}
      ${isCustomer && isStaff ? section('partners', text.partnerSection(partnerWord), chooser.show()) : nothing}
      ${isCustomer ? section('products', text.licences, rows.show()) : section('contact', text.contact, CONTACT.map(shown))}
      ${section(
        'first',
        text.first,
        html`<p class="hint">${text.firstHint}</p>
          ${FIRST.map(shown)}`,
      )}
      <div class="actions">
        ${submitButton(text.create, isBusy)}
        <a class="button" href=${customers}>${text.cancel}</a>
      </div>
    </form>
  `
}

function onChange({ target }: Event): void {
  if (!(target instanceof HTMLSelectElement) || target.name !== 'kind') return
  isCustomer = target.value === 'customer'
  draw()
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  const typed = valuesOf(target)
  clearMessage()
  existing = null
  errors.set([...findErrors(target, fields()), ...incompletePerson(typed)])
  if (errors.now.length) {
    draw()
    return focusErrors()
  }
  isBusy = true
  draw()
  const result = await createAccount(newAccount(typed, target))
  isBusy = false
  if (result.ok) return location.assign(pageUrl('/people/', { account: result.value.account }))
  showSaveProblem(result.problem, errors, show)
}

function show(account: string | null): void {
  existing = account
  draw()
}

/** A person has a name and an address, or is left for later. */
function incompletePerson(typed: Record<string, string>): FieldError[] {
  const [name, email] = ['first_professional.name', 'first_professional.email'] as const
  if (Boolean(typed[name]) === Boolean(typed[email])) return []
  return [{ field: typed[name] ? email : name, code: 'missing' }]
}

function newAccount(typed: Record<string, string>, target: HTMLFormElement): NewAccount {
  const of = isStaff ? chooser.chosen?.account : home
  const [name, email] = [typed['first_professional.name'], typed['first_professional.email']]
  const first =
    name && email ? { name, email, language: typed['first_professional.language'] ?? 'en' } : null
  return {
    name: typed.name ?? '',
    kind: isCustomer ? 'customer' : 'partner',
    external_id: typed.external_id || null,
    time_zone: typed.time_zone ?? 'UTC',
    ...(isCustomer && { plan: planOf(typed), licences: rows.read(target) }),
    ...(isCustomer && of && { partner: of }),
    ...(!isCustomer && { contact: contactOf(typed) }),
    ...(first && { first_professional: first }),
  }
}
