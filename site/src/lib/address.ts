/**
 * Addresses of the site's pages.
 *
 * The account is part of them, so that two tabs can hold two accounts.
 */

/** The vendor's own account. */
export const VENDOR = '0'.repeat(26)

/** Reads a parameter of the current page's address; null when it is missing or empty. */
export function urlParameter(name: string): string | null {
  return new URLSearchParams(location.search).get(name) || null
}

/**
 * The address of a page in this page's language, with its parameters; those that are null are left
 * out.
 */
export function pageUrl(
  path: string,
  parameters: Record<string, string | null | undefined> = {},
): string {
  return ROOT + path + query(parameters)
}

/** This language's home page, unless it is the one that stands at the root, which says nothing. */
export function localisedHome(): string | null {
  return ROOT ? pageUrl('/') : null
}

/** This same page with other parameters. */
export function currentPageWith(parameters: Record<string, string | null | undefined>): string {
  return location.pathname + query(parameters)
}

/** The path of the current page in the first language: `/people/` on `/de/people/` too. */
export function pagePath(): string {
  return location.pathname.slice(ROOT.length)
}

/** The sign-in page, from which the person comes back to `returnTo`. */
export function signInUrl(returnTo: string, choose = false): string {
  return pageUrl('/sign-in/', {
    return: returnTo === pageUrl('/') ? null : returnTo,
    choose: choose ? 'true' : null,
  })
}

/**
 * The current page without its fragment, which may hold a secret that must not reach a server's
 * log.
 */
export function currentUrl(): string {
  return location.pathname + location.search
}

/** The path or address `address` of this site, below `root` instead of this page's language. */
export function inLanguage(address: string, root: string): string {
  const isBelow = address === ROOT || address.startsWith(`${ROOT}/`)
  return isBelow ? root + address.slice(ROOT.length) : address
}

/**
 * Returns `address` if it is a path of this site, else null.
 *
 * A link to sign in could name any other site.
 */
export function safePath(address: string | null): string | null {
  if (!address || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(address)) return null
  return address
}

/**
 * Returns `address` if it is a web address, else null.
 *
 * What people type into a profile could be `javascript:`.
 */
export function webAddress(address: string | null): string | null {
  return address && /^https?:\/\/[^\s]+$/i.test(address) ? address : null
}

/**
 * Takes a parameter out of the address bar once it has been shown, so that a reload does not show
 * it again.
 */
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
