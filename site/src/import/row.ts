/** A row of a file, as the API takes it. */
import type { AccountImportRow, ImportRow } from '../api/contract.ts'
import type { FoundColumns } from './columns.ts'

export interface Row {
  /** Counted from 0, without the empty ones. */
  index: number
  /** As a spreadsheet numbers it. */
  number: number
  /**
   * The cells by the API's names of their columns, as they are in the file. Blank ones are left
   * out, except those of required columns: what a cell means, the API decides.
   */
  cells: Record<string, string>
  /** What identifies the row's record, such as an e-mail address; empty if part is missing. */
  key: string
}

/** Reads a row, given the columns of its file. */
export function readRow(
  { places }: FoundColumns,
  index: number,
  number: number,
  cells: string[],
): Row {
  const row: Row = { index, number, cells: {}, key: '' }
  const keys: string[] = []
  for (const [column, place] of places) {
    const cell = cells[place] ?? ''
    if (column.required || cell.trim()) row.cells[column.name] = cell
    if (column.key) keys.push(column.type === 'email' ? cell.trim().toLowerCase() : cell.trim())
  }
  if (keys.every(Boolean)) row.key = keys.join(' ')
  return row
}

/** Returns a cell without spaces around it; empty if it is blank. */
export function cellOf(row: Row, column: keyof AccountImportRow | keyof ImportRow): string {
  return row.cells[column]?.trim() ?? ''
}
