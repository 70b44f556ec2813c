/** Multiple accounts: every account that the identity is linked in. With `?first=1` one account opens at once. */
import { html, nothing } from 'lit-html'
import * as text from '#language/accounts.ts'
import { page, parameter } from '../lib/address.ts'
import { listAccounts } from '../api/client.ts'
import type { AccountSummary } from '../api/contract.ts'
import { icon } from '../ui/icon.ts'
import { paging } from '../ui/paging.ts'
import { load, paint, signedIn } from '../shell/view.ts'
import { accountKind, roles } from '../words/codes.ts'
import { planTag, tag } from '../ui/tag.ts'

await signedIn()
const { items, next } = await load(() => listAccounts({ after: parameter('after') }))
const [only] = items

if (parameter('first') && only && items.length === 1 && !next)
  location.replace(page('/people/', { account: only.account }))
else if (parameter('first') && !only) location.replace(page('/link-profile/'))
else paint(items.length ? list() : empty())

function list() {
  return html`
    <p class="lead">${text.lead}</p>
    <ul class="cards">
      ${items.map(card)}
    </ul>
    ${paging(next)}
    <p>${text.missing(html`<a href=${page('/link-profile/')}>${text.linkMyProfile}</a>`)}</p>
  `
}

function card(account: AccountSummary) {
  return html`
    <li class="card choice">
      <h2><a href=${page('/people/', { account: account.account })}><bdi>${account.name}</bdi></a></h2>
      <p class="tags">${tag(accountKind(account.kind), 'plain')} ${planTag(account.plan)}</p>
      <p class="hint">${account.roles.length ? text.yourRoles(roles(account.roles)) : text.noRole}</p>
      ${
        account.kind === 'customer'
          ? nothing
          : html`<p>
              <a href=${page('/customers/', { account: account.account })} aria-label=${text.customersOf(account.name)}
                >${icon('people')} ${text.customers}</a
              >
            </p>`
      }
    </li>
  `
}

function empty() {
  return html`
    <div class="empty">
      ${icon('account')}
      <p><strong>${text.none}</strong></p>
      <p>${text.noneAdded}</p>
      <p class="actions"><a class="button primary" href=${page('/link-profile/')}>${text.linkMyProfile}</a></p>
      <p>${text.noneYet(
        html`<a href=${page('/access/')}>${text.howToGetAccess}</a>`,
        html`<a href=${page('/ask-for-access/')}>${text.askForAccess}</a>`,
      )}</p>
    </div>
  `
}
