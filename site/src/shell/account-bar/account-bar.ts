/** The bar on pages about one account: its name, its plan, and links to its other pages. */
import { html, nothing, render, type TemplateResult } from 'lit-html'
import * as text from '#language/accounts.ts'
import { isPartnerOrStaff } from '../../api/acting-as.ts'
import type { Account } from '../../api/contract.ts'
import { session } from '../../api/session.ts'
import { pageUrl } from '../../lib/address.ts'
import { partnerWord } from '../../lib/brand.ts'
import { dayIn } from '../../lib/day.ts'
import { perPage } from '../../lib/per-page.ts'
import { icon } from '../../ui/icon/icon.ts'
import { planTag, tag } from '../../ui/tag/tag.ts'
import { accountKindName, lapseReason } from '../../words/codes.ts'
import { isLapsed, isToCome } from '../../words/plan-term.ts'
import { AccountSwitch } from './account-switch.ts'

/** The bar in the header. Only pages about accounts have one. */
const bar = perPage(() => new AccountBar(document.getElementById('account')))

/**
 * Shows the account in the header, with links to the pages that the user may see.
 *
 * Returns a notice for the top of the page when the account is read-only.
 */
export function accountBar(account: Account, current: string): TemplateResult | typeof nothing {
  bar().show({ account, current })
  // Partner and staff who only read do so whatever the plan is.
  const isReadOnly = !isPartnerOrStaff(account) && !account.you.allowed_actions.includes('invite')
  return isLapsed(account) && isReadOnly ? readOnly(account) : nothing
}

/** Shows only the account switch, when the page's own account cannot be shown. */
export function emptyAccountBar(): void {
  bar().show(null)
}

/** Clears the bar, when nobody is signed in. */
export function clearAccountBar(): void {
  bar().clear()
}

class AccountBar {
  private readonly accounts: AccountSwitch | null
  private shown: { account: Account; current: string } | null = null

  constructor(private readonly place: HTMLElement | null) {
    this.accounts = place && new AccountSwitch(place, () => void this.draw())
  }

  show(shown: { account: Account; current: string } | null): void {
    this.shown = shown
    void this.draw()
  }

  clear(): void {
    this.shown = null
    this.render(nothing)
  }

  private async draw(): Promise<void> {
    const { accounts, shown } = this
    if (!accounts) return
    if (!shown) return this.render(accounts.render(null))
    const known = await session()
    // Another call has replaced what to show.
    if (this.shown !== shown) return
    const { account, current } = shown
    const hasSeveral =
      known.ok &&
      known.value !== null &&
      (known.value.accounts > 1 || account.you.professional === null)
    this.render(content(account, current, hasSeveral ? accounts.render(account) : only(account)))
  }

  private render(content: TemplateResult | typeof nothing): void {
    if (!this.place) return
    // Remove the template's skeleton first.
    if (this.place.hasAttribute('aria-busy')) {
      this.place.removeAttribute('aria-busy')
      this.place.replaceChildren()
    }
    render(content, this.place)
  }
}

function only({ name }: Account) {
  return html`<p class="account-switch">
    ${icon('account')} <bdi class="account-name">${name}</bdi>
  </p>`
}

function content(account: Account, current: string, who: TemplateResult) {
  const { as, allowed_actions: actions, professional } = account.you
  const pages = [
    ['/people/', text.people, actions.includes('list-professionals')],
    ['/access-requests/', text.accessRequests, actions.includes('decide-access-request')],
    ['/account/', text.plan, true],
    ['/activity/', text.activity, actions.includes('list-activity')],
    ['/customers/', text.customers, account.kind !== 'customer' && professional !== null],
  ] as const
  const link = (path: string, label: string) => html`
    <a
      href=${pageUrl(path, { account: account.account })}
      aria-current=${path === current ? 'page' : nothing}
      >${label}</a
    >
  `
  const { plan, kind, time_zone, confirmation } = account
  const isUnconfirmed = confirmation !== 'confirmed' && professional === null
  return html`
    <div class="account-who">${who}</div>
    <p class="tags">
      ${as === 'partner' ? tag(text.actAsPartner(partnerWord), 'acting') : nothing}
      ${as === 'staff' ? tag(text.actAsStaff, 'acting') : nothing}
      ${plan ? planTag(account, dayIn(time_zone)) : tag(accountKindName(kind), 'plain')}
      ${isUnconfirmed ? tag(text.confirmations[confirmation], 'warn') : nothing}
    </p>
    <nav class="account-nav" aria-label=${text.account}>
      ${pages.filter(([, , isShown]) => isShown).map(([path, label]) => link(path, label))}
    </nav>
  `
}

function readOnly({ account, plan, time_zone }: Account) {
  const today = dayIn(time_zone)
  const why = plan ? lapseReason(plan, today) : text.noServicePlan
  return html`
    <p class="notice warn">
      ${plan && isToCome(plan, today) ? text.readOnlyUntilThen(why) : text.readOnly(why)}
      <a href=${pageUrl('/plan-lapsed/', { account })}>${text.whoToContact}</a>
    </p>
  `
}
