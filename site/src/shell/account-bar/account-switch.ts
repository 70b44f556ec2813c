/** The button that shows the current account and lists the identity's other accounts. */
import { html, nothing } from 'lit-html'
import * as text from '#language/accounts.ts'
import { listAccounts } from '../../api/client.ts'
import type { Account, AccountSummary } from '../../api/contract.ts'
import type { Result } from '../../api/problem.ts'
import { pagePath, pageUrl } from '../../lib/address.ts'
import { icon } from '../../ui/icon/icon.ts'
import { type Menu, makeMenu } from '../../ui/menu/menu.ts'
import { filterField, MAX_WITHOUT_FILTER } from '../../ui/search-field.ts'
import { accountKindName, planStatus } from '../../words/codes.ts'

/** Pages that every account has: switching accounts keeps them. */
const SHARED_PAGES = ['/people/', '/account/', '/activity/', '/profile/']

export class AccountSwitch {
  private readonly menu: Menu
  private accounts: Result<AccountSummary[]> | 'loading' | null = null
  private search = ''

  /** `redraw` is called when the switch opens or has loaded. */
  constructor(
    place: HTMLElement,
    private readonly redraw: () => void,
  ) {
    this.menu = makeMenu(place, redraw)
  }

  render(account: Account | null) {
    const isOpen = this.menu.isOpen()
    return html`
      <button
        class="account-switch"
        type="button"
        aria-expanded=${isOpen ? 'true' : 'false'}
        aria-controls="account-list"
        aria-label=${account ? `${account.name} – ${text.switchAccount}` : nothing}
        @click=${() => this.open()}
      >
        ${icon('account')} <bdi class="account-name">${account?.name ?? text.switchAccount}</bdi>
        ${icon('down')}
      </button>
      <div class="panel account-panel" id="account-list" ?hidden=${!isOpen}>
        ${isOpen ? this.list(account) : nothing}
      </div>
    `
  }

  private open(): void {
    this.menu.toggle()
    if (this.accounts && (this.accounts === 'loading' || this.accounts.ok)) return
    void this.load()
  }

  private async load(): Promise<void> {
    this.accounts = 'loading'
    this.redraw()
    this.accounts = await listAccounts()
    this.redraw()
  }

  private list(account: Account | null) {
    const { accounts, search } = this
    if (!accounts || accounts === 'loading')
      return html`<p class="panel-note" role="status">${text.accountsLoading}</p>`
    if (!accounts.ok)
      return html`<p class="panel-note" role="alert">${text.accountsFailed}</p>
        ${allAccounts()}`
    const wanted = search.trim().toLocaleLowerCase()
    const found = accounts.value.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
    const none = text.noAccountNamed(search)
    return html`
      ${accounts.value.length > MAX_WITHOUT_FILTER ? this.filter() : nothing}
      <p class="visually-hidden" role="status">${wanted && !found.length ? none : nothing}</p>
      ${found.length ? nothing : html`<p class="panel-note" aria-hidden="true">${none}</p>`}
      <ul aria-label=${text.yourAccounts}>
        ${found.map((one) => link(one, one.account === account?.account))}
      </ul>
      ${allAccounts()}
    `
  }

  private filter() {
    return filterField({
      id: 'account-search',
      label: text.findAccount,
      value: this.search,
      onTyped: (value) => {
        this.search = value
        this.redraw()
      },
    })
  }
}

function link(account: AccountSummary, isCurrent: boolean) {
  const { name, kind, plan } = account
  return html`
    <li>
      <a
        href=${pageUrl(samePageOf(account), { account: account.account })}
        aria-current=${isCurrent ? 'true' : nothing}
      >
        <bdi>${name}</bdi>
        <span class="hint">
          ${plan ? text.planIs(plan.name, planStatus(plan).label) : accountKindName(kind)}
        </span>
      </a>
    </li>
  `
}

function allAccounts() {
  return html`<p class="panel-foot"><a href=${pageUrl('/accounts/')}>${text.allAccounts}</a></p>`
}

/** Returns the page to open for another account: the current one, where that account has it. */
function samePageOf({ kind }: AccountSummary): string {
  const here = pagePath()
  if (here === '/customers/' && kind !== 'customer') return here
  return SHARED_PAGES.includes(here) ? here : '/people/'
}
