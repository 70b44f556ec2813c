/** Who is signed in, asked once for each page. */
import { perPage } from '../lib/per-page.ts'
import { showSession } from './client.ts'
import type { Session } from './contract.ts'
import type { Result } from './problem.ts'

const state = perPage<{ answer?: Promise<Result<Session | null>> }>(() => ({}))

/**
 * Returns who is signed in.
 *
 * Asks again only after a failure, so that the header and the page share one request.
 */
export function session(): Promise<Result<Session | null>> {
  const known = state()
  known.answer ??= showSession().then((result) => {
    if (!result.ok) delete known.answer
    return result
  })
  return known.answer
}

/**
 * Reloads a page that comes back from the browser's memory.
 *
 * It may show what belongs to somebody who has signed out since.
 */
export function reloadRestoredPages(): void {
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
}
