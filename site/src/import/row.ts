/** A row of a file in the API's format. */
import type { AccountImportRow, ImportRow } from '../api/contract.ts'
import type { FoundColumns } from './columns.ts'

export interface Row {
  /** Index from 0 that skips empty rows. */
  index: number
  /** Row number in a spreadsheet. */
  number: number
  /**
   * The cells as in the file, by the column's name in the API, which interprets them. Blank cells
   * are left out, except those of required columns.
   */
  cells: Record<string, string>
  /** The key of the row's record, such as an e-mail address; empty if part of it is missing. */
  key: string
}

/** Reads a row by the columns of its file. */
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

/** Returns a cell, trimmed; empty if it is missing. */
export function cellOf(row: Row, column: keyof AccountImportRow | keyof ImportRow): string {
  return row.cells[column]?.trim() ?? ''
}
