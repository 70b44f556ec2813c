/** Why an account has no access: since when, which plan, and whom to ask. */
import { html } from 'lit-html'
import { showAccount } from '../api.ts'
import { page } from '../address.ts'
import { isLapsed, planTag } from '../account-view.ts'
import type { Account } from '../contract.ts'
import { NO_PLAN, lapseView } from '../lapse-view.ts'
import { load, paint, required, signedIn, title } from '../view.ts'
import { lapse } from '../words.ts'

await signedIn()
const id = await required('account')
// Whoever may not see a lapsed account gets the same explanation, as the problem it is.
const account = await load(() => showAccount(id))

title(isLapsed(account) ? 'The service plan has lapsed' : 'The service plan is current', account.name)
paint(isLapsed(account) ? lapsed(account) : current(account))

function lapsed({ plan, partner }: Account) {
  return html`
    ${lapseView(plan ? lapse(plan) : NO_PLAN, partner)}
    <p>
      You can still open <a href=${page('/people/', { account: id })}>the list of people</a> and
      <a href=${page('/account/', { account: id })}>the plan</a>.
    </p>
  `
}

function current({ name, plan }: Account) {
  return html`
    <p class="tags">${name} ${planTag(plan)}</p>
    <p>Everybody who has been added has access.</p>
    <p class="actions"><a class="button primary" href=${page('/people/', { account: id })}>Open the portal</a></p>
  `
}
