/** Multiple accounts: every account that the identity is linked in. With `?first=1` one account opens at once. */
import { html, nothing } from 'lit-html'
import { listAccounts } from '../api.ts'
import { page, parameter } from '../address.ts'
import { planTag } from '../account-view.ts'
import type { AccountSummary } from '../contract.ts'
import { paging } from '../paging.ts'
import { load, paint, signedIn } from '../view.ts'
import { accountKind, roles } from '../words.ts'

await signedIn()
const { items, next } = await load(() => listAccounts({ after: parameter('after') }))
const [only] = items

if (parameter('first') && only && items.length === 1 && !next)
  location.replace(page('/people/', { account: only.account }))
else if (parameter('first') && !only) location.replace('/link-profile/')
else paint(items.length ? list() : empty())

function list() {
  return html`
    <p>Your identity is linked with these accounts. Choose the one that you want to work with.</p>
    <ul class="cards">
      ${items.map(card)}
    </ul>
    ${paging(next)}
    <p>Is an account missing? <a href="/link-profile/">Link my profile</a></p>
  `
}

function card(account: AccountSummary) {
  return html`
    <li class="card">
      <h2><a href=${page('/people/', { account: account.account })}>${account.name}</a></h2>
      <p class="tags">${accountKind(account.kind)} ${planTag(account.plan)}</p>
      <p>${account.roles.length ? `Your roles: ${roles(account.roles)}` : 'You have no special role.'}</p>
      ${
        account.kind === 'customer'
          ? nothing
          : html`<p>
              <a href=${page('/customers/', { account: account.account })} aria-label="Customers of ${account.name}"
                >Customers</a
              >
            </p>`
      }
    </li>
  `
}

function empty() {
  return html`
    <p>The identity you are signed in with is not linked with any account yet.</p>
    <p>
      If somebody has added you, link your profile by the e-mail address they used. Otherwise see
      <a href="/#access">how to get access</a>.
    </p>
    <p class="actions"><a class="button primary" href="/link-profile/">Link my profile</a></p>
  `
}
