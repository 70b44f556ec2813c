/**
 * How the forms that create and change an account say that it was not done, or that it is not for
 * the reader to do.
 */
import { html } from 'lit-html'
import * as text from '#language/account-forms.ts'
import type { Problem } from '../api/problem.ts'
import { showProblem } from '../shell/view.ts'
import { type FormErrors, focusErrors } from '../ui/form.ts'

/**
 * Shows why nothing was saved, and leaves everything typed where it is; `show` draws the form, with
 * the account that has the number already.
 */
export function showSaveProblem(
  problem: Problem,
  errors: FormErrors,
  show: (existing: string | null) => void,
): void {
  const existing = problem.kind === 'account-exists' ? problem.account : null
  if (problem.kind === 'invalid') errors.set(problem.errors)
  show(existing)
  if (errors.now.length || existing) focusErrors()
  else showProblem(problem)
}

/** Leads to the account that has the number already. */
export function existsNotice(href: string) {
  return html`
    <div class="notice bad" id="error-summary" tabindex="-1" role="alert">
      <p><strong>${text.exists}</strong></p>
      <p><a href=${href}>${text.openIt}</a></p>
    </div>
  `
}

/** Stands in place of the form. */
export function notAllowed(why: string, href: string, back: string) {
  return html`
    <p>${why}</p>
    <p class="actions"><a class="button primary" href=${href}>${back}</a></p>
  `
}
