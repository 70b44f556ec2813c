/** The dynamic part of a page: loading, content, problems and focus. */
import { html, nothing, render, type TemplateResult } from 'lit-html'
import * as text from '#language/page.ts'
import type { Session } from '../api/contract.ts'
import type { Problem, Result } from '../api/problem.ts'
import { localProblem } from '../api/problem.ts'
import { session } from '../api/session.ts'
import { currentUrl, pageUrl, urlParameter } from '../lib/address.ts'
import { requireElement } from '../lib/element.ts'
import { perPage } from '../lib/per-page.ts'
import { problemNotice, problemPage, signInOffer } from '../ui/problem-notice.ts'
import { clearAccountBar, emptyAccountBar } from './account-bar/account-bar.ts'

/** Elements that the template always contains, as of the first call. */
const parts = perPage(() => {
  const heading = requireElement('heading')
  const view = requireElement('view')
  return {
    heading,
    view,
    status: requireElement('status'),
    alert: requireElement('alert'),
    siteName: document.title.split(' – ').at(-1) ?? '',
    firstTitle: heading.textContent ?? '',
    /** The template's skeleton of the content. */
    skeleton: view.firstElementChild?.cloneNode(true),
    isFilled: false,
  }
})

/** Draws the page's content. */
export function renderPage(content: TemplateResult): void {
  const { view } = parts()
  view.removeAttribute('aria-busy')
  fill(content)
}

/** Sets the page's heading and tab title. */
export function setTitle(name: string, context?: string): void {
  const { heading, siteName } = parts()
  heading.textContent = name
  document.title = [name, context, siteName].filter(Boolean).join(' – ')
}

/** Announces form errors in the tab title, which screen readers read first. */
export function showErrorCountInTitle(name: string, context?: string): void {
  setTitle(name, context)
  document.title = text.withErrors(document.title)
}

/** Moves the focus to the heading, after an action has replaced the page's content. */
export function focusHeading(): void {
  const { heading } = parts()
  heading.tabIndex = -1
  heading.focus()
}

/** Shows a success message above the page's content; screen readers announce it. */
export function showSuccess(what: string): void {
  const { status, alert } = parts()
  render(nothing, alert)
  render(html`<p class="notice good">${what}</p>`, status)
}

/** Shows a problem above the page's content and moves the focus there. */
export function showProblem(problem: Problem, retry?: () => void): void {
  const { status, alert } = parts()
  render(nothing, status)
  render(problemNotice(problem, retry), alert)
  alert.tabIndex = -1
  alert.focus()
}

/** Clears the message of `showSuccess` or `showProblem`. */
export function clearMessage(): void {
  const { status, alert } = parts()
  render(nothing, status)
  render(nothing, alert)
}

/**
 * Loads what a page needs before its first content.
 *
 * Shows the skeleton meanwhile, and a problem with a next step on failure. After a successful retry
 * the caller continues as if nothing had happened.
 */
export async function load<T>(request: () => Promise<Result<T>>): Promise<T> {
  const { firstTitle } = parts()
  for (let first = true; ; first = false) {
    showLoading()
    const result = await request()
    if (!first) {
      setTitle(firstTitle)
      focusHeading()
    }
    if (result.ok) return result.value
    await new Promise<void>((retry) => {
      const { heading: name, content } = problemPage(result.problem, () => retry())
      if (result.problem.kind === 'not-signed-in') clearAccountBar()
      else emptyAccountBar()
      setTitle(name)
      renderPage(content)
    })
  }
}

/**
 * Returns the session. When nobody is signed in, the page offers to sign in and the promise never
 * resolves.
 */
export async function requireSession(): Promise<Session> {
  const current = await load(() => session())
  if (current) return current
  const { heading: name, content } = signInOffer(currentUrl())
  clearAccountBar()
  setTitle(name)
  renderPage(content)
  return new Promise<never>(() => {})
}

/**
 * Returns a parameter of the page's address. Without it, the page says so and the promise never
 * resolves.
 */
export async function requireParameter(name: 'account' | 'professional'): Promise<string> {
  const value = urlParameter(name)
  if (value) return value
  emptyAccountBar()
  setTitle(name === 'account' ? text.whichAccount : text.whichProfessional)
  renderPage(html`
    <p>${name === 'account' ? text.whichAccountText : text.whichProfessionalText}</p>
    <p>
      <a class="button primary" href=${pageUrl('/accounts/', { first: '1' })}
        >${text.chooseAccount}</a
      >
    </p>
  `)
  return new Promise<never>(() => {})
}

/** Returns both values, or the first problem. */
export async function both<A, B>(
  first: Promise<Result<A>>,
  second: Promise<Result<B>>,
): Promise<Result<[A, B]>> {
  const [a, b] = await Promise.all([first, second])
  if (!a.ok) return a
  if (!b.ok) return b
  return { ok: true, value: [a.value, b.value] }
}

/** Shows the skeleton until the first content is there. */
export function showLoading(): void {
  const { view, skeleton } = parts()
  view.setAttribute('aria-busy', 'true')
  fill(html`${skeleton?.cloneNode(true)}`)
}

/** Draws into the view. Removes the template's content first, since lit-html would append to it. */
function fill(content: TemplateResult): void {
  const page = parts()
  const { view, isFilled } = page
  if (!isFilled) view.replaceChildren()
  page.isFilled = true
  render(content, view)
}

/**
 * Reports an unexpected error: instead of the skeleton, or above the content, which may hold typed
 * input.
 */
function showUnexpectedError(): void {
  const { view } = parts()
  if (view.getAttribute('aria-busy') !== 'true') return showProblem(localProblem('page-error'))
  const { heading: name, content } = problemPage(localProblem('page-error'), () =>
    location.reload(),
  )
  setTitle(name)
  renderPage(content)
}

/** Shows uncaught errors to the user. */
export function watchErrors(): void {
  // Keep the template's state before anything changes it.
  parts()
  addEventListener('error', showUnexpectedError)
  addEventListener('unhandledrejection', showUnexpectedError)
}
