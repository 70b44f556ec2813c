/**
 * The progress of an import, stored in this browser so that the import can continue after the tab
 * was closed. The file is recognized by its content.
 */

interface Progress {
  fingerprint: string
  through: number
}

/**
 * Stores that the first `through` rows of the file are done.
 *
 * `what` identifies the kind of import and the account.
 */
export function storeProgress(what: string, fingerprint: string, through: number): void {
  const progress: Progress = { fingerprint, through }
  store((storage) => storage.setItem(keyOf(what), JSON.stringify(progress)))
}

/** Returns the number of rows of the same file that an interrupted import has completed. */
export function storedProgress(what: string, fingerprint: string): number {
  const text = store((storage) => storage.getItem(keyOf(what)))
  if (!text) return 0
  try {
    const progress = JSON.parse(text) as Progress
    return progress.fingerprint === fingerprint && Number.isInteger(progress.through)
      ? progress.through
      : 0
  } catch {
    return 0
  }
}

/** Deletes the stored progress. */
export function clearProgress(what: string): void {
  store((storage) => storage.removeItem(keyOf(what)))
}

function keyOf(what: string): string {
  return `import:${what}`
}

/** Without storage, an import merely cannot continue after the tab was closed. */
function store<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage)
  } catch {
    return null
  }
}
