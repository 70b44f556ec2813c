/**
 * "This was not me": unlinks an identity that someone else linked, and puts the profile on hold.
 */
import { html } from 'lit-html'
import * as text from '#language/linking.ts'
import { dropToken, onProfileLink } from '../access/token.ts'
import { disputeLink } from '../api/client.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { mailboxLink } from '../lib/brand.ts'
import { clearMessage, focusHeading, renderPage, setTitle, showProblem } from '../shell/view.ts'
import { explain } from '../words/explain.ts'

/** Starts the page. */
export function start(): void {
  let isBusy = false

  onProfileLink(draw, () => showExplanation(text.openFromMail, text.notMeNoLink))

  function draw(token: string): void {
    setTitle(text.notMe)
    renderPage(html`
      <p class="lead">${text.notMeText}</p>
      <section class="card">
        <h2>${text.notMeWhat}</h2>
        <ul>
          <li>${text.notMeUnlinked}</li>
          <li>${text.notMeOnHold}</li>
          <li>${text.notMeNext}</li>
        </ul>
        <div class="actions">
          <button
            class="button danger"
            type="button"
            aria-disabled=${isBusy ? 'true' : 'false'}
            @click=${() => void dispute(token)}
          >
            ${text.notMe}
          </button>
        </div>
        <p class="hint">${text.notMeAfterAll}</p>
      </section>
    `)
  }

  async function dispute(token: string): Promise<void> {
    if (isBusy) return
    clearMessage()
    isBusy = true
    draw(token)
    const result = await disputeLink(token)
    isBusy = false
    if (!result.ok) return showFailure(token, result.problem)
    dropToken()
    const { account, professional } = result.value
    setTitle(text.unlinked)
    renderPage(html`
      <p class="notice good" role="status">${text.onHold(professional.name, account.name)}</p>
      <p>${text.tellAdministrator(account.name)}</p>
      <p class="actions"><a class="button" href=${pageUrl('/')}>${text.homePage}</a></p>
    `)
    focusHeading()
  }

  function showFailure(token: string, problem: Problem): void {
    switch (problem.kind) {
      case 'dispute-expired': {
        dropToken()
        const { title: heading, text: explanation } = explain(problem)
        showExplanation(heading, explanation)
        return focusHeading()
      }
      case 'link-deleted':
      case 'malformed':
      case 'invalid':
      case 'not-found':
        dropToken()
        showExplanation(text.nothingToUndo, text.nothingToUndoText)
        return focusHeading()
      default:
        draw(token)
        showProblem(problem, () => void dispute(token))
    }
  }
}

function showExplanation(heading: string, explanation: string): void {
  setTitle(heading)
  renderPage(html`
    <p>${explanation}</p>
    <p>${text.stillWorried(mailboxLink())}</p>
    <p class="actions"><a class="button" href=${pageUrl('/')}>${text.homePage}</a></p>
  `)
}
