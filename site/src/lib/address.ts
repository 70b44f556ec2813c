/**
 * Addresses of the site's pages.
 *
 * The account is part of the address, so two tabs can show two accounts.
 */

/** The vendor's own account. */
export const VENDOR = '0'.repeat(26)

/** Returns a parameter of the current page's address; null when it is missing or empty. */
export function urlParameter(name: string): string | null {
  return new URLSearchParams(location.search).get(name) || null
}

/** Returns a page's address in the current language. Null parameters are omitted. */
export function pageUrl(
  path: string,
  parameters: Record<string, string | null | undefined> = {},
): string {
  return ROOT + path + query(parameters)
}

/** Returns the home page of a language with a prefix; null for the language at the root. */
export function localisedHome(): string | null {
  return ROOT ? pageUrl('/') : null
}

/** Returns the current page's path with other parameters. */
export function currentPageWith(parameters: Record<string, string | null | undefined>): string {
  return location.pathname + query(parameters)
}

/** Returns the current page's path without its language: `/people/` on `/de/people/` too. */
export function pagePath(): string {
  return location.pathname.slice(ROOT.length)
}

/** Returns the address of the sign-in page, which leads back to `returnTo`. */
export function signInUrl(returnTo: string, choose = false): string {
  return pageUrl('/sign-in/', {
    return: returnTo === pageUrl('/') ? null : returnTo,
    choose: choose ? 'true' : null,
  })
}

/**
 * Returns the current address without its fragment, which may hold a secret that no server may log.
 */
export function currentUrl(): string {
  return location.pathname + location.search
}

/** Replaces the language prefix of `address` by `root`. */
export function inLanguage(address: string, root: string): string {
  const isBelow = address === ROOT || address.startsWith(`${ROOT}/`)
  return isBelow ? root + address.slice(ROOT.length) : address
}

/**
 * Returns `address` if it is a path of this site, else null.
 *
 * Prevents open redirects: `?return=` could name another site.
 */
export function safePath(address: string | null): string | null {
  if (!address || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(address)) return null
  return address
}

/**
 * Returns `address` if it is a web address, else null.
 *
 * A profile could hold a `javascript:` URL.
 */
export function webAddress(address: string | null): string | null {
  return address && /^https?:\/\/[^\s]+$/i.test(address) ? address : null
}

/** Removes a parameter from the address bar, so that a reload does not show its message again. */
export function dropParameter(name: string): void {
  const rest = new URLSearchParams(location.search)
  rest.delete(name)
  history.replaceState(history.state, '', currentPageWith(Object.fromEntries(rest)) + location.hash)
}

function query(parameters: Record<string, string | null | undefined>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] =>
    Boolean(entry[1]),
  )
  return given.length ? `?${new URLSearchParams(given)}` : ''
}
