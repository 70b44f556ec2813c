/**
 * CSV as spreadsheets write it (RFC 4180, and what became of it): how it is told apart, and made.
 */
import Papa from 'papaparse'

/** What stands between cells: a comma, a semicolon where the comma is in numbers, or a tab. */
export const DELIMITERS = [',', ';', '\t'] as const

/** A quote is opened in this record, counted from 1, and never closed. */
export class UnclosedQuote extends Error {
  constructor(readonly record: number) {
    super(`record ${record} has a quote that is not closed`)
  }
}

/**
 * How the text of a file begins: where its records do, and what stands between cells and between
 * records.
 *
 * The delimiter is the one that makes the most of the first record's cells `known`.
 */
export function detectFormat(
  text: string,
  known: (cell: string) => boolean,
): { begin: number; delimiter: string; newline: string } {
  // Some spreadsheets name the delimiter in a line of its own, which they do not show.
  const [line = '', declared] = /^sep=(.)\r?\n/i.exec(text) ?? []
  const content = text.slice(line.length)
  const scored = DELIMITERS.map((one) => {
    const { data, meta } = Papa.parse(content, { delimiter: one, preview: 1 })
    const [header = []] = data
    return {
      one,
      newline: meta.linebreak,
      score: header.filter(known).length,
      cells: header.length,
    }
  })
  scored.sort((a, b) => b.score - a.score || b.cells - a.cells)
  return {
    begin: line.length,
    delimiter: declared ?? scored[0]?.one ?? ',',
    newline: scored[0]?.newline ?? '\n',
  }
}

/** What a spreadsheet would take for a formula and run (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/

/**
 * Makes CSV.
 *
 * A cell that a spreadsheet would take for a formula gets an apostrophe, which says that it is
 * text.
 */
export function writeCsv(records: string[][]): string {
  return `${Papa.unparse(records, { newline: '\r\n', escapeFormulae: FORMULA })}\r\n`
}
