/**
 * New account: a customer of a partner, or any account created by staff, with its first
 * professional.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/account-forms.ts'
import {
  ABOUT,
  CONTACT,
  contactOf,
  LicenceRows,
  PLAN,
  planAmong,
  planOf,
  section,
} from '../account/account-fields.ts'
import { explainExisting, notAllowed } from '../account/account-problems.ts'
import { PartnerChooser } from '../account/partner-chooser.ts'
import { renewed } from '../account/plan-renewal.ts'
import { createAccount, showAccount } from '../api/client.ts'
import type { Account, FieldError, NewAccount } from '../api/contract.ts'
import { checkEmail, checkName } from '../api/person-rules.ts'
import { pageUrl } from '../lib/address.ts'
import { languages, partnerWord } from '../lib/brand.ts'
import { dayIn } from '../lib/day.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { type FormPage, formPage } from '../shell/form-page.ts'
import { load, requireParameter, requireSession } from '../shell/view.ts'
import type { Field } from '../ui/form/form.ts'
import { accountKindName, languageName, missingPermission } from '../words/codes.ts'

const KIND: Field = {
  name: 'kind',
  label: text.kind,
  type: 'select',
  required: true,
  choices: (['customer', 'partner'] as const).map((value) => ({
    value,
    label: accountKindName(value),
  })),
}
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

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const home = await requireParameter('account')
  const account = await load(() => showAccount(home))
  const customers = pageUrl('/customers/', { account: home })
  const isStaff = account.kind === 'vendor'
  const given = suggestions(account)
  const { partner_plans: offered } = account
  const plan = (offered?.length ? planAmong(offered) : PLAN).map((spec) => ({
    ...spec,
    required: true,
  }))
  /** Products wait for staff, so a customer that is created at once has none. */
  const hasProducts = !offered?.length
  const waits = Boolean(offered) && !offered?.length
  let isCustomer = true
  const page = formPage({
    title: () => [text.newTitle, account.name],
    fields: () => [...ABOUT, ...(isCustomer ? plan : CONTACT), ...FIRST],
    groups: [{ name: 'partner', label: text.partnerSection(partnerWord), type: 'text' }],
    content: (shown) => html`
      ${accountBar(account, '')}
      ${
        account.you.allowed_actions.includes('create-account')
          ? form(shown)
          : notAllowed(
              isStaff ? missingPermission('plans') : text.mayNotCreate,
              customers,
              text.backToCustomers,
            )
      }
    `,
    check: ({ values }) => incompletePerson(values),
    send: ({ values, form: sent }) => createAccount(newAccount(values, sent)),
    done(created) {
      if (!created) return
      const { account: id, confirmation } = created
      location.assign(
        confirmation === 'waiting'
          ? pageUrl('/account/', { account: id, done: 'waiting' })
          : pageUrl('/people/', { account: id }),
      )
    },
    explain: (problem) => explainExisting(problem, '/people/'),
  })
  const chooser = new PartnerChooser(null, page.render)
  const rows = new LicenceRows([], page.render)
  page.render()

  function form({ form: whole, field, submit }: FormPage) {
    const shown = (spec: Field) => field(spec, given[spec.name])
    const partners = text.partnerSection(partnerWord)
    const kind = isStaff ? html`<div @change=${onKind}>${shown(KIND)}</div>` : nothing
    return html`
      ${isStaff ? nothing : html`<p class="lead">${text.newLead(account.name)}</p>`}
      ${
        offered
          ? html`<p class="notice">${offered.length ? text.createdAtOnce : text.waitsForStaff}</p>`
          : nothing
      }
      ${whole(
        html`
          ${section('about', text.about, html`${kind} ${ABOUT.map(shown)}`)}
          ${isCustomer ? section('plan', text.servicePlan, plan.map(shown)) : nothing}
          ${isCustomer && isStaff ? section('partners', partners, chooser.render()) : nothing}
          ${isCustomer && hasProducts ? section('products', text.licences, rows.render()) : nothing}
          ${isCustomer ? nothing : section('contact', text.contact, CONTACT.map(shown))}
          ${section(
            'first',
            text.first,
            html`<p class="hint">${waits ? text.firstHintWaiting : text.firstHint}</p>
              ${FIRST.map(shown)}`,
          )}
          <div class="actions">
            ${submit(text.create)}
            <a class="button" href=${customers}>${text.cancel}</a>
          </div>
        `,
        'stack',
      )}
    `
  }

  function onKind({ target }: Event): void {
    if (!(target instanceof HTMLSelectElement)) return
    isCustomer = target.value === 'customer'
    page.render()
  }

  function newAccount(typed: Record<string, string>, sent: HTMLFormElement): NewAccount {
    const partner = isStaff ? chooser.chosen?.account : home
    const email = typed['first_professional.email']
    const first = {
      name: typed['first_professional.name'] ?? '',
      language: typed['first_professional.language'] ?? 'en',
    }
    return {
      name: typed.name ?? '',
      kind: isCustomer ? 'customer' : 'partner',
      external_id: typed.external_id || null,
      time_zone: typed.time_zone ?? 'UTC',
      ...(isCustomer && { plan: planOf(typed) }),
      ...(isCustomer && hasProducts && { licences: rows.read(sent) }),
      ...(isCustomer && partner && { partner }),
      ...(!isCustomer && { contact: contactOf(typed) }),
      ...(email && { first_professional: { ...first, email } }),
    }
  }
}

/** Returns initial values: the user's time zone and language, and a plan for a year. */
function suggestions(account: Account): Record<string, string> {
  const days = Object.entries(renewed(null, dayIn(account.time_zone)))
  return {
    time_zone: account.time_zone,
    'first_professional.language':
      languages.find((code) => code === document.documentElement.lang) ?? languages[0] ?? 'en',
    ...Object.fromEntries(days.map(([name, day]) => [`plan.${name}`, day])),
  }
}

/** Checks that the first professional has both name and address, or neither. */
function incompletePerson(typed: Record<string, string>): FieldError[] {
  const [name, email] = ['first_professional.name', 'first_professional.email'] as const
  if (Boolean(typed[name]) === Boolean(typed[email])) return []
  return [{ field: typed[name] ? email : name, code: 'missing' }]
}
