/** Asks the server about the rows of a file, 16 at a time: first only what would become of them, then to add them. */
import type { ImportResult, ImportRow } from '../contract.ts'
import { patiently } from '../patience.ts'
import type { Problem, Result } from '../problem.ts'
import type { Row, Verdict } from './rows.ts'

/** What one request takes. */
const CHUNK = 16

/** Sends rows, and is answered with what became of each. */
export type Send = (rows: ImportRow[]) => Promise<Result<{ results: ImportResult[] }>>

/** Hears how far it is: after every request, and for how many seconds a busy server is waited for. */
export type OnProgress = (waitsFor: number | null) => void

/** Tries all rows without changing anything; null when all were asked about. Called again after a problem, it goes on where it was. */
export function tryRows(rows: Row[], send: Send, onProgress: OnProgress): Promise<Problem | null> {
  return inChunks(rows, ({ verdict }) => verdict === null, 'new', send, onProgress)
}

/**
 * Adds the rows that are new; null when all are done. Called again after a problem, it goes on where it was.
 *
 * A row that a failed request had been about, and that is there by now, was added by that request, whose answer was lost.
 */
export function addRows(rows: Row[], send: Send, onProgress: OnProgress): Promise<Problem | null> {
  return inChunks(rows, ({ verdict }) => verdict?.kind === 'new', 'added', send, onProgress)
}

/** Rows that a request was about which has failed: whether they were added is not known. */
const uncertain = new WeakSet<Row>()

async function inChunks(
  rows: Row[],
  isWaiting: (row: Row) => boolean,
  added: 'new' | 'added',
  send: Send,
  onProgress: OnProgress,
): Promise<Problem | null> {
  const waiting = rows.filter(isWaiting)
  for (let start = 0; start < waiting.length; start += CHUNK) {
    const chunk = waiting.slice(start, start + CHUNK)
    const ask = async () => {
      const answer = await send(chunk.map(({ input }) => input))
      if (!answer.ok && added === 'added') for (const row of chunk) uncertain.add(row)
      return answer
    }
    const result = await patiently(ask, onProgress)
    if (!result.ok) return result.problem
    for (const [index, row] of chunk.entries()) {
      const said = result.value.results[index]
      if (said) row.verdict = verdict(said, added, uncertain.has(row))
    }
    onProgress(null)
  }
  return null
}

function verdict(said: ImportResult, added: 'new' | 'added', isUncertain: boolean): Verdict {
  switch (said.outcome) {
    case 'added':
      return { kind: added }
    case 'exists':
      return isUncertain ? { kind: 'added' } : { kind: 'exists', name: said.name }
    case 'invalid':
      return { kind: 'invalid', errors: said.errors }
  }
}
