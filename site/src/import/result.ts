/** The result of a trial or an import: the file as it was, with what became of each row. */
import { detailColumn, outcomeColumn } from '#language/import.ts'
import { writeCsv } from '../lib/csv.ts'
import type { Words } from './kind.ts'
import type { Ledger } from './ledger.ts'
import { records, type Source } from './records.ts'

/**
 * Returns the result as CSV.
 *
 * The file is read once more, so that it need not be kept; that fails when it has been changed or
 * moved.
 */
export async function resultOf(
  source: Source,
  isColumn: (cell: string) => boolean,
  ledger: Ledger,
  { outcomes }: Words,
): Promise<BlobPart[]> {
  const { header } = source
  const parts: BlobPart[] = [writeCsv([[...header, outcomeColumn, detailColumn]])]
  let index = 0
  for await (const batch of records(source, isColumn)) {
    const lines = batch.map(({ cells }) => {
      const line = [
        ...header.map((_, place) => cells[place] ?? ''),
        outcomes[ledger.state(index)],
        ledger.detail(index),
      ]
      index += 1
      return line
    })
    // What is in a Blob need not be in the page's own memory.
    if (lines.length) parts.push(new Blob([writeCsv(lines)]))
  }
  return parts
}
