/**
 * Long work in many small requests: waits where the server says to, and leaves the rest to the
 * person.
 */
import { isTemporary, type Result } from './problem.ts'

/** Somebody who watches should decide rather than wait for longer than this, in seconds. */
const MAX_WAIT = 60
/** How often one request is asked again before the person is. */
const MAX_TRIES = 4
/** How long to wait where the server did not say, in seconds. */
const DEFAULT_WAIT = 2

/**
 * Returns what `ask` gets, asking again while that may help.
 *
 * A server that is busy says when to come back; `onWait` hears for how many seconds, and null when
 * the waiting is over. A network that is gone is not waited for.
 */
export async function retryWhileBusy<T>(
  request: () => Promise<Result<T>>,
  onWait: (seconds: number | null) => void,
  sleep: (seconds: number) => Promise<void> = pause,
): Promise<Result<T>> {
  for (let tries = 1; ; tries += 1) {
    const result = await request()
    if (result.ok || tries === MAX_TRIES) return result
    const { problem } = result
    const seconds = problem.retryAfter ?? DEFAULT_WAIT * tries
    if (!isTemporary(problem) || problem.kind === 'offline' || seconds > MAX_WAIT) return result
    onWait(seconds)
    await sleep(seconds)
    onWait(null)
  }
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000))
}
