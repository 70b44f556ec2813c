/**
 * Choose an account: lists the accounts of the signed-in identity.
 *
 * With `?first=1` a single account opens at once.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/accounts.ts'
import { listAccounts } from '../api/client.ts'
import type { AccountSummary } from '../api/contract.ts'
import { pageUrl, urlParameter } from '../lib/address.ts'
import { load, renderPage, requireSession } from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { filterField, MAX_WITHOUT_FILTER } from '../ui/search-field.ts'
import { planTag, tag } from '../ui/tag/tag.ts'
import { accountKindName, roleNames } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const accounts = await load(listAccounts)
  const [only] = accounts
  let search = ''

  if (urlParameter('first') && only && accounts.length === 1)
    location.replace(pageUrl('/people/', { account: only.account }))
  else if (urlParameter('first') && !only) location.replace(pageUrl('/link-profile/'))
  else draw()

  function draw(): void {
    renderPage(accounts.length ? list() : empty())
  }

  function list() {
    const wanted = search.trim().toLocaleLowerCase()
    const found = accounts.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
    const foundText = found.length ? text.found(found.length) : text.noAccountNamed(search)
    return html`
      <p class="lead">${text.lead}</p>
      ${accounts.length > MAX_WITHOUT_FILTER ? filter() : nothing}
      <p class="hint" role="status">
        ${wanted ? foundText : nothing}
      </p>
      <ul class="cards">
        ${found.map(card)}
      </ul>
      <p>${text.missing(html`<a href=${pageUrl('/link-profile/')}>${text.linkMyProfile}</a>`)}</p>
    `
  }

  function filter() {
    return filterField({
      id: 'account-filter',
      label: text.findAccount,
      value: search,
      onTyped: (value) => {
        search = value
        draw()
      },
    })
  }
}

function card(account: AccountSummary) {
  return html`
    <li class="card choice">
      <h2>
        <a href=${pageUrl('/people/', { account: account.account })}><bdi>${account.name}</bdi></a>
      </h2>
      <p class="tags">${tag(accountKindName(account.kind), 'plain')} ${planTag(account)}</p>
      <p class="hint">
        ${account.roles.length ? text.yourRoles(roleNames(account.roles)) : text.noRole}
      </p>
      ${
        account.kind === 'customer'
          ? nothing
          : html`<p>
              <a
                href=${pageUrl('/customers/', { account: account.account })}
                aria-label=${text.customersOf(account.name)}
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
      <p class="actions">
        <a class="button primary" href=${pageUrl('/link-profile/')}>${text.linkMyProfile}</a>
      </p>
      <p>
        ${text.noneYet(
          html`<a href=${pageUrl('/access/')}>${text.howToGetAccess}</a>`,
          html`<a href=${pageUrl('/ask-for-access/')}>${text.askForAccess}</a>`,
        )}
      </p>
    </div>
  `
}
