/** Toasts: messages in a corner that do not interrupt the page; screen readers announce them. */
import { html, render, type TemplateResult } from 'lit-html'
import * as text from '#language/page.ts'
import { perPage } from '../../lib/per-page.ts'
import { icon } from '../icon/icon.ts'

/** How long a toast without an action stays. */
const READING_MS = 8_000

export interface ToastAction {
  label: string
  run: () => void
  /** How long the action is offered, in milliseconds. */
  lasts: number
}

interface Toast {
  id: number
  words: string | TemplateResult
  action: ToastAction | null
}

const state = perPage<{ toasts: Toast[]; last: number }>(() => ({ toasts: [], last: 0 }))

/** Shows a toast. With an action it stays as long as the action is offered. */
export function toast(words: string | TemplateResult, action: ToastAction | null = null): void {
  const shown = state()
  shown.last += 1
  const id = shown.last
  shown.toasts = [...shown.toasts, { id, words, action }]
  draw()
  setTimeout(() => dismiss(id), action?.lasts ?? READING_MS)
}

function dismiss(id: number): void {
  // Keep the toast while someone is about to press its button.
  const element = document.querySelector(`[data-toast="${id}"]`)
  if (element?.matches(':hover, :focus-within')) return void setTimeout(() => dismiss(id), 1_000)
  close(id)
}

function close(id: number): void {
  const shown = state()
  shown.toasts = shown.toasts.filter((one) => one.id !== id)
  draw()
}

function take(id: number, action: ToastAction): void {
  close(id)
  action.run()
}

function draw(): void {
  const place = document.getElementById('toasts')
  if (!place) return
  render(
    state().toasts.map(
      ({ id, words, action }) => html`
        <div class="toast" data-toast=${id}>
          ${icon('good')}
          <p>${words}</p>
          ${
            action
              ? html`<button class="button" type="button" @click=${() => take(id, action)}>
                  ${action.label}
                </button>`
              : ''
          }
          <button
            class="button quiet"
            type="button"
            aria-label=${text.closeMessage}
            @click=${() => close(id)}
          >
            ${icon('close')}
          </button>
        </div>
      `,
    ),
    place,
  )
}
