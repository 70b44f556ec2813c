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

/**
 * What spreadsheets run as a formula (OWASP, "CSV Injection"), full-width signs included, behind
 * spaces and quotes, which they skip. The API exports by the same rule.
 */
const FORMULA = /^[ "']*[=+\-@＝＋－＠]/

/** The same where the cell begins: there a tab or a line break is enough. */
const BEGINS_FORMULA = /^[ "']*[=+\-@\t\r\n＝＋－＠]/

/**
 * Where a cell may begin, for a program that expects another delimiter or ignores a tab or a line
 * break in front of a formula.
 */
const BEGINNINGS = /(?<=[;\t\r\n])/

/** Cells that have to be quoted for one of those programs. */
const QUOTED = /[,;\t\r\n"]/

/**
 * Formats records as CSV.
 *
 * Prefixes what looks like a formula with an apostrophe, which makes it text.
 */
export function writeCsv(records: string[][]): string {
  return records.map((cells) => `${cells.map(writeCell).join(',')}\r\n`).join('')
}

function writeCell(cell: string): string {
  const text = cell
    .split(BEGINNINGS)
    .map((part, index) => ((index ? FORMULA : BEGINS_FORMULA).test(part) ? `'${part}` : part))
    .join('')
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
