/** A form in a dialog, as a promise of its result. */
import { html, nothing, type TemplateResult } from 'lit-html'
import type { Problem, Result } from '../../api/problem.ts'
import { problemNotice } from '../problem-notice.ts'
import { makeDialog } from './dialog.ts'

/** What a dialog shows, initially or after a problem. */
export interface DialogContent {
  heading: string | TemplateResult
  body: TemplateResult
  /** Label of the submit button; null when there is nothing to send. */
  submit: string | null
  /** Whether the button deletes something. */
  isDangerous?: boolean
  /** Label of the button that closes the dialog. */
  cancel: string
  /** The body explains the problem itself, so no notice is shown. */
  explainsProblem?: boolean
}

export interface FormDialog<T> {
  /** The dialog's id; its heading's id adds `-title`. */
  id: string
  /** The `data-opens` of the button that opens it, with which a step-up comes back to it. */
  opener: string
  /** Called for each drawing; `redraw` draws again when the caller's own state has changed. */
  content: (problem: Problem | null, redraw: () => void) => DialogContent
  send: (form: HTMLFormElement) => Promise<Result<T>>
}

/**
 * Shows a form in a dialog; resolves to the result of `send`, or to null when cancelled.
 *
 * While sending, the dialog can neither be sent again nor closed. A problem is shown and announced,
 * and everything typed stays.
 */
export function formDialog<T>({
  id,
  opener,
  content,
  send,
}: FormDialog<T>): Promise<{ value: T } | null> {
  return new Promise((resolve) => {
    let problem: Problem | null = null
    let isBusy = false
    const dialog = makeDialog(
      id,
      () => isBusy,
      () => resolve(null),
    )

    function draw(): void {
      const shown = content(problem, draw)
      const { heading, body, submit } = shown
      const busy = isBusy ? 'true' : nothing
      const look = shown.isDangerous ? 'danger' : 'primary'
      dialog.show(
        html`
          <form class="stack" data-opener=${opener} @submit=${onSubmit}>
            <h2 id="${id}-title" tabindex="-1">${heading}</h2>
            ${body}
            ${
              problem && !shown.explainsProblem
                ? html`<div role="alert">${problemNotice(problem)}</div>`
                : nothing
            }
            <div class="actions">
              ${
                submit === null
                  ? nothing
                  : html`<button class="button ${look}" type="submit" aria-disabled=${busy}>
                      ${submit}
                    </button>`
              }
              <button class="button" type="button" aria-disabled=${busy} @click=${cancel}>
                ${shown.cancel}
              </button>
            </div>
          </form>
        `,
        problem?.kind ?? 'question',
      )
    }

    async function onSubmit(event: SubmitEvent): Promise<void> {
      event.preventDefault()
      if (isBusy) return
      const form = event.currentTarget as HTMLFormElement
      isBusy = true
      const answer = send(form)
      draw()
      const result = await answer
      isBusy = false
      if (result.ok) {
        // Resolve first: closing restores the focus before the caller moves it on.
        resolve(result)
        return dialog.close()
      }
      problem = result.problem
      draw()
    }

    function cancel(): void {
      if (!isBusy) dialog.close()
    }

    draw()
  })
}
