/** What became of each row of a file: a byte a row, and what else the result has to say. */
import type { FieldError } from '../api/contract.ts'

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

export class Ledger {
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
}

/**
 * What is wrong with a row, each field once: what the page has seen by itself is not said again in
 * the server's way.
 */
export function mergeErrors(seen: FieldError[], told: FieldError[]): FieldError[] {
  const fields = new Set(seen.map(({ field }) => field))
  return [...seen, ...told.filter(({ field }) => !fields.has(field))]
}
