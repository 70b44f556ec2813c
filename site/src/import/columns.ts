/**
 * The columns that a file may have, from the one list that the API's functions and the operator's
 * command read too.
 *
 * A file may name them in any language: files travel between colleagues.
 */
import { locale } from '#language/words.ts'
import list from '../../../functions/core/import-columns.json'

/** What the rows of a file describe. */
export type RecordKind = 'accounts' | 'professionals'

export interface Column {
  /** Its name in the API. */
  name: string
  type?: string
  /** Whether a file must have it. */
  required?: boolean
  /** Whether it identifies the record of a row, alone or with other such columns. */
  key?: boolean
  /** Whether only files for the operator's command have it: a page is about one account. */
  operator_only?: boolean
  titles: Record<string, string>
  hints: Record<string, string>
  aliases: string[]
}

/** A header, understood. */
export interface FoundColumns {
  /** Where each column of the file is. */
  places: Map<Column, number>
  /** Columns that are not known, as the file names them. */
  ignored: string[]
  /** Columns that the file must have, and has not. */
  missing: Column[]
}

const language = locale.slice(0, 2)

/** Returns the columns that a file for the page may have. */
export function columnsOf(kind: RecordKind): Column[] {
  const columns: Column[] = list[kind].columns
  return columns.filter((column) => !column.operator_only)
}

/** Returns how many rows one request takes. */
export function rowsPerRequest(kind: RecordKind): number {
  return list[kind].rows_per_request
}

/** Returns the column's title in the page's language. */
export function titleOf(column: Column): string {
  return column.titles[language] ?? column.name
}

/** Returns what a person should know of the column, in the page's language. */
export function hintOf(column: Column): string {
  return column.hints[language] ?? ''
}

/** Returns the column that a cell of a header names. */
export function findColumn(kind: RecordKind, name: string): Column | null {
  const key = nameKey(name)
  const names = (column: Column) => [
    column.name,
    ...Object.values(column.titles),
    ...column.aliases,
  ]
  return columnsOf(kind).find((column) => names(column).some((own) => nameKey(own) === key)) ?? null
}

/** Finds the columns in a header. */
export function findColumns(kind: RecordKind, header: string[]): FoundColumns {
  const places = new Map<string, number>()
  const ignored: string[] = []
  for (const [index, cell] of header.entries()) {
    const column = findColumn(kind, cell)
    if (column && !places.has(column.name)) places.set(column.name, index)
    else if (cell.trim()) ignored.push(cell.trim())
  }
  const columns = columnsOf(kind)
  return {
    places: new Map(
      columns.flatMap((column) => {
        const place = places.get(column.name)
        return place === undefined ? [] : [[column, place]]
      }),
    ),
    ignored,
    missing: columns.filter((column) => column.required && !places.has(column.name)),
  }
}

/**
 * Returns what names are compared by: letters and digits, in lower case and without marks.
 *
 * The API's functions and the operator's command have the same rule; `import-columns.test.json`
 * tests all three.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^\p{Alphabetic}\p{N}]/gu, '')
    .toLowerCase()
}
