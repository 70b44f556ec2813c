/**
 * Signs out of the portal and then of the provider, so that the provider asks again who it is.
 *
 * The portal's answer names the provider's own sign-out. The page reloads in between, so that all
 * of it knows that nobody is signed in, and keeps that address in its entry of the history.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/signing-in.ts'
import { signOut } from '../api/client.ts'
import type { Session } from '../api/contract.ts'
import { webAddress } from '../lib/address.ts'
import { showProblem } from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'

/** What the page remembers of the sign-out before it was reloaded. */
interface Remembered {
  provider: string
  address: string | null
}

/**
 * Draws the next step towards being asked again: one for each stage of signing out.
 *
 * Calls `forget` once nobody is signed in here.
 */
export function providerSignOut(session: Session | null, forget: () => void) {
  if (session) return button(session, forget)
  const before = remembered()
  if (!before) return nothing
  const address = webAddress(before.address)
  return address
    ? html`<a class="button" href=${address} target="_blank" rel="noreferrer"
        >${icon('sign-out')} ${text.signOutThere(before.provider)}</a
      >`
    : html`<span>${text.signOutYourself(before.provider)}</span>`
}

function button({ identity }: Session, forget: () => void) {
  return html`<button
    class="button"
    type="button"
    @click=${() => void signOutHere(identity.provider, forget)}
  >
    ${icon('sign-out')} ${text.signOutHere}
  </button>`
}

async function signOutHere(provider: string, forget: () => void): Promise<void> {
  const result = await signOut()
  if (!result.ok) return showProblem(result.problem, () => void signOutHere(provider, forget))
  forget()
  const before: Remembered = { provider, address: result.value.provider_sign_out }
  history.replaceState({ signedOut: before }, '')
  location.reload()
}

function remembered(): Remembered | null {
  return (history.state as { signedOut?: Remembered } | null)?.signedOut ?? null
}
