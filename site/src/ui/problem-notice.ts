/** Draws problems, each with an explanation and a next step. */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as words from '#language/problems.ts'
import { isTemporary, LOCAL_KINDS, type Problem, type StepUp } from '../api/problem.ts'
import { currentUrl, pageUrl, signInUrl, urlParameter } from '../lib/address.ts'
import { mailboxLink } from '../lib/brand.ts'
import { explain } from '../words/explain.ts'
import { lapseProblem } from './lapse-view.ts'
import { askForStepUp } from './step-up/step-up-dialog.ts'

/** A page's replacement: heading and content. */
export interface Replacement {
  heading: string
  content: TemplateResult
}

/** Draws a problem instead of the page's content. */
export function problemPage(problem: Problem, retry: () => void): Replacement {
  if (problem.kind === 'not-signed-in') return signInOffer(currentUrl())
  const { title, text } = explain(problem)
  if (problem.kind === 'plan-lapsed') return { heading: title, content: lapseProblem(problem) }
  return {
    heading: title,
    content: html`
      <p>${text}</p>
      <p class="actions">
        ${pageStep(problem, retry)}
        ${explanationLink(problem)}
      </p>
      <p>${words.stuck(mailboxLink())}</p>
    `,
  }
}

function pageStep(problem: Problem, retry: () => void) {
  if (problem.kind === 'step-up-required') return stepUpButton(problem, 'primary')
  if (isTemporary(problem) || problem.kind === 'page-error')
    return html`<button class="button primary" type="button" @click=${retry}>
      ${words.tryAgain}
    </button>`
  return html`<a class="button primary" href=${pageUrl('/accounts/')}>${words.chooseAccount}</a>`
}

function stepUpButton(needed: StepUp, look = '') {
  return html`<button
    class="button ${look}"
    type="button"
    @click=${() => void askForStepUp(needed)}
  >
    ${words.signInAgain}
  </button>`
}

/** Draws a problem above the page's content, after an action. */
export function problemNotice(problem: Problem, retry?: () => void): TemplateResult {
  const { title, text } = explain(problem)
  return html`
    <div class="notice bad">
      <p><strong>${title}</strong></p>
      <p>${text}</p>
      <p class="actions">${nextStep(problem, retry)} ${explanationLink(problem)}</p>
    </div>
  `
}

/** Draws an offer to sign in and return to `returnTo`. */
export function signInOffer(returnTo: string): Replacement {
  return {
    heading: words.signInTitle,
    content: html`
      <p>${words.signInText}</p>
      <p class="actions">
        <a class="button primary" href=${signInUrl(returnTo)}>${words.signIn}</a>
      </p>
    `,
  }
}

function nextStep(problem: Problem, retry?: () => void) {
  switch (problem.kind) {
    case 'not-signed-in':
      // A new tab, so that nothing typed on this page is lost.
      return html`
        <a class="button" href=${signInUrl(currentUrl())} target="_blank">${words.signInNewTab}</a>
        <span>${words.signInThenReturn}</span>
      `
    case 'step-up-required':
      return stepUpButton(problem)
    case 'changed':
    case 'timeout':
    case 'page-error':
    case 'other-identity':
      return html`<button class="button" type="button" @click=${() => location.reload()}>
        ${words.reload}
      </button>`
    case 'forbidden':
      return html`<span>${words.stuck(mailboxLink())}</span>`
    case 'plan-lapsed':
      return html`<a
        class="button"
        href=${pageUrl('/plan-lapsed/', { account: urlParameter('account') })}
        >${words.whoToContact}</a
      >`
    default:
      return retry && isTemporary(problem)
        ? html`<button class="button" type="button" @click=${retry}>${words.tryAgain}</button>`
        : nothing
  }
}

function explanationLink(problem: Problem) {
  if (LOCAL_KINDS.some((kind) => kind === problem.kind)) return nothing
  return html`<a href=${pageUrl(`/problems/${problem.kind}/`)}>${words.meaning}</a>`
}
