/** Saves files that a page creates. */

/** Downloads `content` as a file. */
export function saveFile(name: string, type: string, content: BlobPart[]): void {
  const address = URL.createObjectURL(new Blob(content, { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // No event reports when the browser has read the blob; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Downloads CSV with a byte order mark, without which spreadsheets do not recognise UTF-8. */
export function saveCsv(name: string, csv: BlobPart[]): void {
  saveFile(name, 'text/csv', ['\u{feff}', ...csv])
}
