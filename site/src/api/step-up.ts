/**
 * Step-up: the API refuses what the user may do until they sign in again, in the manner of
 * RFC 9470.
 */
import { perPage } from '../lib/per-page.ts'
import type { Result, StepUp } from './problem.ts'

/** Asks for another sign-in; resolves when the user decides against it. */
type Ask = (needed: StepUp) => Promise<void>

const page = perPage<{ ask?: Ask }>(() => ({}))

/** Sets what offers another sign-in on this page. */
export function onStepUp(ask: Ask): void {
  page().ask = ask
}

/**
 * Offers another sign-in if the result of an act asks for one, before the caller sees the result.
 *
 * Every act passes here, so that no form or dialog has to know about it.
 */
export async function offerStepUp<T>(result: Result<T>): Promise<Result<T>> {
  if (!result.ok && result.problem.kind === 'step-up-required') await page().ask?.(result.problem)
  return result
}
