/** Imports a file in chunks: previews all rows, then imports the valid ones. */

import type { FieldError } from '../api/contract.ts'
import type { Problem, Result } from '../api/problem.ts'
import { retryWhileBusy } from '../api/retry.ts'
import { columnsOf, findColumn, findColumns, type RecordKind, rowsPerRequest } from './columns.ts'
import { records, type Source } from './records.ts'
import type { ResultFile } from './result-file.ts'
import { cellOf, type Row, readRow } from './row.ts'

/** Maximum size of a chunk's rows, in bytes; requests are limited to 64 KiB in total. */
const LARGEST_CHUNK = 48_000

/** The result of a row. */
export type RowResult =
  | { outcome: 'created' }
  | { outcome: 'updated'; detail: string }
  | { outcome: 'unchanged'; detail: string }
  | { outcome: 'invalid'; errors: FieldError[] }

export interface ImportOptions {
  /** Whether to preview the results without changing anything. */
  dryRun: boolean
}

/** Sends rows and returns the result of each one. */
export type Send = (rows: Row[], options: ImportOptions) => Promise<Result<RowResult[]>>

/**
 * Called after each request, with the number of leading rows that are done, and before each wait
 * for a busy server, with the seconds.
 */
export type OnProgress = (through: number, waitsFor: number | null) => void

/** One import of a file. Rows that already have a result are not sent again. */
export class Importer {
  /** Rows of failed requests, which may have been imported. */
  private readonly uncertain = new Set<number>()

  constructor(
    private readonly kind: RecordKind,
    private readonly source: Source,
    readonly resultFile: ResultFile,
    private readonly send: Send,
    /** Returns the messages for a row's errors. */
    private readonly describe: (errors: FieldError[]) => string[],
    private readonly onProgress: OnProgress,
  ) {}

  /**
   * Previews all rows without changing anything. Returns null when all rows are done.
   *
   * After a problem, another call continues where this one stopped.
   */
  preview(): Promise<Problem | null> {
    return this.process({ dryRun: true })
  }

  /**
   * Imports the rows that are new or change something. Returns null when all rows are done.
   *
   * After a problem, another call continues where this one stopped. If a row of the failed request
   * is then unchanged, that request imported it and its response was lost.
   */
  import(): Promise<Problem | null> {
    return this.process({ dryRun: false })
  }

  private async process(options: ImportOptions): Promise<Problem | null> {
    const { kind, source, resultFile } = this
    const columns = findColumns(kind, source.header)
    const isColumn = (cell: string) => findColumn(kind, cell) !== null
    const seenKeys = new Set<string>()
    let [chunk, size, index]: [Row[], number, number] = [[], 0, 0]
    for await (const batch of records(source, isColumn)) {
      for (const { number, cells } of batch) {
        const row = readRow(columns, index, number, cells)
        index += 1
        const isRepeated = row.key !== '' && seenKeys.has(row.key)
        seenKeys.add(row.key)
        const state = resultFile.state(row.index)
        if (options.dryRun ? state !== 'waiting' : state !== 'new' && state !== 'change') continue
        if (isRepeated) {
          this.record(row, { outcome: 'invalid', errors: [repeatedKey(kind)] }, options)
          continue
        }
        const bytes = new TextEncoder().encode(JSON.stringify(row.cells)).length + 1
        const isFull = chunk.length === rowsPerRequest(kind) || size + bytes > LARGEST_CHUNK
        if (chunk.length && isFull) {
          const problem = await this.sendChunk(chunk, options)
          if (problem) return problem
          ;[chunk, size] = [[], 0]
        }
        chunk.push(row)
        size += bytes
      }
    }
    return chunk.length ? this.sendChunk(chunk, options) : null
  }

  private async sendChunk(rows: Row[], options: ImportOptions): Promise<Problem | null> {
    const through = (rows.at(-1)?.index ?? 0) + 1
    const send = async () => {
      const result = await this.send(rows, options)
      if (!result.ok && !options.dryRun) for (const row of rows) this.uncertain.add(row.index)
      return result
    }
    const result = await retryWhileBusy(send, (seconds) => this.onProgress(through, seconds))
    if (!result.ok) return result.problem
    for (const [place, row] of rows.entries()) {
      const rowResult = result.value[place]
      if (rowResult) this.record(row, rowResult, options)
    }
    this.onProgress(through, null)
    return null
  }

  private record(row: Row, result: RowResult, { dryRun }: ImportOptions): void {
    const { resultFile } = this
    const { index, number } = row
    const line = (details: string[]) => ({ number, who: namesOf(this.kind, row), details })
    switch (result.outcome) {
      case 'created':
        return resultFile.set(index, dryRun ? 'new' : 'added')
      case 'updated':
        return resultFile.set(index, dryRun ? 'change' : 'updated', line([result.detail]))
      case 'unchanged':
        if (!dryRun && this.uncertain.has(index))
          return resultFile.set(index, resultFile.state(index) === 'new' ? 'added' : 'updated')
        return resultFile.set(index, 'known', line([result.detail]))
      case 'invalid':
        return resultFile.set(index, 'invalid', line(this.describe(result.errors)))
    }
  }
}

/** Returns the two cells that identify a row for people. */
function namesOf(kind: RecordKind, row: Row): [string, string] {
  return kind === 'accounts'
    ? [cellOf(row, 'external_id'), cellOf(row, 'name')]
    : [cellOf(row, 'name'), cellOf(row, 'email')]
}

function repeatedKey(kind: RecordKind): FieldError {
  const column = columnsOf(kind).find(({ key }) => key)
  return column?.type === 'email'
    ? { field: column.name, code: 'repeated' }
    : { field: column?.name ?? '', code: 'repeated-id' }
}
