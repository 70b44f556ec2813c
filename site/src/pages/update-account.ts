/**
 * Edit account, for staff, and for a partner that corrects what it created: name, contact, plan and
 * its renewal, partner, licences, time zone and customer number.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/account-forms.ts'
import { onlyItsAdministrators } from '#language/plan.ts'
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
import { isStaff } from '../api/acting-as.ts'
import { showAccount, updateAccount } from '../api/client.ts'
import type { Account, AccountChanges } from '../api/contract.ts'
import { pageUrl } from '../lib/address.ts'
import { partnerWord } from '../lib/brand.ts'
import { dayIn } from '../lib/day.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { type FormPage, formPage } from '../shell/form-page.ts'
import { load, requireParameter, requireSession } from '../shell/view.ts'
import type { Field } from '../ui/form/form.ts'
import { missingPermission } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const account = await load(() => showAccount(id))
  const back = pageUrl('/account/', { account: id })
  const isCustomer = account.kind === 'customer'
  const current = currentValues(account)
  const isPartner = account.you.as === 'partner'
  const parts = editable(account)
  const offered = isPartner && parts.plan && account.confirmation === 'unconfirmed'
  const fields = offered ? planAmong(account.partner_plans ?? []) : PLAN
  const plan = parts.plan ? fields.map((spec) => ({ ...spec, required: isCustomer })) : []
  const page = formPage({
    title: () => [text.editTitle, account.name],
    fields: () => [...ABOUT, ...plan, ...CONTACT],
    groups: [
      { name: 'partner', label: text.partnerSection(partnerWord), type: 'text' },
      { name: 'licences', label: text.licences, type: 'text' },
    ],
    content: (shown) => html`
      ${accountBar(account, '')}
      ${
        account.you.allowed_actions.includes('update-account')
          ? form(shown)
          : notAllowed(mayNotEdit(account), back, text.backToAccount)
      }
    `,
    send({ values, form: sent }) {
      const changed = changes(values, sent)
      if (!Object.keys(changed).length) return null
      return updateAccount(id, { ...changed, version: account.version })
    },
    done: () => location.assign(pageUrl('/account/', { account: id, done: 'saved' })),
    explain: (problem) => explainExisting(problem, '/account/'),
  })
  const chooser = new PartnerChooser(account.partner, page.render)
  const rows = new LicenceRows(account.licences, page.render)
  page.render()

  function form({ form: whole, field, submit }: FormPage) {
    const shown = (spec: Field) => field(spec, current[spec.name])
    const partners = text.partnerSection(partnerWord)
    return whole(
      html`
        ${section('about', text.about, ABOUT.map(shown))}
        ${isPartner ? html`<p class="notice">${correctionHint()}</p>` : nothing}
        ${parts.plan ? section('plan', text.servicePlan, [plan.map(shown), renewal()]) : nothing}
        ${parts.partner ? section('partners', partners, chooser.render()) : nothing}
        ${parts.licences ? section('products', text.licences, rows.render()) : nothing}
        ${section(
          'contact',
          text.contact,
          html`${account.kind === 'partner' ? contactHint() : nothing} ${CONTACT.map(shown)}`,
        )}
        <div class="actions">
          ${submit(text.save)}
          <a class="button" href=${back}>${text.cancel}</a>
        </div>
      `,
      'stack',
    )
  }

  function correctionHint(): string {
    return account.confirmation === 'waiting' ? text.correctWaiting : text.correctCreated
  }

  function renewal() {
    if (isPartner) return nothing
    return html`
      <p class="hint" id="renew-hint">${text.renewHint}</p>
      <div class="actions">
        <button class="button" type="button" aria-describedby="renew-hint" @click=${renew}>
          ${text.renew}
        </button>
      </div>
    `
  }

  /** Fills in the renewed dates. Nothing is saved until the form is. */
  function renew(): void {
    const days = renewed(account.plan, dayIn(account.time_zone))
    for (const [name, value] of Object.entries(days)) {
      const input = document.getElementById(`plan.${name}`)
      if (input instanceof HTMLInputElement) input.value = value
    }
    document.getElementById('plan.ends_on')?.focus()
  }

  /**
   * Returns only what differs, so that two people who edit different fields do not overwrite each
   * other.
   */
  function changes(typed: Record<string, string>, sent: HTMLFormElement): AccountChanges {
    const differ = (specs: Field[]) => specs.some(({ name }) => typed[name] !== current[name])
    const { name, external_id, time_zone } = typed
    const changed: AccountChanges = {}
    if (name && name !== current.name) changed.name = name
    if (external_id !== current.external_id) changed.external_id = external_id || null
    if (time_zone && time_zone !== current.time_zone) changed.time_zone = time_zone
    if (differ(CONTACT)) changed.contact = contactOf(typed)
    if (parts.plan && differ(PLAN)) changed.plan = planOf(typed)
    if (parts.partner && chooser.chosen?.account !== account.partner?.account)
      changed.partner = chooser.chosen?.account ?? null
    if (!parts.licences) return changed
    const licensed = rows.read(sent)
    if (JSON.stringify(licensed) !== JSON.stringify(account.licences)) changed.licences = licensed
    return changed
  }
}

function mayNotEdit(account: Account): string {
  if (account.kind === 'vendor') return onlyItsAdministrators
  return isStaff(account) ? missingPermission('plans') : text.mayNotEdit
}

/**
 * Returns which parts the user can change. The vendor has no plan. A partner corrects everything of
 * a customer that waits, but for its partner; later neither products nor a plan that staff have
 * confirmed.
 */
function editable({ kind, you, confirmation, partner_plans: offered }: Account) {
  const isCustomer = kind === 'customer'
  if (you.as !== 'partner')
    return { plan: kind !== 'vendor', partner: isCustomer, licences: isCustomer }
  const isWaiting = confirmation === 'waiting'
  const isOffered = confirmation === 'unconfirmed' && Boolean(offered?.length)
  return { plan: isWaiting || isOffered, partner: false, licences: isWaiting }
}

function currentValues(account: Account): Record<string, string> {
  return {
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
}

function contactHint() {
  return html`<p class="hint">${text.contactHint(partnerWord)}</p>`
}
