/** "This was not me": unlinks an identity that somebody else linked, and holds the profile. */
import { html } from 'lit-html'
import * as text from '#language/linking.ts'
import { page } from '../lib/address.ts'
import { disputeLink } from '../api/client.ts'
import { mailboxLink } from '../lib/brand.ts'
import { explain } from '../words/explain.ts'
import type { Problem } from '../api/problem.ts'
import { dropToken, isWhole, onNewToken, takeToken } from '../access/token.ts'
import { fail, focusTitle, hush, paint, title } from '../shell/view.ts'

/** Account, professional and secret. */
const TOKEN_PARTS = 3

let isBusy = false

onNewToken(start)
start()

function start(): void {
  hush()
  const token = takeToken()
  if (token && isWhole(token, TOKEN_PARTS)) return draw(token)
  dropToken()
  useless(text.openFromMail, text.notMeNoLink)
}

function draw(token: string): void {
  title(text.notMe)
  paint(html`
    <p class="lead">${text.notMeText}</p>
    <section class="card">
      <h2>${text.notMeWhat}</h2>
      <ul>
        <li>${text.notMeUnlinked}</li>
        <li>${text.notMeHeld}</li>
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
  hush()
  isBusy = true
  draw(token)
  const result = await disputeLink(token)
  isBusy = false
  if (!result.ok) return refuse(token, result.problem)
  dropToken()
  const { account, professional } = result.value
  title(text.unlinked)
  paint(html`
    <p class="notice good" role="status">${text.onHold(professional.name, account.name)}</p>
    <p>${text.tellAdministrator(account.name)}</p>
    <p class="actions"><a class="button" href=${page('/')}>${text.homePage}</a></p>
  `)
  focusTitle()
}

function refuse(token: string, problem: Problem): void {
  switch (problem.kind) {
    case 'dispute-expired': {
      dropToken()
      const { title: heading, text: explanation } = explain(problem)
      useless(heading, explanation)
      return focusTitle()
    }
    case 'link-deleted':
    case 'malformed':
    case 'invalid':
    case 'not-found':
      dropToken()
      useless(text.nothingToUndo, text.nothingToUndoText)
      return focusTitle()
    default:
      draw(token)
      fail(problem, () => void dispute(token))
  }
}

function useless(heading: string, explanation: string): void {
  title(heading)
  paint(html`
    <p>${explanation}</p>
    <p>${text.stillWorried(mailboxLink())}</p>
    <p class="actions"><a class="button" href=${page('/')}>${text.homePage}</a></p>
  `)
}
