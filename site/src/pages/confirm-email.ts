/** Confirm your new address: makes the address that the link was mailed to the one on record. */
import { html, nothing } from 'lit-html'
import * as text from '#language/linking.ts'
import { dropToken, onProfileLink, readToken } from '../access/token.ts'
import { confirmEmail } from '../api/client.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl, signInUrl } from '../lib/address.ts'
import {
  clearMessage,
  focusHeading,
  renderPage,
  requireSession,
  setTitle,
  showProblem,
} from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { identityLabel } from '../ui/identity-label.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  // Keeps the link's secret before the page offers to sign in.
  readToken()
  const { identity } = await requireSession()
  let isBusy = false

  onProfileLink(draw, () => showExplanation(text.openFromMail, text.confirmNoLink))

  function draw(token: string): void {
    setTitle(text.confirmEmail)
    renderPage(html`
      <section class="card">
        <p>${text.signedInAs(identityLabel(identity))}</p>
        <p>${text.confirmEmailText}</p>
        <div class="actions">
          <button
            class="button primary"
            type="button"
            aria-disabled=${isBusy ? 'true' : 'false'}
            @click=${() => void confirm(token)}
          >
            ${text.confirmAddress}
          </button>
          ${otherIdentity()}
        </div>
      </section>
    `)
  }

  async function confirm(token: string): Promise<void> {
    if (isBusy) return
    clearMessage()
    isBusy = true
    draw(token)
    const result = await confirmEmail(token)
    isBusy = false
    if (!result.ok) return showFailure(token, result.problem)
    dropToken()
    const { account, email } = result.value
    setTitle(text.addressConfirmed)
    renderPage(html`
      <p class="notice good" role="status">${text.nowOnRecord(email, account.name)}</p>
      <p class="actions">
        <a class="button primary" href=${pageUrl('/profile/', { account: account.account })}
          >${text.toMyProfile}</a
        >
      </p>
    `)
    focusHeading()
  }

  function showFailure(token: string, problem: Problem): void {
    switch (problem.kind) {
      case 'link-superseded':
      case 'link-expired':
      case 'invalid':
        dropToken()
        showExplanation(text.confirmOver, text.confirmOverText)
        return focusHeading()
      case 'not-found':
      case 'forbidden':
        showExplanation(text.confirmEmail, text.confirmOther, true)
        return focusHeading()
      default:
        draw(token)
        showProblem(problem, () => void confirm(token))
    }
  }
}

function showExplanation(heading: string, explanation: string, isOther = false): void {
  setTitle(heading)
  renderPage(html`
    <p>${explanation}</p>
    <p class="actions">
      ${isOther ? otherIdentity() : nothing}
      <a class="button" href=${pageUrl('/profile/')}>${text.toMyProfile}</a>
    </p>
  `)
}

function otherIdentity() {
  return html`<a class="button" href=${signInUrl(pageUrl('/confirm-email/'), true)}
    >${icon('switch')} ${text.anotherIdentity}</a
  >`
}
