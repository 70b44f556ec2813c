/** Who is signed in, asked once for each page. */
import { showSession } from './client.ts'
import type { Session } from './contract.ts'
import type { Result } from './problem.ts'

let asked: Promise<Result<Session | null>> | undefined

/**
 * Answers who is signed in.
 *
 * Asks again only after a failure, so that the header and the page share one request.
 */
export function session(): Promise<Result<Session | null>> {
  asked ??= showSession().then((result) => {
    if (!result.ok) asked = undefined
    return result
  })
  return asked
}

// A page that comes back from the browser's memory may show what belongs to somebody who has signed
// out since.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})
