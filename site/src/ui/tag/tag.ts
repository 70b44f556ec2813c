/** Tags: short labels with a colour. */
import { html, nothing } from 'lit-html'
import * as text from '#language/accounts.ts'
import type { AccountSummary, Day, ProfessionalState } from '../../api/contract.ts'
import { planStatus, stateWords, type Tone } from '../../words/codes.ts'

/**
 * Draws the state of an account's plan on the account's date `today`. The plan of an account that
 * waits for confirmation has no state yet.
 */
export function planTag(
  { plan, confirmation }: Pick<AccountSummary, 'plan' | 'confirmation'>,
  today?: Day,
) {
  if (!plan) return nothing
  if (confirmation === 'waiting') return tag(plan.name, 'plain')
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
