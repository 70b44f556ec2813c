/** The toasts about a deletion: the offer to undo it, and that it was undone. */
import { html } from 'lit-html'
import * as text from '#language/people.ts'
import { toast } from '../ui/toast/toast.ts'

/** How long a deletion can be undone, in milliseconds. The server allows ten minutes. */
export const UNDO_MS = 9.5 * 60_000

/** Shows that the person `name` was deleted, and offers to undo it. */
export function offerUndo(name: string, undo: () => Promise<void>): void {
  toast(text.deletedToast(html`<bdi>${name}</bdi>`), {
    label: text.undo,
    run: () => void undo(),
    lasts: UNDO_MS,
  })
}

/** Shows that the deletion of the person `name` was undone. */
export function showUndone(name: string): void {
  toast(text.restoredToast(html`<bdi>${name}</bdi>`))
}
