/** The field for the reason of a decision about an account. */
import { html, type TemplateResult } from 'lit-html'
import * as text from '#language/account-forms.ts'
import type { Field } from '../ui/form/form.ts'

/** The field, for error summaries. */
export const REASON: Field = { name: 'reason', label: text.reason, type: 'text' }

/** Draws the field `reason` with a hint. */
export function reasonField(hint: string): TemplateResult {
  return html`<div class="field">
    <label for="reason">${text.reason}</label>
    <span class="hint" id="reason-hint">${hint}</span>
    <input
      id="reason"
      name="reason"
      type="text"
      dir="auto"
      autocomplete="off"
      maxlength="500"
      aria-describedby="reason-hint"
    />
  </div>`
}
