/** The account that a page is about, as a button that lists the identity's other accounts. */
import { html, nothing } from 'lit-html'
import * as text from '#language/accounts.ts'
import { listAccounts } from '../api/client.ts'
import type { Account, AccountSummary } from '../api/contract.ts'
import type { Result } from '../api/problem.ts'
import { pagePath, pageUrl } from '../lib/address.ts'
import { icon } from '../ui/icon.ts'
import { type Menu, makeMenu } from '../ui/menu.ts'
import { accountKindName, planStatus } from '../words/codes.ts'

/** With more accounts than these, they can be searched. */
const MAX_WITHOUT_SEARCH = 8

/** The pages that every account has, which the switch stays on. */
const SHARED_PAGES = ['/people/', '/account/', '/activity/', '/profile/']

let menu: Menu | undefined
let accounts: Result<AccountSummary[]> | 'loading' | undefined
let search = ''

/** Draws the switch in `place`, which `draw` draws again when it opens or has loaded. */
export function accountSwitch(place: HTMLElement, account: Account | null, draw: () => void) {
  menu ??= makeMenu(place, draw)
  const isOpen = menu.isOpen()
  return html`
    <button
      class="account-switch"
      type="button"
      aria-expanded=${isOpen ? 'true' : 'false'}
      aria-controls="account-list"
      aria-label=${account ? `${account.name} – ${text.switchAccount}` : nothing}
      @click=${() => open(draw)}
    >
      ${icon('account')}
      <bdi class="account-name">${account?.name ?? text.switchAccount}</bdi> ${icon('down')}
    </button>
    <div class="panel account-panel" id="account-list" ?hidden=${!isOpen}>
      ${isOpen ? list(account, draw) : nothing}
    </div>
  `
}

function open(draw: () => void): void {
  menu?.toggle()
  if (accounts && (accounts === 'loading' || accounts.ok)) return
  void fetchAccounts(draw)
}

async function fetchAccounts(draw: () => void): Promise<void> {
  accounts = 'loading'
  draw()
  const answer = await listAccounts({ limit: 100 })
  accounts = answer.ok ? { ok: true, value: answer.value.items } : answer
  draw()
}

function list(account: Account | null, draw: () => void) {
  if (!accounts || accounts === 'loading')
    return html`<p class="panel-note" role="status">${text.accountsLoading}</p>`
  if (!accounts.ok)
    return html`<p class="panel-note" role="alert">${text.accountsFailed}</p>
      ${all()}`
  const wanted = search.trim().toLocaleLowerCase()
  const found = accounts.value.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  return html`
    ${accounts.value.length > MAX_WITHOUT_SEARCH ? searchField(draw) : nothing}
    <p class="visually-hidden" role="status">
      ${wanted && !found.length ? text.noAccountNamed(search) : nothing}
    </p>
    ${found.length ? nothing : html`<p class="panel-note" aria-hidden="true">${text.noAccountNamed(search)}</p>`}
    <ul aria-label=${text.yourAccounts}>
      ${found.map(
        (one) => html`
          <li>
            <a
              href=${pageUrl(samePageOf(one), { account: one.account })}
              aria-current=${one.account === account?.account ? 'true' : nothing}
            >
              <bdi>${one.name}</bdi>
              <span class="hint"
                >${one.plan ? text.planIs(one.plan.name, planStatus(one.plan).label) : accountKindName(one.kind)}</span
              >
            </a>
          </li>
        `,
      )}
    </ul>
    ${all()}
  `
}

function searchField(draw: () => void) {
  const onInput = (event: Event) => {
    search = (event.target as HTMLInputElement).value
    draw()
  }
  return html`<div class="field">
    <label for="account-search">${text.findAccount}</label>
    <input
      id="account-search"
      type="search"
      autocomplete="off"
      .value=${search}
      @input=${onInput}
    />
  </div>`
}

function all() {
  return html`<p class="panel-foot"><a href=${pageUrl('/accounts/')}>${text.allAccounts}</a></p>`
}

/** The page to show of another account: this same one, where that account has it. */
function samePageOf({ kind }: AccountSummary): string {
  const here = pagePath()
  if (here === '/customers/' && kind !== 'customer') return here
  return SHARED_PAGES.includes(here) ? here : '/people/'
}
