/** Numbers of the partners that the current dry run would have created. */
import type { AccountImportResult } from '../api/contract.ts'
import { cellOf, type Row } from './row.ts'

export class PlannedPartners {
  private readonly numbers = new Set<string>()

  /** Returns the planned partners that these rows name. */
  namedIn(rows: Row[]): string[] {
    const named = rows.map((row) => cellOf(row, 'partner'))
    return [...new Set(named.filter((number) => this.numbers.has(number)))]
  }

  /** Remembers the partners that these rows would create. */
  record(rows: Row[], results: AccountImportResult[]): void {
    for (const [place, row] of rows.entries()) {
      const result = results[place]
      if (result?.outcome === 'created' && result.kind === 'partner')
        this.numbers.add(cellOf(row, 'external_id'))
    }
  }

  clear(): void {
    this.numbers.clear()
  }
}
