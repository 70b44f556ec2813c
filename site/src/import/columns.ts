/**
 * Which column of a file is which, whatever the language of the page: files travel between
 * colleagues.
 */
import { withoutApostrophe } from '../lib/csv.ts'

/** What each column may be called beside its own name. */
export type Names<Column extends string> = Record<Column, string[]>

export interface Places<Column extends string> {
  /** The cell of a column as somebody typed it; empty where there is none. */
  typed: (cells: string[], column: Column) => string
  /** Columns that nobody understands, as the file names them. */
  ignored: string[]
  /** Columns that have to be there, and are not. */
  lacking: Column[]
}

/** Finds the columns in a header. */
export function placesOf<Column extends string>(
  names: Names<Column>,
  required: readonly Column[],
  header: string[],
): Places<Column> {
  const places = new Map<Column, number>()
  const ignored: string[] = []
  for (const [index, cell] of header.entries()) {
    const column = columnOf(names, cell)
    if (column && !places.has(column)) places.set(column, index)
    else if (cell.trim()) ignored.push(cell.trim())
  }
  return {
    typed: (cells, column) => cleaned(cells[places.get(column) ?? -1] ?? ''),
    ignored,
    lacking: required.filter((column) => !places.has(column)),
  }
}

/** The column that a cell of the header names. */
export function columnOf<Column extends string>(names: Names<Column>, cell: string): Column | null {
  const called = plain(cell)
  const columns = Object.keys(names) as Column[]
  return (
    columns.find((column) => [column, ...names[column]].some((name) => plain(name) === called)) ??
    null
  )
}

/**
 * Calls a column as the list of columns on the page does, whose first members are names of columns;
 * else by its own name.
 */
export function listedName<Column extends string>(
  names: Names<Column>,
  listed: readonly (readonly [string, string])[],
  column: Column,
): string {
  return listed.find(([name]) => columnOf(names, name) === column)?.[0] ?? column
}

/**
 * Spreadsheets in German write 31.12.2026.
 *
 * Dates with slashes stay as they are: nobody can tell the day from the month.
 */
export function isoDay(text: string): string {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? []
  return day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text
}

/** "E-Mail " and "e_mail" are the same column. */
function plain(cell: string): string {
  return cell
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_*-]/g, '')
}

/** Text pasted from elsewhere is full of spaces that do not break. */
function cleaned(cell: string): string {
  return withoutApostrophe(cell).replaceAll('\u{a0}', ' ').trim()
}
