/** Retries requests of long tasks for as long as the server asks to wait. */
import { isTemporary, type Result } from './problem.ts'

/** Longest wait, in seconds. Beyond it the user decides whether to continue. */
const MAX_WAIT = 60
/** Attempts per request before the user is asked. */
const MAX_TRIES = 4
/** Wait per attempt, in seconds, when the server names none. */
const DEFAULT_WAIT = 2

/**
 * Sends a request, and again while the server is busy.
 *
 * Calls `onWait` with the seconds to wait, and with null afterwards. Does not wait for a lost
 * network connection.
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
