/**
 * How far an import has come, kept in this browser, so that a tab that was closed can be opened
 * again. The file is known by its content.
 */

interface Kept {
  fingerprint: string
  through: number
}

/**
 * Stores that the first `through` rows of the file are done.
 *
 * `what` tells one kind of import from another, and accounts apart.
 */
export function storeProgress(what: string, fingerprint: string, through: number): void {
  const kept: Kept = { fingerprint, through }
  store((storage) => storage.setItem(keyOf(what), JSON.stringify(kept)))
}

/** Returns how many rows of this very file are done by an earlier import that was stopped. */
export function storedProgress(what: string, fingerprint: string): number {
  const text = store((storage) => storage.getItem(keyOf(what)))
  if (!text) return 0
  try {
    const kept = JSON.parse(text) as Kept
    return kept.fingerprint === fingerprint && Number.isInteger(kept.through) ? kept.through : 0
  } catch {
    return 0
  }
}

/** Forgets it. */
export function clearProgress(what: string): void {
  store((storage) => storage.removeItem(keyOf(what)))
}

function keyOf(what: string): string {
  return `import:${what}`
}

/** A browser that keeps nothing only cannot go on after a closed tab. */
function store<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage)
  } catch {
    return null
  }
}
