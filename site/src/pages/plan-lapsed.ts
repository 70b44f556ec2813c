/** Why an account has no access: since when, which plan, and whom to ask. */
import { html } from 'lit-html'
import * as text from '#language/plan.ts'
import { accountBar, isLapsed } from '../account-view.ts'
import { page } from '../address.ts'
import { showAccount } from '../api.ts'
import type { Account } from '../contract.ts'
import { icon } from '../icon.ts'
import { lapseView } from '../lapse-view.ts'
import { load, paint, required, signedIn, title } from '../view.ts'
import { lapse } from '../words.ts'

await signedIn()
const id = await required('account')
// Whoever may not see a lapsed account gets the same explanation, as the problem it is.
const account = await load(() => showAccount(id))

// The bar says that the account can only be read, and so does this page at length.
accountBar(account, '')
title(isLapsed(account) ? text.lapsed : text.current, account.name)
paint(isLapsed(account) ? lapsed(account) : current())

function lapsed({ plan, partner }: Account) {
  return html`
    ${lapseView(plan ? lapse(plan) : text.noPlan, partner)}
    <section>
      <h2>${text.stillOpen}</h2>
      <ul>
        <li><a href=${page('/people/', { account: id })}>${text.listOfPeople}</a></li>
        <li><a href=${page('/account/', { account: id })}>${text.thePlan}</a></li>
      </ul>
    </section>
  `
}

function current() {
  return html`
    <p class="notice good">${icon('good')} ${text.currentText}</p>
    <p class="actions"><a class="button primary" href=${page('/people/', { account: id })}>${text.openPortal}</a></p>
  `
}
