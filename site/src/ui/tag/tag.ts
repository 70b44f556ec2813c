/** Tags: short labels with a colour. */
import { html, nothing } from 'lit-html'
import * as text from '#language/accounts.ts'
import type { Day, Plan, ProfessionalState } from '../../api/contract.ts'
import { planStatus, stateWords, type Tone } from '../../words/codes.ts'

/** Draws a plan's state on the account's date `today`. */
export function planTag(plan: Plan | null, today?: Day) {
  if (!plan) return nothing
  const { label, tone } = planStatus(plan, today)
  return tag(text.planIs(plan.name, label), tone)
}

export function stateTag(state: ProfessionalState) {
  const { label, tone } = stateWords(state)
  return tag(label, tone)
}

export function tag(label: string, tone: Tone | 'acting') {
  // The space separates adjacent tags in copied text and for screen readers.
  return html`<span class="tag ${tone}">${label}</span> `
}
