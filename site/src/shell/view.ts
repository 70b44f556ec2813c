/**
 * The part of a page that its script fills: loading, content, problems, and where the focus goes.
 */
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

/** The parts of the page that its template always has, as they are when the first is asked for. */
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
    /** The shape of the content to come, as the page's template drew it. */
    skeleton: view.firstElementChild?.cloneNode(true),
    isFilled: false,
  }
})

/** Fills the page. */
export function renderPage(content: TemplateResult): void {
  const { view } = parts()
  view.removeAttribute('aria-busy')
  fill(content)
}

/** Names the page, in its heading and on the tab. */
export function setTitle(name: string, context?: string): void {
  const { heading, siteName } = parts()
  heading.textContent = name
  document.title = [name, context, siteName].filter(Boolean).join(' – ')
}

/** Says on the tab that the form has errors, which a screen reader reads out first. */
export function showErrorCountInTitle(name: string, context?: string): void {
  setTitle(name, context)
  document.title = text.withErrors(document.title)
}

/** Moves the focus to the heading: for when what somebody did has replaced the page's content. */
export function focusHeading(): void {
  const { heading } = parts()
  heading.tabIndex = -1
  heading.focus()
}

/** Says that something was done: shown above the page's content and read out. */
export function showSuccess(what: string): void {
  const { status, alert } = parts()
  render(nothing, alert)
  render(html`<p class="notice good">${what}</p>`, status)
}

/** Says that something was not done, and why; the focus goes there, so that nobody misses it. */
export function showProblem(problem: Problem, retry?: () => void): void {
  const { status, alert } = parts()
  render(nothing, status)
  render(problemNotice(problem, retry), alert)
  alert.tabIndex = -1
  alert.focus()
}

/** Clears what `showSuccess` or `showProblem` said last. */
export function clearMessage(): void {
  const { status, alert } = parts()
  render(nothing, status)
  render(nothing, alert)
}

/**
 * Returns the answer to `request`.
 *
 * Until then the page shows that it is loading, or the problem with a way on; when that is to try
 * again and it succeeds, the caller goes on as if nothing had happened.
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
 * Returns who is signed in; when nobody is, the page offers to sign in and the caller waits for
 * ever.
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
 * Returns the parameter of the page's address; without it the page says so and the caller waits for
 * ever.
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

/** Returns both answers, or the first problem. */
export async function both<A, B>(
  first: Promise<Result<A>>,
  second: Promise<Result<B>>,
): Promise<Result<[A, B]>> {
  const [a, b] = await Promise.all([first, second])
  if (!a.ok) return a
  if (!b.ok) return b
  return { ok: true, value: [a.value, b.value] }
}

/** Shows that the page is waiting for its first content. */
export function showLoading(): void {
  const { view, skeleton } = parts()
  view.setAttribute('aria-busy', 'true')
  fill(html`${skeleton?.cloneNode(true)}`)
}

/** Draws into the view; what the page came with goes first, since lit-html would draw behind it. */
function fill(content: TemplateResult): void {
  const page = parts()
  const { view, isFilled } = page
  if (!isFilled) view.replaceChildren()
  page.isFilled = true
  render(content, view)
}

/**
 * Says that the page is at fault: instead of what is loading, or above what is there, since that
 * may hold what was typed.
 */
function showUnexpectedError(): void {
  const { view } = parts()
  if (view.getAttribute('aria-busy') !== 'true') return showProblem(localProblem('fault'))
  const { heading: name, content } = problemPage(localProblem('fault'), () => location.reload())
  setTitle(name)
  renderPage(content)
}

/** Has errors that nobody expected shown to the person, too. */
export function watchErrors(): void {
  // What the page came with is kept before anything changes it.
  parts()
  addEventListener('error', showUnexpectedError)
  addEventListener('unhandledrejection', showUnexpectedError)
}
