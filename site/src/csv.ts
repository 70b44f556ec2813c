/** CSV as spreadsheets write it (RFC 4180, and what became of it): read from a file, and made. */
import Papa from 'papaparse'

/** What stands between cells: a comma, a semicolon where the comma is in numbers, or a tab. */
export const DELIMITERS = [',', ';', '\t'] as const

/** A quote is opened in this record, counted from 1, and never closed. */
export class OpenQuote extends Error {
  constructor(readonly record: number) {
    super(`record ${record} has a quote that is not closed`)
  }
}

/** Reads text from a file's bytes: UTF-8, UTF-16 with a byte order mark, and else what spreadsheets on Windows have always written. */
export function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength))
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/**
 * Reads records.
 *
 * The delimiter is the one that makes the most of the first record's cells `known`. Records stay in their places, the empty ones
 * too, so that their numbers are those a spreadsheet shows. Throws `OpenQuote`.
 */
export function readCsv(text: string, known: (cell: string) => boolean): string[][] {
  // Some spreadsheets are told the delimiter in a line of its own, which they do not show.
  const [line, told] = /^sep=(.)\r?\n/i.exec(text) ?? []
  const content = line === undefined ? text : text.slice(line.length)
  const { data, errors } = Papa.parse(content, { delimiter: told ?? delimiter(content, known) })
  const open = errors.find(({ type }) => type === 'Quotes')
  if (open) throw new OpenQuote((open.row ?? 0) + 1)
  // The line break at the file's end begins no record.
  if (data.at(-1)?.every((cell) => cell === '')) data.pop()
  return data
}

function delimiter(text: string, known: (cell: string) => boolean): string {
  const scored = DELIMITERS.map((one) => {
    const [header = []] = Papa.parse(text, { delimiter: one, preview: 1 }).data
    return { one, score: header.filter(known).length, cells: header.length }
  })
  scored.sort((a, b) => b.score - a.score || b.cells - a.cells)
  return scored[0]?.one ?? ','
}

/** What a spreadsheet would take for a formula and run (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/

/** Makes CSV. A cell that a spreadsheet would take for a formula gets an apostrophe, which says that it is text. */
export function writeCsv(records: string[][]): string {
  return `${Papa.unparse(records, { newline: '\r\n', escapeFormulae: FORMULA })}\r\n`
}

/** Takes away the apostrophe that `writeCsv`, or an export, has put before what looks like a formula. */
export function withoutApostrophe(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}
