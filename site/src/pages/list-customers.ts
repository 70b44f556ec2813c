/** The customers of a partner, or of the vendor: found by name, each leading to its people. */
import { html } from 'lit-html'
import { listCustomers, showAccount } from '../api.ts'
import { page, parameter } from '../address.ts'
import { accountBar, planTag } from '../account-view.ts'
import { day } from '../words.ts'
import { paging, searchForm } from '../paging.ts'
import { both, load, paint, required, signedIn, title } from '../view.ts'

await signedIn()
const id = await required('account')
const part = { search: parameter('search'), after: parameter('after') }
const [account, { items, next }] = await load(() => both(showAccount(id), listCustomers(id, part)))

title('Customers', account.name)
paint(html`
  ${accountBar(account, '/customers/')} ${searchForm(id, part.search)} ${items.length ? table() : empty()}
  ${paging(next)}
`)

function table() {
  return html`
    <table class="list" role="table">
      <caption class="visually-hidden">
        Customers by name
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Name</th>
          <th role="columnheader" scope="col">Service plan</th>
          <th role="columnheader" scope="col">Last day</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${items.map(
          (customer) => html`
            <tr role="row">
              <th role="rowheader" scope="row">
                <a href=${page('/people/', { account: customer.account })}>${customer.name}</a>
              </th>
              <td role="cell" data-label="Service plan">${customer.plan ? planTag(customer.plan) : 'None'}</td>
              <td role="cell" data-label="Last day">${customer.plan ? day(customer.plan.ends_on) : '–'}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `
}

function empty() {
  return part.search
    ? html`<p>
        No customer's name begins with “${part.search}”.
        <a href=${page('/customers/', { account: id })}>Show all customers</a>
      </p>`
    : html`<p>No customer accounts have been given to ${account.name} yet.</p>`
}
