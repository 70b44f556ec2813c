/** The current session, loaded once per page. */
import { perPage } from '../lib/per-page.ts'
import { showSession } from './client.ts'
import type { Session } from './contract.ts'
import type { Result } from './problem.ts'

const state = perPage<{ answer?: Promise<Result<Session | null>> }>(() => ({}))

/**
 * Returns the current session.
 *
 * The header and the page share one request; only a failure is retried.
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
 * Reloads a page restored from the back/forward cache.
 *
 * It may show the data of someone who has signed out since.
 */
export function reloadRestoredPages(): void {
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
}
