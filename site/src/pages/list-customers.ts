/** The customers of a partner, or of the vendor: found by name as one types, each leading to its people. */
import { html, nothing } from 'lit-html'
import * as text from '#language/accounts.ts'
import { accountBar, planTag } from '../account-view.ts'
import { page, parameter, samePage } from '../address.ts'
import { listCustomers, showAccount } from '../api.ts'
import { icon } from '../icon.ts'
import { paging } from '../paging.ts'
import { both, fail, hush, load, paint, required, signedIn, title } from '../view.ts'
import { day } from '../words.ts'

/** Typing that pauses for this long is worth a request, in milliseconds. */
const PAUSE_MS = 200

await signedIn()
const id = await required('account')
let search = parameter('search') ?? ''
let typing: ReturnType<typeof setTimeout> | undefined
let isWaiting = false
const [account, first] = await load(() =>
  both(showAccount(id), listCustomers(id, { search, after: parameter('after') })),
)
let list = first

title(text.customers, account.name)
draw()

function draw(): void {
  paint(html`
    ${accountBar(account, '/customers/')}
    <p class="lead">${text.customersLead(account.name)}</p>
    ${account.you.may.includes('import-accounts') ? importLink() : nothing}
    ${list.items.length || search ? searchForm() : nothing}
    ${list.items.length ? table() : empty()} ${paging(list.next)}
  `)
}

function importLink() {
  return html`
    <p class="actions">
      <a class="button" href=${page('/customers/import/', { account: id })}>${icon('upload')} ${text.importAccounts}</a>
    </p>
  `
}

function searchForm() {
  return html`
    <div class="list-tools">
      <form class="search" role="search" @submit=${onSubmit}>
        <div class="field">
          <label for="search">${text.searchByName}</label>
          <div class="search-box">
            ${icon('search')}
            <input
              id="search"
              type="search"
              dir="auto"
              value=${search}
              autocomplete="off"
              spellcheck="false"
              maxlength="100"
              @input=${onTyped}
            />
          </div>
        </div>
      </form>
      <p class="hint" role="status">${isWaiting || !list.items.length ? nothing : count()}</p>
    </div>
  `
}

function count(): string {
  return (list.next || parameter('after') ? text.countMore : text.count)(list.items.length)
}

function onTyped(event: InputEvent): void {
  // Half a syllable of a script that is composed of several keys finds nobody.
  if (event.isComposing) return
  clearTimeout(typing)
  const { value } = event.currentTarget as HTMLInputElement
  typing = setTimeout(() => void searchFor(value), PAUSE_MS)
}

function onSubmit(event: SubmitEvent): void {
  event.preventDefault()
  clearTimeout(typing)
  const input = document.getElementById('search')
  if (input instanceof HTMLInputElement) void searchFor(input.value)
}

async function searchFor(typed: string): Promise<void> {
  const wanted = typed.trim()
  if (wanted === search) return
  search = wanted
  isWaiting = true
  hush()
  draw()
  const result = await listCustomers(id, { search })
  // Somebody has typed on: another answer is on its way.
  if (search !== wanted) return
  isWaiting = false
  if (result.ok) {
    list = result.value
    history.replaceState(history.state, '', samePage({ account: id, search }))
  }
  draw()
  if (!result.ok) fail(result.problem, () => ((search = ''), void searchFor(wanted)))
}

function table() {
  return html`
    <table class="list" role="table" aria-busy=${isWaiting ? 'true' : nothing}>
      <caption class="visually-hidden">
        ${text.customersCaption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">${text.name}</th>
          <th role="columnheader" scope="col">${text.servicePlan}</th>
          <th role="columnheader" scope="col">${text.lastDay}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${list.items.map(
          (customer) => html`
            <tr role="row">
              <th role="rowheader" scope="row">
                <a href=${page('/people/', { account: customer.account })}><bdi>${customer.name}</bdi></a>
              </th>
              <td role="cell" data-label=${text.servicePlan}>${customer.plan ? planTag(customer.plan) : text.noPlan}</td>
              <td role="cell" data-label=${text.lastDay}>${customer.plan ? day(customer.plan.ends_on) : '–'}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `
}

function empty() {
  if (!search) return html`<div class="empty">${icon('account')}<p>${text.noCustomers(account.name)}</p></div>`
  return html`
    <div class="empty">
      ${icon('search')}
      <p>${text.noCustomerNamed(search)}</p>
      <p><a class="button" href=${page('/customers/', { account: id })}>${text.showAllCustomers}</a></p>
    </div>
  `
}
