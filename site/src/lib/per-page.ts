/**
 * Returns an accessor for state with one instance per page, such as toasts or the session.
 *
 * All other state lives in a page's `start`, so that tests can start a page again.
 */
export function perPage<T extends object>(make: () => T): () => T {
  const states = new WeakMap<HTMLElement, T>()
  return () => {
    const known = states.get(document.body)
    if (known) return known
    const made = make()
    states.set(document.body, made)
    return made
  }
}
