/**
 * The secret in a link from a mail, which stands behind the `#`.
 *
 * It is taken out of the address bar at once, and kept for this tab only: it must survive going to
 * the sign-in page and back, and reloading, but it may never be part of an address that a server
 * sees.
 */
import { pagePath } from '../lib/address.ts'

/** The link's secret, from the address or as kept before; null when there is none. */
export function readToken(): string | null {
  const key = storageKey()
  const token = given()
  if (token) {
    history.replaceState(history.state, '', location.pathname + location.search)
    sessionStorage.setItem(key, token)
  }
  return sessionStorage.getItem(key)
}

/** Forgets the secret, once it has done its work or can do none. */
export function dropToken(): void {
  sessionStorage.removeItem(storageKey())
}

/**
 * Runs `start` again when another link is opened in this tab, which changes only what stands behind
 * the `#`.
 */
export function onNewToken(start: () => void): void {
  addEventListener('hashchange', () => {
    if (given()) start()
  })
}

/** Whether `token` is as long as it should be: a mail program may have cut the link in two. */
export function isWhole(token: string, parts: number): boolean {
  const found = token.split('.')
  return found.length === parts && found.every((part) => /^[\w-]+$/.test(part))
}

/** What stands behind the `#`, unless it names a part of the page, as "Skip to content" does. */
function given(): string {
  const fragment = location.hash.slice(1)
  return document.getElementById(fragment) ? '' : fragment
}

/**
 * Each page has its own place, so that one link never passes for another; the same in every
 * language.
 */
function storageKey(): string {
  return `token ${pagePath()}`
}
