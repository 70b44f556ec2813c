/**
 * The secret in the fragment of a link from an e-mail.
 *
 * It leaves the address bar at once and is kept for this tab only. It must survive signing in and
 * reloading, but may never be part of an address that a server sees.
 */
import { pagePath } from '../lib/address.ts'
import { clearMessage } from '../shell/view.ts'

/** The parts of the secret of a link about a profile: account, professional and secret. */
const PROFILE_TOKEN_PARTS = 3

/**
 * Returns the link's secret, from the address or from an earlier visit; null when there is none.
 */
export function readToken(): string | null {
  const key = storageKey()
  const token = given()
  if (token) {
    history.replaceState(history.state, '', location.pathname + location.search)
    sessionStorage.setItem(key, token)
  }
  return sessionStorage.getItem(key)
}

/** Forgets the secret, once it is used or useless. */
export function dropToken(): void {
  sessionStorage.removeItem(storageKey())
}

/** Calls `start` when another link is opened in this tab, which only changes the fragment. */
export function onNewToken(start: () => void): void {
  addEventListener('hashchange', () => {
    if (given()) start()
  })
}

/**
 * Calls `show` with the secret of the link about a profile that opened this page, and again for
 * each further one. Calls `explain` instead if it is missing or incomplete.
 */
export function onProfileLink(show: (token: string) => void, explain: () => void): void {
  onNewToken(open)
  open()

  function open(): void {
    clearMessage()
    const token = readToken()
    if (token && isWhole(token, PROFILE_TOKEN_PARTS)) return show(token)
    dropToken()
    explain()
  }
}

/** Checks whether `token` is complete: an e-mail program may have split the link. */
export function isWhole(token: string, parts: number): boolean {
  const found = token.split('.')
  return found.length === parts && found.every((part) => /^[\w-]+$/.test(part))
}

/** Returns the fragment, unless it names an element, as in "Skip to content". */
function given(): string {
  const fragment = location.hash.slice(1)
  return document.getElementById(fragment) ? '' : fragment
}

/**
 * Returns a key per page, so that one kind of link never passes for another; languages share it.
 */
function storageKey(): string {
  return `token ${pagePath()}`
}
