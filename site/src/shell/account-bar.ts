/**
 * What pages about one account have in common: its name and plan, the way to its other pages,
 * labels.
 */
import { html, nothing, render, type TemplateResult } from 'lit-html'
import * as text from '#language/accounts.ts'
import type { Account } from '../api/contract.ts'
import { session } from '../api/session.ts'
import { pageUrl } from '../lib/address.ts'
import { partnerWord } from '../lib/brand.ts'
import { dayIn } from '../lib/day.ts'
import { icon } from '../ui/icon.ts'
import { planTag, tag } from '../ui/tag.ts'
import { accountKindName, lapseReason } from '../words/codes.ts'
import { isLapsed, isToCome } from '../words/plan-term.ts'
import { accountSwitch } from './account-switch.ts'

/** In the header; only pages about accounts have it. */
const place = document.getElementById('account')

/**
 * Shows in the header whose page this is, with links to the account's pages that the person may
 * see; answers what the page itself has to say first, which is that the account can only be read.
 */
export function accountBar(account: Account, current: string): TemplateResult | typeof nothing {
  void drawBar(account, current)
  return isLapsed(account) && !account.you.may.includes('invite') ? readOnly(account) : nothing
}

/** Shows in the header only the way to one's accounts: for when the page's own cannot be shown. */
export function emptyAccountBar(): void {
  if (place) render(accountSwitch(place, null, emptyAccountBar), ready(place))
}

/** Leaves the header's place for the account empty: for when nobody is signed in. */
export function clearAccountBar(): void {
  if (place) render(nothing, ready(place))
}

async function drawBar(account: Account, current: string): Promise<void> {
  if (!place) return
  const known = await session()
  const several =
    known.ok &&
    known.value !== null &&
    (known.value.accounts > 1 || account.you.professional === null)
  render(bar(place, account, current, several), ready(place))
}

/** Takes away the shape that the page came with. */
function ready(element: HTMLElement): HTMLElement {
  if (element.hasAttribute('aria-busy')) {
    element.removeAttribute('aria-busy')
    element.replaceChildren()
  }
  return element
}

function bar(
  element: HTMLElement,
  account: Account,
  current: string,
  several: boolean,
): TemplateResult {
  const { as, may, professional } = account.you
  const pages = [
    ['/people/', text.people, may.includes('list-professionals')],
    ['/access-requests/', text.accessRequests, may.includes('decide-access-request')],
    ['/account/', text.plan, true],
    ['/activity/', text.activity, may.includes('list-activity')],
    ['/customers/', text.customers, account.kind !== 'customer' && professional !== null],
  ] as const
  return html`
    <div class="account-who">
      ${
        several
          ? accountSwitch(element, account, () => void drawBar(account, current))
          : html`<p class="account-switch">
              ${icon('account')} <bdi class="account-name">${account.name}</bdi>
            </p>`
      }
    </div>
    <p class="tags">
      ${as === 'partner' || as === 'staff' ? tag(as === 'partner' ? text.actAsPartner(partnerWord) : text.actAsStaff, 'acting') : nothing}
      ${account.plan ? planTag(account.plan, dayIn(account.time_zone)) : tag(accountKindName(account.kind), 'plain')}
    </p>
    <nav class="account-nav" aria-label=${text.account}>
      ${pages
        .filter(([, , shown]) => shown)
        .map(
          ([path, label]) => html`
            <a
              href=${pageUrl(path, { account: account.account })}
              aria-current=${path === current ? 'page' : nothing}
              >${label}</a
            >
          `,
        )}
    </nav>
  `
}

function readOnly({ account, plan, time_zone }: Account) {
  const today = dayIn(time_zone)
  const why = plan ? lapseReason(plan, today) : text.noServicePlan
  return html`
    <p class="notice warn">
      ${plan && isToCome(plan, today) ? text.readOnlyUntilThen(why) : text.readOnly(why)}
      <a href=${pageUrl('/plan-lapsed/', { account })}>${text.whomToAsk}</a>
    </p>
  `
}
