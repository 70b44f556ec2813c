/**
 * State that belongs to a document as a whole, such as its toasts or who is signed in.
 *
 * All other state lives in what a page's `start` makes, so that a test can start a page again.
 */
export function perDocument<T extends object>(make: () => T): () => T {
  const states = new WeakMap<Document, T>()
  return () => {
    const known = states.get(document)
    if (known) return known
    const made = make()
    states.set(document, made)
    return made
  }
}
