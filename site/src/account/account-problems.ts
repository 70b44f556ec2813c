/** Problems and refusals of the forms that create and edit an account. */
import { html, type TemplateResult } from 'lit-html'
import * as text from '#language/account-forms.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'

/** Draws a link to the account that has the number already, if that is the problem. */
export function explainExisting(problem: Problem, path: string): TemplateResult | null {
  if (problem.kind !== 'account-exists') return null
  return existsNotice(pageUrl(path, { account: problem.account }))
}

function existsNotice(href: string) {
  return html`
    <div class="notice bad" id="error-summary" tabindex="-1" role="alert">
      <p><strong>${text.exists}</strong></p>
      <p><a href=${href}>${text.openIt}</a></p>
    </div>
  `
}

/** Draws a refusal instead of the form. */
export function notAllowed(why: string, href: string, back: string) {
  return html`
    <p>${why}</p>
    <p class="actions"><a class="button primary" href=${href}>${back}</a></p>
  `
}
