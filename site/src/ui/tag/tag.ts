/** Tags: a word or two in a colour that says how good it is. */
import { html, nothing } from 'lit-html'
import * as text from '#language/accounts.ts'
import type { Day, Plan, ProfessionalState } from '../../api/contract.ts'
import { planStatus, stateWords, type Tone } from '../../words/codes.ts'

/** A plan's state on the account's day `today`, in a colour and in words. */
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
  // The space keeps tags side by side apart where they are read or copied as text.
  return html`<span class="tag ${tone}">${label}</span> `
}
