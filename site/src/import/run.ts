/**
 * Asks the server about the rows of a file, some at a time: first only what would become of them,
 * then to bring them in.
 */

import type { FieldError } from '../api/contract.ts'
import type { Problem, Result } from '../api/problem.ts'
import { retryWhileBusy } from '../api/retry.ts'
import { columnOf, placesOf } from './columns.ts'
import type { Answered, Kind } from './kind.ts'
import { type Ledger, mergeErrors } from './ledger.ts'
import { records, type Source } from './records.ts'

/**
 * Below the 64 KiB that a request may have, with room for what stands around the rows.
 *
 * In bytes.
 */
const LARGEST_PART = 48_000

/** Sends rows, and is answered with what became of each. */
export type Send<Input> = (rows: Input[]) => Promise<Result<Answered[]>>

/** A file that is being brought in. */
export interface Work<Input, Column extends string> {
  kind: Kind<Input, Column>
  source: Source
  ledger: Ledger
  /** Says what is wrong with a row in the page's words. */
  words: (errors: FieldError[]) => string[]
  /** Rows that a request was about which has failed: whether they were brought in is not known. */
  uncertain: Set<number>
}

/**
 * Hears how far it is: after every request, up to which row, and for how many seconds a busy server
 * is waited for.
 */
export type OnProgress = (through: number, waitsFor: number | null) => void

interface Part<Input> {
  index: number
  number: number
  input: Input
  errors: FieldError[]
}

/**
 * Tries all rows without changing anything; null when all were asked about.
 *
 * Called again after a problem, it goes on where it was.
 */
export function tryRows<Input, Column extends string>(
  work: Work<Input, Column>,
  send: Send<Input>,
  onProgress: OnProgress,
): Promise<Problem | null> {
  return inParts(work, true, send, onProgress)
}

/**
 * Brings in the rows that are new or change something; null when all are done. Called again after a
 * problem, it goes on where it was.
 *
 * A row that a failed request had been about, and that is there by now, was brought in by that
 * request, whose answer was lost.
 */
export function addRows<Input, Column extends string>(
  work: Work<Input, Column>,
  send: Send<Input>,
  onProgress: OnProgress,
): Promise<Problem | null> {
  return inParts(work, false, send, onProgress)
}

async function inParts<Input, Column extends string>(
  work: Work<Input, Column>,
  isTrial: boolean,
  send: Send<Input>,
  onProgress: OnProgress,
): Promise<Problem | null> {
  const { kind, source, ledger } = work
  const isColumn = (cell: string) => columnOf(kind.names, cell) !== null
  const { typed } = placesOf(kind.names, kind.required, source.header)
  const seen = new Set<string>()
  let [part, size, index]: [Part<Input>[], number, number] = [[], 0, 0]

  const sendPart = async (): Promise<Problem | null> => {
    const rows = part
    ;[part, size] = [[], 0]
    if (!rows.length) return null
    const through = (rows.at(-1)?.index ?? 0) + 1
    const once = async () => {
      const answer = await send(rows.map(({ input }) => input))
      if (!answer.ok && !isTrial) for (const row of rows) work.uncertain.add(row.index)
      return answer
    }
    const result = await retryWhileBusy(once, (seconds) => onProgress(through, seconds))
    if (!result.ok) return result.problem
    for (const [place, row] of rows.entries()) {
      const said = result.value[place]
      if (said) note(work, row, said, isTrial)
    }
    onProgress(through, null)
    return null
  }

  for await (const batch of records(source, isColumn)) {
    for (const { number, cells } of batch) {
      const { input, errors } = kind.read((column) => typed(cells, column), seen)
      const state = ledger.state(index)
      if (isTrial ? state === 'waiting' : state === 'new' || state === 'change') {
        const bytes = new TextEncoder().encode(JSON.stringify(input)).length + 1
        if (part.length === kind.most || (part.length && size + bytes > LARGEST_PART)) {
          const problem = await sendPart()
          if (problem) return problem
        }
        part.push({ index, number, input, errors })
        size += bytes
      }
      index += 1
    }
  }
  return sendPart()
}

function note<Input, Column extends string>(
  work: Work<Input, Column>,
  row: Part<Input>,
  said: Answered,
  isTrial: boolean,
): void {
  const { kind, ledger, words, uncertain } = work
  const { index, number, input } = row
  const shown = (lines: string[]) => ({ number, who: kind.who(input), said: lines })
  const errors = mergeErrors(isTrial ? row.errors : [], said.kind === 'invalid' ? said.errors : [])
  if (errors.length) return ledger.set(index, 'invalid', shown(words(errors)))
  const wasNew = ledger.state(index) === 'new'
  switch (said.kind) {
    case 'new':
      return ledger.set(index, isTrial ? 'new' : 'added')
    case 'changed':
      return ledger.set(index, isTrial ? 'change' : 'updated', shown([said.detail]))
    case 'known':
      if (!isTrial && uncertain.has(index)) return ledger.set(index, wasNew ? 'added' : 'updated')
      return ledger.set(index, 'known', shown([said.detail]))
    case 'invalid':
      return ledger.set(index, 'invalid', shown(words(said.errors)))
  }
}
