/**
 * Edit account: name, contact, plan with its renewal, partner, licences, time zone and the vendor's
 * own number. For staff.
 */
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
import { showAccount, updateAccount } from '../api/client.ts'
import type { AccountChanges } from '../api/contract.ts'
import { pageUrl } from '../lib/address.ts'
import { partnerWord } from '../lib/brand.ts'
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

await requireSession()
const id = await requireParameter('account')
const account = await load(() => showAccount(id))
const back = pageUrl('/account/', { account: id })
const isCustomer = account.kind === 'customer'
const plan = isCustomer ? PLAN.map((spec) => ({ ...spec, required: true })) : PLAN
const partner: Field = { name: 'partner', label: text.partnerSection(partnerWord), type: 'text' }
const licences: Field = { name: 'licences', label: text.licences, type: 'text' }
const fields = [...ABOUT, ...plan, ...CONTACT]
const errors = new FormErrors(fields, draw)
const chooser = new PartnerChooser(account.partner, draw)
const rows = new LicenceRows(account.licences, draw)
let existing: string | null = null
let isBusy = false

const current: Record<string, string> = {
  name: account.name,
  external_id: account.external_id ?? '',
  time_zone: account.time_zone,
  'contact.email': account.contact.email ?? '',
  'contact.phone': account.contact.phone ?? '',
  'contact.website': account.contact.website ?? '',
  'plan.name': account.plan?.name ?? '',
  'plan.starts_on': account.plan?.starts_on ?? '',
  'plan.ends_on': account.plan?.ends_on ?? '',
}

draw()

function draw(): void {
  const name = errors.summary.length || existing ? showErrorCountInTitle : setTitle
  name(text.editTitle, account.name)
  const content = account.you.may.includes('update-account')
    ? form()
    : notAllowed(text.mayNotEdit, back, text.backToAccount)
  renderPage(html`${accountBar(account, '')} ${content}`)
}

function form() {
  const shown = (spec: Field) => field(spec, current[spec.name] ?? '', errors.now)
  return html`
    <form
      class="stack"
      novalidate
      @submit=${onSubmit}
      @input=${errors.onInput}
      @focusout=${errors.onLeave}
    >
      ${errorSummary([...fields, partner, licences], errors.summary)}
      ${existing ? existsNotice(pageUrl('/account/', { account: existing })) : nothing}
      ${section('about', text.about, ABOUT.map(shown))}
      ${section(
        'plan',
        text.servicePlan,
        html`${plan.map(shown)}
          <p class="hint" id="renew-hint">${text.renewHint}</p>
          <div class="actions">
            <button class="button" type="button" aria-describedby="renew-hint" @click=${renew}>
              ${text.renew}
            </button>
          </div>`,
      )}
      ${isCustomer ? section('partners', text.partnerSection(partnerWord), chooser.show()) : nothing}
      ${isCustomer ? section('products', text.licences, rows.show()) : nothing}
      ${section(
        'contact',
        text.contact,
        html`${account.kind === 'partner' ? html`<p class="hint">${text.contactHint(partnerWord)}</p>` : nothing}
        ${CONTACT.map(shown)}`,
      )}
      <div class="actions">
        ${submitButton(text.save, isBusy)}
        <a class="button" href=${back}>${text.cancel}</a>
      </div>
    </form>
  `
}

/** Only fills the fields: what is saved is what can be read there. */
function renew(): void {
  const days = renewed(account.plan, dayIn(account.time_zone))
  for (const [name, value] of Object.entries(days)) {
    const input = document.getElementById(`plan.${name}`)
    if (input instanceof HTMLInputElement) input.value = value
  }
  document.getElementById('plan.ends_on')?.focus()
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  clearMessage()
  existing = null
  errors.set(findErrors(target, fields))
  if (errors.now.length) {
    draw()
    return focusErrors()
  }
  const changed = changes(valuesOf(target), target)
  const done = pageUrl('/account/', { account: id, done: 'saved' })
  if (!Object.keys(changed).length) return location.assign(done)
  isBusy = true
  draw()
  const result = await updateAccount(id, { ...changed, version: account.version })
  isBusy = false
  if (result.ok) return location.assign(done)
  showSaveProblem(result.problem, errors, show)
}

function show(account: string | null): void {
  existing = account
  draw()
}

/**
 * Only what differs, so that two people who change different things do not undo each other's
 * change.
 */
function changes(typed: Record<string, string>, target: HTMLFormElement): AccountChanges {
  const differ = (specs: Field[]) => specs.some(({ name }) => typed[name] !== current[name])
  const changed: AccountChanges = {}
  if (typed.name && typed.name !== current.name) changed.name = typed.name
  if (typed.external_id !== current.external_id) changed.external_id = typed.external_id || null
  if (typed.time_zone && typed.time_zone !== current.time_zone) changed.time_zone = typed.time_zone
  if (differ(CONTACT)) changed.contact = contactOf(typed)
  if (differ(PLAN)) changed.plan = planOf(typed)
  if (!isCustomer) return changed
  if (chooser.chosen?.account !== account.partner?.account)
    changed.partner = chooser.chosen?.account ?? null
  const licensed = rows.read(target)
  if (JSON.stringify(licensed) !== JSON.stringify(account.licences)) changed.licences = licensed
  return changed
}
