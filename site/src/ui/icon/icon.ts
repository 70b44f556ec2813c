/** Icons, defined once in the page's template. */
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

/** Draws an icon. Screen readers skip it, since the words beside it say the same. */
export const icon = (name: Icon) =>
  html`<svg class="icon" aria-hidden="true"><use href="#icon-${name}" /></svg>`
