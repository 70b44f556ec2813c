/** How far a trial or an import is, and what has stopped it. */
import { html, nothing } from 'lit-html'
import { goOn, retryIn as waiting } from '#language/people.ts'
import type { Problem } from '../api/problem.ts'
import { problemNotice } from '../ui/problem-notice.ts'

interface Working {
  heading: string
  /** How many rows it is about, and how many of them are done. */
  all: number
  done: number
  /** The same in words. */
  said: string
  /** For how many seconds a busy server is waited for. */
  waitsFor: number | null
  /** Why the server could not be asked about the rest. */
  problem: Problem | null
  again: () => void
  /** What stands beside the button that goes on, and below it. */
  beside: unknown
  below: unknown
}

export function workingView({
  heading,
  all,
  done,
  said,
  waitsFor,
  problem,
  again,
  beside,
  below,
}: Working) {
  return html`
    <section class="card">
      <h2 id="stage" tabindex="-1">${heading}</h2>
      <progress max=${all} value=${done} aria-labelledby="stage"></progress>
      <p>${waitsFor ? waiting(waitsFor) : said}</p>
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
