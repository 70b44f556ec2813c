/** Customers of a partner or the vendor, with search as you type. */
import { html, nothing } from 'lit-html'
import * as text from '#language/accounts.ts'
import { listCustomers, showAccount } from '../api/client.ts'
import type { AccountSummary, Confirmation, List, Plan } from '../api/contract.ts'
import type { Result } from '../api/problem.ts'
import { currentPageWith, pageUrl, urlParameter } from '../lib/address.ts'
import { partnerWord } from '../lib/brand.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import {
  both,
  clearMessage,
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
  showProblem,
} from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { paging } from '../ui/paging.ts'
import { searchField, TYPING_PAUSE_MS } from '../ui/search-field.ts'
import { planTag, tag } from '../ui/tag/tag.ts'
import { accountKindName, formatDay, planState } from '../words/codes.ts'

/** Plan states to filter by. */
const STATES: Plan['state'][] = ['current', 'ending', 'grace', 'lapsed']
/** Confirmations to filter by. */
const CONFIRMATIONS: Confirmation[] = ['waiting', 'unconfirmed', 'confirmed']
/** Pages of the server's list to search for matches before the user has to continue. */
const PAGES = 5

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  let search = urlParameter('search') ?? ''
  let state = STATES.find((one) => one === urlParameter('plan_state')) ?? null
  let confirmation = CONFIRMATIONS.find((one) => one === urlParameter('confirmation')) ?? null
  let typing: ReturnType<typeof setTimeout> | undefined
  let isWaiting = false
  const [account, first] = await load(() => both(showAccount(id), find(urlParameter('after'))))
  let list = first
  /** How many wait for staff; null while that is not known, and for a partner. */
  let waiting: number | null = null

  setTitle(text.customers, account.name)
  draw()
  if (account.kind === 'vendor') await countWaiting()

  function draw(): void {
    renderPage(html`
      ${accountBar(account, '/customers/')}
      <p class="lead">${text.customersLead(account.name)}</p>
      ${
        account.you.allowed_actions.includes('create-account') ||
        account.you.allowed_actions.includes('import-accounts')
          ? additions()
          : nothing
      }
      ${waiting && confirmation !== 'waiting' ? waitingNotice(waiting) : nothing}
      ${list.items.length || search || state || confirmation ? searchForm() : nothing}
      ${list.items.length ? table() : empty()} ${paging(list.next)}
    `)
  }

  /** Counts the customers that wait for staff; a partner has few. */
  async function countWaiting(): Promise<void> {
    const found = await listCustomers(id, { confirmation: 'waiting', limit: 100 })
    if (!found.ok) return
    waiting = found.value.items.length
    draw()
  }

  function waitingNotice(count: number) {
    const href = pageUrl('/customers/', { account: id, confirmation: 'waiting' })
    return html`<p class="notice warn"><a href=${href}>${text.customersWait(count)}</a></p>`
  }

  function additions() {
    const { allowed_actions: actions } = account.you
    return html`
      <p class="actions">
        ${
          actions.includes('create-account')
            ? html`<a class="button primary" href=${pageUrl('/customers/add/', { account: id })}
                >${icon('add')} ${text.newAccount}</a
              >`
            : nothing
        }
        ${
          actions.includes('import-accounts')
            ? html`<a class="button" href=${pageUrl('/customers/import/', { account: id })}
                >${icon('upload')} ${text.importAccounts}</a
              >`
            : nothing
        }
      </p>
    `
  }

  function searchForm() {
    return html`
      <div class="list-tools">
        <form class="search" role="search" @submit=${onSubmit}>
          ${searchField({ id: 'search', label: text.searchByName, value: search, onTyped })}
          <div class="field">
            <label for="plan-state">${text.planState}</label>
            <select id="plan-state" @change=${onState}>
              <option value="" ?selected=${!state}>${text.anyState}</option>
              ${STATES.map(
                (one) =>
                  html`<option value=${one} ?selected=${one === state}>
                    ${planState(one).label}
                  </option>`,
              )}
            </select>
          </div>
          <div class="field">
            <label for="confirmation">${text.confirmation}</label>
            <select id="confirmation" @change=${onConfirmation}>
              <option value="" ?selected=${!confirmation}>${text.anyState}</option>
              ${CONFIRMATIONS.map(
                (one) =>
                  html`<option value=${one} ?selected=${one === confirmation}>
                    ${text.confirmations[one]}
                  </option>`,
              )}
            </select>
          </div>
        </form>
        <p class="hint" role="status">${isWaiting || !list.items.length ? nothing : count()}</p>
      </div>
    `
  }

  /** Loads a page of customers; skips pages on which none has the wanted plan state. */
  async function find(after: string | null): Promise<Result<List<AccountSummary>>> {
    const filters = { search, plan_state: state, confirmation }
    let page = await listCustomers(id, { ...filters, after })
    for (
      let pages = 1;
      (state || confirmation) &&
      pages < PAGES &&
      page.ok &&
      !page.value.items.length &&
      page.value.next;
      pages++
    ) {
      page = await listCustomers(id, { ...filters, after: page.value.next })
    }
    return page
  }

  function onState(event: Event): void {
    const { value } = event.currentTarget as HTMLSelectElement
    void searchFor(search, STATES.find((one) => one === value) ?? null)
  }

  function onConfirmation(event: Event): void {
    const { value } = event.currentTarget as HTMLSelectElement
    void searchFor(search, state, CONFIRMATIONS.find((one) => one === value) ?? null)
  }

  function count(): string {
    if (state || confirmation) return text.countInState(list.items.length)
    return (list.next || urlParameter('after') ? text.countMore : text.count)(list.items.length)
  }

  function onTyped(value: string): void {
    clearTimeout(typing)
    typing = setTimeout(() => void searchFor(value), TYPING_PAUSE_MS)
  }

  function onSubmit(event: SubmitEvent): void {
    event.preventDefault()
    clearTimeout(typing)
    const input = document.getElementById('search')
    if (input instanceof HTMLInputElement) void searchFor(input.value)
  }

  async function searchFor(
    typed: string,
    inState = state,
    confirmed = confirmation,
  ): Promise<void> {
    const wanted = typed.trim()
    if (wanted === search && inState === state && confirmed === confirmation) return
    search = wanted
    state = inState
    confirmation = confirmed
    isWaiting = true
    clearMessage()
    draw()
    const result = await find(null)
    // The user has typed on; a newer response is on its way.
    if (search !== wanted || state !== inState || confirmation !== confirmed) return
    isWaiting = false
    if (result.ok) {
      list = result.value
      history.replaceState(
        history.state,
        '',
        currentPageWith({ account: id, search, plan_state: state, confirmation }),
      )
    }
    draw()
    if (result.ok) return
    showProblem(result.problem, () => {
      search = ''
      state = null
      confirmation = null
      void searchFor(wanted, inState, confirmed)
    })
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
            ${
              account.kind === 'vendor'
                ? html`<th role="columnheader" scope="col">${text.partnerColumn(partnerWord)}</th>`
                : nothing
            }
            <th role="columnheader" scope="col">${text.servicePlan}</th>
            <th role="columnheader" scope="col">${text.lastDay}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${list.items.map(
            (customer) => html`
              <tr role="row">
                <th role="rowheader" scope="row">
                  ${
                    isClosed(customer)
                      ? html`<bdi>${customer.name}</bdi>
                          <span class="hint">${text.accessEnded(partnerWord)}</span>`
                      : html`<a href=${pageUrl(pageOf(customer), { account: customer.account })}
                          ><bdi>${customer.name}</bdi></a
                        >`
                  }
                  ${
                    customer.confirmation === 'confirmed'
                      ? nothing
                      : tag(text.confirmations[customer.confirmation], 'warn')
                  }
                </th>
                ${
                  account.kind === 'vendor'
                    ? html`<td role="cell" data-label=${text.partnerColumn(partnerWord)}>
                        ${partnerCell(customer)}
                      </td>`
                    : nothing
                }
                <td role="cell" data-label=${text.servicePlan}>
                  ${customer.plan ? planTag(customer) : text.noPlan}
                </td>
                <td role="cell" data-label=${text.lastDay}>
                  ${customer.plan ? formatDay(customer.plan.ends_on) : '–'}
                </td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    `
  }

  /**
   * Checks whether a customer has ended its partner's access: it is listed, but cannot be opened.
   */
  function isClosed({ grant }: AccountSummary): boolean {
    return account.kind === 'partner' && grant === 'none'
  }

  function empty() {
    if ((state || confirmation) && list.next) return html`<p class="empty">${text.noneHere}</p>`
    if (confirmation && !search) return html`<p class="empty">${text.noneWithConfirmation}</p>`
    if (state && !search) return html`<p class="empty">${text.noneInState}</p>`
    if (!search)
      return html`<div class="empty">
        ${icon('account')}
        <p>${text.noCustomers(account.name)}</p>
      </div>`
    return html`
      <div class="empty">
        ${icon('search')}
        <p>${text.noCustomerNamed(search)}</p>
        <p>
          <a class="button" href=${pageUrl('/customers/', { account: id })}
            >${text.showAllCustomers}</a
          >
        </p>
      </div>
    `
  }
}

/** Staff decide on an account that waits on its own page; the others open with their people. */
function pageOf({ confirmation }: AccountSummary): string {
  return confirmation === 'waiting' ? '/account/' : '/people/'
}

function partnerCell({ kind, partner }: AccountSummary) {
  if (kind !== 'customer') return tag(accountKindName(kind), 'plain')
  return partner ? html`<bdi>${partner.name}</bdi>` : '–'
}
