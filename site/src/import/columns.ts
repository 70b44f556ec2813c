/**
 * The columns of import files, from the list that the API's functions and the operator's command
 * read too.
 *
 * A file can name them in any language, since colleagues share files.
 */
import { locale } from '#language/words.ts'
import list from '../../../functions/core/import-columns.json'

/** The kind of record that a file's rows describe. */
export type RecordKind = 'accounts' | 'professionals'

export interface Column {
  /** The column's name in the API. */
  name: string
  type?: string
  /** Whether a file must have it. */
  required?: boolean
  /** Whether it identifies a row's record, alone or with other key columns. */
  key?: boolean
  /** Whether only the operator's command reads it; a page imports into one account. */
  operator_only?: boolean
  titles: Record<string, string>
  hints: Record<string, string>
  aliases: string[]
}

/** The columns found in a header. */
export interface FoundColumns {
  /** The position of each column in the file. */
  places: Map<Column, number>
  /** Unknown columns, as the file names them. */
  ignored: string[]
  /** Required columns that the file lacks. */
  missing: Column[]
}

const language = locale.slice(0, 2)

/** Returns the columns that the page reads. */
export function columnsOf(kind: RecordKind): Column[] {
  const columns: Column[] = list[kind].columns
  return columns.filter((column) => !column.operator_only)
}

/** Returns the maximum number of rows in a request. */
export function rowsPerRequest(kind: RecordKind): number {
  return list[kind].rows_per_request
}

/** Returns the column's title in the page's language. */
export function titleOf(column: Column): string {
  return column.titles[language] ?? column.name
}

/** Returns the column's hint in the page's language. */
export function hintOf(column: Column): string {
  return column.hints[language] ?? ''
}

/** Returns the column that a header cell names. */
export function findColumn(kind: RecordKind, name: string): Column | null {
  const key = nameKey(name)
  const names = (column: Column) => [
    column.name,
    ...Object.values(column.titles),
    ...column.aliases,
  ]
  return (
    columnsOf(kind).find((column) => names(column).some((name) => nameKey(name) === key)) ?? null
  )
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
 * Returns the comparison key of a name: its letters and digits in lower case, without diacritics.
 *
 * The API's functions and the operator's command use the same rule; `import-columns.test.json`
 * tests all three.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^\p{Alphabetic}\p{N}]/gu, '')
    .toLowerCase()
}
