/**
 * How far an import has come, kept in this browser, so that a tab that was closed can be opened
 * again.
 */

interface Kept {
  name: string
  size: number
  modified: number
  through: number
}

/**
 * Notes that the first `through` rows of the file are done.
 *
 * `what` tells one kind of import from another, and accounts apart.
 */
export function storeProgress(what: string, file: File, through: number): void {
  const kept: Kept = { name: file.name, size: file.size, modified: file.lastModified, through }
  store((storage) => storage.setItem(keyOf(what), JSON.stringify(kept)))
}

/** How many rows of this very file an earlier import has done that did not come to its end. */
export function storedProgress(what: string, file: File): number {
  const text = store((storage) => storage.getItem(keyOf(what)))
  if (!text) return 0
  try {
    const { name, size, modified, through } = JSON.parse(text) as Kept
    return name === file.name &&
      size === file.size &&
      modified === file.lastModified &&
      Number.isInteger(through)
      ? through
      : 0
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
