/** What pages about one account have in common: its name and plan, the way to its other pages, labels. */
import { html, nothing } from 'lit-html'
import { page } from './address.ts'
import type { Account, Plan, ProfessionalState } from './contract.ts'
import { NO_PLAN } from './lapse-view.ts'
import { lapse, planState, professionalState, type Tone } from './words.ts'

/** The account's name and plan above a page, with links to the account's pages that the person may see. */
export function accountBar(account: Account, current: string) {
  const { as, may, professional } = account.you
  const pages = [
    ['/people/', 'People', may.includes('list-professionals')],
    ['/account/', 'Account and plan', true],
    ['/activity/', 'Activity', may.includes('list-activity')],
    ['/customers/', 'Customers', account.kind !== 'customer' && professional !== null],
  ] as const
  return html`
    <div class="account-bar">
      <p>
        <strong>${account.name}</strong> ${planTag(account.plan)}
        ${as === 'partner' || as === 'staff' ? tag(`You act as ${as}`, 'plain') : nothing}
      </p>
      <nav aria-label="Account">
        ${pages
          .filter(([, , shown]) => shown)
          .map(
            ([path, label]) => html`
              <a href=${page(path, { account: account.account })} aria-current=${path === current ? 'page' : nothing}
                >${label}</a
              >
            `,
          )}
      </nav>
    </div>
    ${isLapsed(account) && !may.includes('invite') ? readOnly(account) : nothing}
  `
}

/** A plan's state, in a colour and in words. */
export function planTag(plan: Plan | null) {
  if (!plan) return nothing
  const { label, tone } = planState(plan.state)
  return tag(`${plan.name}: ${label}`, tone)
}

export function stateTag(state: ProfessionalState) {
  const { label, tone } = professionalState(state)
  return tag(label, tone)
}

export function tag(label: string, tone: Tone) {
  return html`<span class="tag ${tone}">${label}</span>`
}

/** Whether the account's people have no access: customers need a plan, partners and the vendor may have none. */
export function isLapsed({ plan, kind }: Account): boolean {
  return plan ? plan.state === 'lapsed' : kind === 'customer'
}

function readOnly({ account, plan }: Account) {
  return html`
    <p class="notice warn">
      ${plan ? lapse(plan) : NO_PLAN} Until it is renewed these pages can be read, but nothing can be changed.
      <a href=${page('/plan-lapsed/', { account })}>Whom to ask</a>
    </p>
  `
}
