/** The header and footer of every page: the session, and links to the other languages. */
import { html, nothing, render } from 'lit-html'
import * as text from '#language/page.ts'
import { back } from '#language/step-up.ts'
import { showSession, signOut } from '../api/client.ts'
import type { Session } from '../api/contract.ts'
import { localProblem } from '../api/problem.ts'
import { reloadRestoredPages, session } from '../api/session.ts'
import { onStepUp } from '../api/step-up.ts'
import {
  currentUrl,
  inLanguage,
  pagePath,
  pageUrl,
  safePath,
  signInUrl,
  urlParameter,
  webAddress,
} from '../lib/address.ts'
import { requireElement } from '../lib/element.ts'
import { forgetAll } from '../people/recent.ts'
import {
  clearMessage,
  focusHeading,
  renderPage,
  setTitle,
  showProblem,
  showSuccess,
  watchErrors,
} from '../shell/view.ts'
import { type Icon, icon } from '../ui/icon/icon.ts'
import { makeMenu } from '../ui/menu/menu.ts'
import { dropDraft, isSame, restoreDraft, watchButtons } from '../ui/step-up/draft.ts'
import { askForStepUp } from '../ui/step-up/step-up-dialog.ts'

/** How often the use of a page is told at most. The server notes it once an hour. */
const USE_INTERVAL_MS = 30 * 60_000

/** Starts the page. */
export async function start(): Promise<void> {
  watchErrors()
  reloadRestoredPages()
  watchButtons()
  onStepUp(askForStepUp)
  const header = requireElement('session')
  const menu = makeMenu(header, () => draw())
  let current: Session | null = null
  let draw = () => {}
  let isBusy = false
  let checkedAt = Date.now()

  keepParameters()
  await showWhoIsSignedIn()
  void comeBack()
  document.addEventListener('visibilitychange', () => void checkSession())
  for (const use of ['pointerdown', 'keydown']) document.addEventListener(use, noteUse)

  async function showWhoIsSignedIn(): Promise<void> {
    const result = await session()
    if (!header.dataset.known) header.replaceChildren()
    header.dataset.known = 'true'
    current = result.ok ? result.value : null
    draw = result.ok ? (current ? drawMenu : drawSignedOut) : drawNotKnown
    draw()
  }

  /** Opens what was left for a step-up, unless somebody else came back. */
  async function comeBack(): Promise<void> {
    const outcome = current && (await restoreDraft(current.identity))
    if (outcome === 'restored') showSuccess(back)
    if (outcome === 'other-identity') showProblem(localProblem('back-as-other'))
  }

  /** Warns when someone else has signed in in another tab: actions here would be theirs. */
  async function checkSession(): Promise<void> {
    if (document.visibilityState !== 'visible' || !current) return
    checkedAt = Date.now()
    const result = await showSession()
    if (!result.ok || !result.value || isSame(result.value.identity, current.identity)) return
    current = result.value
    draw()
    showProblem(localProblem('other-identity'))
  }

  /** Tells the server that a page which stays open is used: else its session ends as unused. */
  function noteUse(): void {
    if (Date.now() - checkedAt >= USE_INTERVAL_MS) void checkSession()
  }

  function drawSignedOut(): void {
    render(
      html`<span class="session-welcome">${text.welcome}</span>
        <a class="button" href=${signInHref()}>${text.signIn}</a>`,
      header,
    )
  }

  /** Says that the session is unknown, instead of pretending that nobody is signed in. */
  function drawNotKnown(): void {
    render(
      html`
        <span class="session-welcome">${text.cannotTell}</span>
        <button class="button" type="button" @click=${() => void showWhoIsSignedIn()}>
          ${text.checkAgain}
        </button>
      `,
      header,
    )
  }

  function drawMenu(): void {
    if (!current) return
    const { identity, accounts } = current
    const account = urlParameter('account')
    const isOpen = menu.isOpen()
    const details = [identity.email, identity.provider].filter(Boolean).join(' · ')
    render(
      html`
        <button
          class="menu-button"
          type="button"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls="session-menu"
          @click=${menu.toggle}
        >
          <span class="menu-initials" aria-hidden="true">${initials(identity.name)}</span>
          <span class="menu-who">
            <bdi class="menu-name">${identity.name}</bdi>
            <bdi class="menu-identity">${details}</bdi>
          </span>
          ${icon('down')}
        </button>
        <div class="panel menu-panel" id="session-menu" ?hidden=${!isOpen}>
          <p class="menu-identity-whole">
            <span class="hint">${text.signedInAs}</span>
            <strong><bdi>${identity.name}</bdi></strong>
            ${identity.email ? html`<bdi>${identity.email}</bdi>` : nothing}
            <span class="hint">${identity.provider}</span>
          </p>
          <ul>
            ${item('person', text.myProfile, pageUrl('/profile/', { account }))}
            ${item('activity', text.sessions, pageUrl('/sessions/'))}
            ${item(
              'people',
              text.ourAccounts,
              account ? pageUrl('/people/', { account }) : pageUrl('/accounts/', { first: '1' }),
            )}
            ${accounts > 1 ? item('switch', text.switchAccount, pageUrl('/accounts/')) : nothing}
            <li>
              <button
                type="button"
                aria-disabled=${isBusy ? 'true' : 'false'}
                @click=${() => void endSession()}
              >
                ${icon('sign-out')} ${text.signOut}
              </button>
            </li>
          </ul>
        </div>
      `,
      header,
    )
  }

  /**
   * Signs out here, then offers to sign out of the provider, which would let the next user of this
   * computer in.
   */
  async function endSession(): Promise<void> {
    if (isBusy || !current) return
    const { identity } = current
    isBusy = true
    draw()
    const result = await signOut()
    isBusy = false
    menu.close()
    if (!result.ok) {
      draw()
      return showProblem(result.problem, () => void endSession())
    }
    forgetAll()
    dropDraft()
    current = null
    draw = drawSignedOut
    draw()
    document.getElementById('account')?.replaceChildren()
    clearMessage()
    const providerSignOut = webAddress(result.value.provider_sign_out)
    setTitle(text.signedOut)
    renderPage(html`
      <p>${providerSignOut ? text.stillAtProvider(identity.provider) : text.signedOutHere}</p>
      <p class="actions">
        ${
          providerSignOut
            ? html`<a class="button primary" href=${providerSignOut}
                >${text.signOutOf(identity.provider)}</a
              >`
            : nothing
        }
        <a class="button ${providerSignOut ? '' : 'primary'}" href=${pageUrl('/')}
          >${text.homePage}</a
        >
      </p>
    `)
    focusHeading()
  }
}

function item(picture: Icon, label: string, address: string) {
  return html`<li><a href=${address}>${icon(picture)} ${label}</a></li>`
}

/** Returns the initials of the first and last word: "AH" for Ada Holm. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase()
}

/**
 * Returns the sign-in link. It leads back to this page, unless this is about signing in or a
 * problem.
 */
function signInHref(): string {
  const here = pagePath()
  if (here === '/sign-in/') return signInUrl(safePath(urlParameter('return')) ?? pageUrl('/'))
  if (here.startsWith('/problems/') || document.body.dataset.page === 'not-found')
    return signInUrl(pageUrl('/'))
  return signInUrl(currentUrl())
}

/** Makes the language links keep the account, and `return` point to their own pages. */
function keepParameters(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.languages a')) {
    const parameters = new URLSearchParams(location.search)
    const returnTo = safePath(parameters.get('return'))
    if (returnTo) parameters.set('return', inLanguage(returnTo, link.dataset.root ?? ''))
    link.search = parameters.toString()
  }
}
