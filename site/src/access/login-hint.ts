/**
 * The address to offer at the provider, where the account wants people to sign in with the invited
 * one.
 *
 * It is kept for this tab between the invitation and the choice of a provider: in the address of a
 * page it would be in the log.
 */

const KEY = 'portico-login-hint'

/** Keeps the address for signing in on the way back to `returnTo`; null forgets it. */
export function keepLoginHint(returnTo: string, address: string | null): void {
  if (address) sessionStorage.setItem(KEY, JSON.stringify([returnTo, address]))
  else sessionStorage.removeItem(KEY)
}

/** Returns the address for signing in on the way back to `returnTo`; null if there is none. */
export function loginHint(returnTo: string | null): string | null {
  try {
    const [path, address] = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as string[]
    return path === returnTo && address ? address : null
  } catch {
    return null
  }
}
