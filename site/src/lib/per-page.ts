/**
 * State that belongs to a page as a whole, such as its toasts or who is signed in.
 *
 * All other state lives in what a page's `start` makes, so that a test can start a page again.
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
