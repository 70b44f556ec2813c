/** How a problem is shown: what it means, and always a way on. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { currentPage, page, parameter, signInPage } from './address.ts'
import { accessMailbox } from './brand.ts'
import { explain } from './explain.ts'
import { lapseProblem } from './lapse-view.ts'
import { LOCAL_KINDS, type Problem, isPassing } from './problem.ts'

/** A page's new heading with its content. */
export interface Replacement {
  heading: string
  content: TemplateResult
}

/** The problem in place of the page's content. */
export function pageProblem(problem: Problem, retry: () => void): Replacement {
  if (problem.kind === 'not-signed-in') return signInOffer(currentPage())
  const { title, text } = explain(problem)
  if (problem.kind === 'plan-lapsed') return { heading: title, content: lapseProblem(problem) }
  return {
    heading: title,
    content: html`
      <p>${text}</p>
      <p class="actions">
        ${
          isPassing(problem) || problem.kind === 'fault'
            ? html`<button class="button primary" type="button" @click=${retry}>Try again</button>`
            : html`<a class="button primary" href="/accounts/">Choose another account</a>`
        }
        ${meaning(problem)}
      </p>
      <p>Still stuck? Write to <a href="mailto:${accessMailbox}">${accessMailbox}</a>.</p>
    `,
  }
}

/** The problem above the page's content, after something that somebody did. */
export function explainedProblem(problem: Problem, retry?: () => void): TemplateResult {
  const { title, text } = explain(problem)
  return html`
    <div class="notice bad">
      <p><strong>${title}.</strong></p>
      <p>${text}</p>
      <p class="actions">${wayOn(problem, retry)} ${meaning(problem)}</p>
    </div>
  `
}

/** An invitation to sign in and come back to `returnTo`. */
export function signInOffer(returnTo: string): Replacement {
  return {
    heading: 'Please sign in',
    content: html`
      <p>This page is for people who are signed in. You come back here afterwards.</p>
      <p class="actions"><a class="button primary" href=${signInPage(returnTo)}>Sign in to continue</a></p>
    `,
  }
}

function wayOn(problem: Problem, retry?: () => void) {
  switch (problem.kind) {
    case 'not-signed-in':
      // In a new tab, so that nothing typed on this page is lost.
      return html`
        <a class="button" href=${signInPage(currentPage())} target="_blank">Sign in in a new tab</a>
        <span>Then come back here and try again: what you typed is still here.</span>
      `
    case 'changed':
    case 'timeout':
    case 'fault':
      return html`<button class="button" type="button" @click=${() => location.reload()}>Reload</button>`
    case 'plan-lapsed':
      return html`<a class="button" href=${page('/plan-lapsed/', { account: parameter('account') })}>Whom to ask</a>`
    default:
      return retry && isPassing(problem)
        ? html`<button class="button" type="button" @click=${retry}>Try again</button>`
        : nothing
  }
}

function meaning(problem: Problem) {
  if (LOCAL_KINDS.some((kind) => kind === problem.kind)) return nothing
  return html`<a href="/problems/${problem.kind}/">What this means</a>`
}
