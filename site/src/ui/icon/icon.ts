/** Icons: drawn once in the page's template, shown wherever a word alone is slow to find. */
import { html } from 'lit-html'

export type Icon =
  | 'account'
  | 'activity'
  | 'add'
  | 'arrow'
  | 'bad'
  | 'close'
  | 'down'
  | 'download'
  | 'edit'
  | 'globe'
  | 'good'
  | 'info'
  | 'mail'
  | 'people'
  | 'person'
  | 'phone'
  | 'plan'
  | 'print'
  | 'search'
  | 'sign-out'
  | 'sort'
  | 'switch'
  | 'trash'
  | 'undo'
  | 'up'
  | 'upload'
  | 'warn'

/** A picture beside words that say the same, so screen readers skip it. */
export const icon = (name: Icon) =>
  html`<svg class="icon" aria-hidden="true"><use href="#icon-${name}" /></svg>`
