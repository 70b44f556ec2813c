/** The header of every page: who is signed in, and their menu. */
import { html, render } from 'lit-html'
import { signOut } from '../api.ts'
import { currentPage, page, parameter, samePath, signInPage, webAddress } from '../address.ts'
import type { Session } from '../contract.ts'
import { session } from '../session.ts'
import { fail, focusTitle, hush, paint, title } from '../view.ts'

const header = document.getElementById('session')!
let isOpen = false
let isBusy = false

await start()

async function start(): Promise<void> {
  const result = await session()
  if (!result.ok) render(unknown(), header)
  else if (result.value) drawMenu(result.value)
  else render(signedOut(), header)
}

function signedOut() {
  return html`<span>Welcome, user</span> <a class="button" href=${signInHref()}>Sign in</a>`
}

/** The session could not be asked for: say so rather than pretend that nobody is signed in. */
function unknown() {
  return html`
    <span>Cannot tell who is signed in.</span>
    <button class="button" type="button" @click=${() => void start()}>Check again</button>
  `
}

function drawMenu(current: Session): void {
  const { identity, accounts } = current
  const account = parameter('account')
  render(
    html`
      <div class="menu" @keydown=${onKey} @focusout=${onFocusOut}>
        <button
          class="menu-button"
          type="button"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls="session-menu"
          @click=${() => toggle(!isOpen)}
        >
          <span class="menu-name">${identity.name}</span>
          <span class="menu-identity">${[identity.email, identity.provider].filter(Boolean).join(' · ')}</span>
        </button>
        <ul id="session-menu" class="menu-list" ?hidden=${!isOpen}>
          <li><a href=${page('/profile/', { account })}>My profile</a></li>
          <li><a href=${account ? page('/people/', { account }) : '/accounts/?first=1'}>Our accounts</a></li>
          ${accounts > 1 ? html`<li><a href="/accounts/">Switch account</a></li>` : ''}
          <li>
            <button type="button" aria-disabled=${isBusy ? 'true' : 'false'} @click=${() => void leave(current)}>
              Sign out
            </button>
          </li>
        </ul>
      </div>
    `,
    header,
  )

  function toggle(open: boolean): void {
    isOpen = open
    drawMenu(current)
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !isOpen) return
    toggle(false)
    header.querySelector('button')?.focus()
  }

  function onFocusOut(event: FocusEvent): void {
    const next = event.relatedTarget
    if (isOpen && next instanceof Node && !header.contains(next)) toggle(false)
  }
}

// A click beside the open menu closes it.
addEventListener('click', (event) => {
  if (isOpen && event.target instanceof Node && !header.contains(event.target)) header.querySelector('button')?.click()
})

/** Signs out here, then offers to sign out of the provider, which would let the next person on this computer in. */
async function leave(current: Session): Promise<void> {
  if (isBusy) return
  isBusy = true
  drawMenu(current)
  const result = await signOut()
  isBusy = false
  isOpen = false
  if (!result.ok) {
    drawMenu(current)
    return fail(result.problem, () => void leave(current))
  }
  render(signedOut(), header)
  hush()
  const providerSignOut = webAddress(result.value.provider_sign_out)
  title('You are signed out')
  paint(html`
    ${
      providerSignOut
        ? html`
            <p>
              You may still be signed in with ${current.identity.provider}. On a computer that others use too, sign out
              there as well.
            </p>
            <p class="actions">
              <a class="button primary" href=${providerSignOut}>Sign out of ${current.identity.provider}</a>
              <a class="button" href="/">Home page</a>
            </p>
          `
        : html`<p class="actions"><a class="button primary" href="/">Home page</a></p>`
    }
  `)
  focusTitle()
}

/** Sign-in comes back to this page, unless it is one that is only about signing in or about a problem. */
function signInHref(): string {
  const { pathname } = location
  if (pathname === '/sign-in/') return signInPage(samePath(parameter('return')) ?? '/')
  if (pathname.startsWith('/problems/') || document.body.dataset['page'] === 'not-found') return '/sign-in/'
  return signInPage(currentPage())
}
