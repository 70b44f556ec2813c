/** The result of each row: a byte a row while it is imported, and a CSV file in the end. */
import { detailColumn, outcomeColumn } from '#language/import.ts'
import { writeCsv } from '../lib/csv.ts'
import { type IsColumn, records, type Source } from './records.ts'
import type { Words } from './words.ts'

/**
 * Not asked about yet; what a trial says it would be: new, a change to what is there, there
 * already, faulty; what it has become: added, updated; gone through by an earlier import of the
 * file.
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

/**
 * Rows that are shown on the page; the others stand in the result file only, for nobody reads on.
 */
export const MOST_SHOWN = 200

/** A row as the page shows it. */
export interface Shown {
  /** As a spreadsheet numbers it. */
  number: number
  /** By what people know it. */
  who: [string, string]
  said: string[]
}

export class ResultFile {
  readonly counts = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>
  readonly shown: Record<'invalid' | 'known', Shown[]> = { invalid: [], known: [] }
  private readonly states: Uint8Array
  /** One of each text, however many rows it is said of. */
  private readonly texts = new Map<string, string>()
  private readonly details = new Map<number, string>()

  /** `earlier` rows at the beginning need not be asked about. */
  constructor(
    readonly count: number,
    earlier = 0,
  ) {
    this.states = new Uint8Array(count)
    this.counts.waiting = count
    for (let index = 0; index < Math.min(earlier, count); index += 1) this.set(index, 'earlier')
  }

  /** The state of a row, counted from 0 without the empty ones. */
  state(index: number): State {
    return STATES[this.states[index] ?? 0] ?? 'waiting'
  }

  /** What there is to say of a row. */
  detail(index: number): string {
    return this.details.get(index) ?? ''
  }

  /** Records what became of a row. */
  set(index: number, state: State, row?: Shown): void {
    this.counts[this.state(index)] -= 1
    this.counts[state] += 1
    this.states[index] = STATES.indexOf(state)
    const detail = row?.said.join(' ') ?? ''
    if (!detail) return
    const one = this.texts.get(detail) ?? detail
    this.texts.set(one, one)
    this.details.set(index, one)
    if (row && (state === 'invalid' || state === 'known') && this.shown[state].length < MOST_SHOWN)
      this.shown[state].push(row)
  }

  /**
   * Returns the file as it was, with the result of each row, as CSV.
   *
   * The file is read once more, so that it need not be kept; that fails when it has been changed or
   * moved.
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
      // What is in a Blob need not be in the page's own memory.
      if (lines.length) parts.push(new Blob([writeCsv(lines)]))
    }
    return parts
  }
}
