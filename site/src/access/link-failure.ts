/** Explains why an invitation's link cannot be used, with a next step for each reason. */
import { html, nothing } from 'lit-html'
import * as text from '#language/linking.ts'
import { requestLinks } from '../api/client.ts'
import type { Kind, Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { mailboxLink, partnerWord } from '../lib/brand.ts'
import { clearMessage, focusHeading, renderPage, setTitle, showProblem } from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { lapseProblem } from '../ui/lapse-view.ts'
import { explain } from '../words/explain.ts'
import { dropToken } from './token.ts'

/** The person should still get in: offer a new link to the same address. */
const RENEWABLE: Kind[] = ['link-expired', 'link-superseded', 'link-used']

/** A different sign-in may be the right one. */
const OTHER_IDENTITY: Kind[] = ['link-wrong-identity', 'link-used', 'linking-limited']

/** This link can never work again. */
const FINAL: Kind[] = ['link-revoked', 'link-deleted']

/** Problems for a link that the server cannot parse. */
const UNREADABLE: Kind[] = ['malformed', 'invalid', 'not-found']

/** Explains why the link cannot be used; returns false when the problem is not about the link. */
export function showLinkFailure(token: string, problem: Problem, otherIdentity: string): boolean {
  if (problem.kind === 'plan-lapsed') {
    setTitle(explain(problem).title)
    renderPage(lapseProblem(problem))
    focusHeading()
    return true
  }
  if (UNREADABLE.includes(problem.kind)) {
    dropToken()
    showIncomplete()
    return true
  }
  if (!problem.kind.startsWith('link-') && problem.kind !== 'linking-limited') return false
  if (FINAL.includes(problem.kind)) dropToken()
  showReason(token, problem, otherIdentity)
  focusHeading()
  return true
}

function showReason(token: string, problem: Problem, otherIdentity: string): void {
  const { title: heading, text: explanation } = explain(problem)
  const isRenewable = RENEWABLE.includes(problem.kind)
  let isBusy = false
  draw()

  function draw(): void {
    setTitle(heading)
    renderPage(html`
      <div class="notice warn"><p>${explanation}</p></div>
      <div class="actions">
        ${isRenewable ? renewButton() : nothing}
        ${OTHER_IDENTITY.includes(problem.kind) ? otherIdentityLink() : nothing}
        <a class="button" href=${pageUrl('/accounts/', { first: '1' })}>${text.openPortal}</a>
      </div>
      ${isRenewable ? html`<p class="hint">${text.sameAddress}</p>` : nothing} ${whomToAsk()}
    `)
  }

  function renewButton() {
    return html`<button
      class="button primary"
      type="button"
      aria-disabled=${isBusy ? 'true' : 'false'}
      @click=${() => void requestNewLink()}
    >
      ${icon('mail')} ${text.mailNewLink}
    </button>`
  }

  function otherIdentityLink() {
    return html`<a class="button ${isRenewable ? '' : 'primary'}" href=${otherIdentity}>
      ${icon('switch')} ${text.anotherIdentity}
    </a>`
  }

  async function requestNewLink(): Promise<void> {
    if (isBusy) return
    clearMessage()
    isBusy = true
    draw()
    const result = await requestLinks({ token })
    isBusy = false
    if (!result.ok) {
      draw()
      return showProblem(result.problem, () => void requestNewLink())
    }
    dropToken()
    setTitle(text.thankYou)
    renderPage(html`
      <p class="notice good">${text.newLinkSent}</p>
      <p>${text.openNewest}</p>
      ${whomToAsk()}
    `)
    focusHeading()
  }
}

/** Explains that the page needs a link from an e-mail. */
export function showNoToken(): void {
  showExplanation(text.openFromMail, [text.openFromMailText, text.noInvitation])
}

/** Explains that the link was cut short. */
export function showIncomplete(): void {
  showExplanation(text.incomplete, [text.incompleteText])
}

function showExplanation(heading: string, paragraphs: string[]): void {
  setTitle(heading)
  renderPage(html`
    ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
    <p class="actions">
      <a class="button primary" href=${pageUrl('/link-profile/')}
        >${icon('mail')} ${text.linkMyProfile}</a
      >
    </p>
    ${whomToAsk()}
  `)
}

function whomToAsk() {
  const ask = html`<a href=${pageUrl('/ask-for-access/')}>${text.askForAccess}</a>`
  return html`<p class="hint">${text.stuck(partnerWord, ask, mailboxLink())}</p>`
}
