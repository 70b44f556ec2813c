/** The progress of a preview or an import, and the problem that stopped it. */
import { html, nothing } from 'lit-html'
import { goOn, retryIn as waiting } from '#language/people.ts'
import type { Problem } from '../api/problem.ts'
import { problemNotice } from '../ui/problem-notice.ts'

interface Working {
  heading: string
  /** The number of rows to process, and of those that are done. */
  all: number
  done: number
  /** The progress in words. */
  progressText: string
  /** Seconds until the next attempt, if the server is busy. */
  waitsFor: number | null
  /** Why the server did not process the remaining rows. */
  problem: Problem | null
  again: () => void
  /** Content beside the continue button, and below it. */
  beside: unknown
  below: unknown
}

export function workingView({
  heading,
  all,
  done,
  progressText,
  waitsFor,
  problem,
  again,
  beside,
  below,
}: Working) {
  return html`
    <section class="card">
      <h2 id="step" tabindex="-1">${heading}</h2>
      <progress max=${all} value=${done} aria-labelledby="step"></progress>
      <p>${waitsFor ? waiting(waitsFor) : progressText}</p>
      ${
        problem
          ? html`
              <div role="alert">${problemNotice(problem)}</div>
              <div class="actions">
                <button class="button primary" type="button" id="go-on" @click=${again}>
                  ${goOn}
                </button>
                ${beside}
              </div>
              ${below}
            `
          : nothing
      }
    </section>
  `
}
