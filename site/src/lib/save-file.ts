/** Files that the page itself makes. */

/** Saves `content` on the person's computer. */
export function saveFile(name: string, type: string, content: BlobPart[]): void {
  const address = URL.createObjectURL(new Blob(content, { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken the file by then; nothing tells when exactly.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Saves CSV so that spreadsheets take it for UTF-8: they look for a byte order mark. */
export function saveCsv(name: string, csv: BlobPart[]): void {
  saveFile(name, 'text/csv', ['\u{feff}', ...csv])
}
