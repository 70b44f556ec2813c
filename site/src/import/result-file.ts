/** The result of each row: one byte per row during the import, a CSV file at the end. */
import { detailColumn, outcomeColumn } from '#language/import.ts'
import { writeCsv } from '../lib/csv.ts'
import { type IsColumn, records, type Source } from './records.ts'
import type { Words } from './words.ts'

/**
 * The states of a row: not sent yet (`waiting`); previewed as `new`, a `change` of an existing
 * record, `known` (unchanged) or `invalid`; imported as `added` or `updated`; or processed by an
 * `earlier` import of the file.
 */
export const STATES = [
  'waiting',
  'new',
  'change',
  'known',
  'invalid',
  'added',
  'updated',
  'earlier',
] as const
export type State = (typeof STATES)[number]

/** Maximum number of rows of a kind on the page; the result file has all of them. */
export const MOST_SHOWN = 200

/** A row as the page shows it. */
export interface Shown {
  /** Row number in a spreadsheet. */
  number: number
  /** The two cells that identify the row for people. */
  who: [string, string]
  details: string[]
}

export class ResultFile {
  readonly counts = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>
  readonly shown: Record<'invalid' | 'known', Shown[]> = { invalid: [], known: [] }
  private readonly states: Uint8Array
  /** Each distinct detail once, so that rows share the strings. */
  private readonly texts = new Map<string, string>()
  private readonly details = new Map<number, string>()

  /** The first `earlier` rows are not sent. */
  constructor(
    readonly count: number,
    earlier = 0,
  ) {
    this.states = new Uint8Array(count)
    this.counts.waiting = count
    for (let index = 0; index < Math.min(earlier, count); index += 1) this.set(index, 'earlier')
  }

  /** Returns the state of a row; the index starts at 0 and skips empty rows. */
  state(index: number): State {
    return STATES[this.states[index] ?? 0] ?? 'waiting'
  }

  /** Returns the details of a row's result. */
  detail(index: number): string {
    return this.details.get(index) ?? ''
  }

  /** Records the result of a row. */
  set(index: number, state: State, row?: Shown): void {
    this.counts[this.state(index)] -= 1
    this.counts[state] += 1
    this.states[index] = STATES.indexOf(state)
    const detail = row?.details.join(' ') ?? ''
    if (!detail) return
    const one = this.texts.get(detail) ?? detail
    this.texts.set(one, one)
    this.details.set(index, one)
    if (row && (state === 'invalid' || state === 'known') && this.shown[state].length < MOST_SHOWN)
      this.shown[state].push(row)
  }

  /**
   * Returns the original file with the result of each row, as CSV.
   *
   * Reads the file again instead of keeping it in memory; fails if it was changed or moved.
   */
  async toCsv(source: Source, isColumn: IsColumn, { outcomes }: Words): Promise<BlobPart[]> {
    const { header } = source
    const parts: BlobPart[] = [writeCsv([[...header, outcomeColumn, detailColumn]])]
    let index = 0
    for await (const batch of records(source, isColumn)) {
      const lines = batch.map(({ cells }) => {
        const line = [
          ...header.map((_, place) => cells[place] ?? ''),
          outcomes[this.state(index)],
          this.detail(index),
        ]
        index += 1
        return line
      })
      // Browsers can store a Blob outside the page's memory.
      if (lines.length) parts.push(new Blob([writeCsv(lines)]))
    }
    return parts
  }
}
