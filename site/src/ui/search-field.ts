/** Fields that search or filter a list as the user types. */
import { html } from 'lit-html'
import { icon } from './icon/icon.ts'

/** Typing must pause this long before a request, in milliseconds. */
export const TYPING_PAUSE_MS = 200

/** Longer lists of choices get a filter. */
export const MAX_WITHOUT_FILTER = 8

export interface SearchField {
  id: string
  label: string
  value: string
  /** Called with the text whenever it changes, but not while a character is being composed. */
  onTyped?: (text: string) => void
}

/** Draws the field named `search` of a form that searches a list on the server. */
export function searchField({ id, label, value, onTyped }: SearchField) {
  const listener = (event: InputEvent | CompositionEvent) => {
    // Input methods compose several keys into a character; wait for it.
    if ('isComposing' in event && event.isComposing) return
    onTyped?.((event.currentTarget as HTMLInputElement).value)
  }
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <div class="search-box">
        ${icon('search')}
        <input
          id=${id}
          name="search"
          type="search"
          dir="auto"
          value=${value}
          autocomplete="off"
          spellcheck="false"
          maxlength="100"
          @input=${listener}
          @compositionend=${listener}
        />
      </div>
    </div>
  `
}

/** Draws a field that filters choices on the page. Enter does not submit the form around it. */
export function filterField({ id, label, value, onTyped }: SearchField) {
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        type="search"
        autocomplete="off"
        .value=${value}
        @input=${(event: Event) => onTyped?.((event.target as HTMLInputElement).value)}
        @keydown=${keepForm}
      />
    </div>
  `
}

function keepForm(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault()
}
