/** Reads and writes CSV (RFC 4180) with the variations that spreadsheets produce. */
import Papa from 'papaparse'

/** Accepted delimiters: comma, semicolon (where numbers use the comma) and tab. */
export const DELIMITERS = [',', ';', '\t'] as const

/** Thrown for a quote that is never closed; `record` counts from 1. */
export class UnclosedQuote extends Error {
  constructor(readonly record: number) {
    super(`record ${record} has a quote that is not closed`)
  }
}

/**
 * Detects where the first record begins, the delimiter and the line break.
 *
 * Picks the delimiter by which most cells of the first record are `known`.
 */
export function detectFormat(
  text: string,
  known: (cell: string) => boolean,
): { begin: number; delimiter: string; newline: string } {
  // Some spreadsheets declare the delimiter in a first line of its own.
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

/** Cells that spreadsheets run as formulas (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/

/**
 * Formats records as CSV.
 *
 * Prefixes cells that look like formulas with an apostrophe, which makes them text.
 */
export function writeCsv(records: string[][]): string {
  return `${Papa.unparse(records, { newline: '\r\n', escapeFormulae: FORMULA })}\r\n`
}
