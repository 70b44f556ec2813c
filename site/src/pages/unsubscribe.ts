/** Turn off these e-mails: what a person confirms who opens the List-Unsubscribe address of one. */
import { html } from 'lit-html'
import * as text from '#language/emails.ts'
import { openFromMail } from '#language/linking.ts'
import { dropToken, isWhole, onNewToken, readToken } from '../access/token.ts'
import { unsubscribe } from '../api/client.ts'
import { pageUrl } from '../lib/address.ts'
import { clearMessage, focusHeading, renderPage, setTitle, showProblem } from '../shell/view.ts'

/** The parts of the link's secret: e-mail, account, professional and secret. */
const TOKEN_PARTS = 4

/** Starts the page. */
export function start(): void {
  let isBusy = false
  onNewToken(open)
  open()

  function open(): void {
    clearMessage()
    const token = readToken()
    if (token && isWhole(token, TOKEN_PARTS)) return draw(token)
    dropToken()
    showExplanation(openFromMail, text.noLinkText)
  }

  function draw(token: string): void {
    setTitle(text.turnOff)
    renderPage(html`
      <section class="card">
        <p>${text.turnOffText}</p>
        <p class="hint">${text.always}</p>
        <div class="actions">
          <button
            class="button primary"
            type="button"
            aria-disabled=${isBusy ? 'true' : 'false'}
            @click=${() => void turnOff(token)}
          >
            ${text.turnOffConfirm}
          </button>
          ${choices()}
        </div>
      </section>
    `)
  }

  async function turnOff(token: string): Promise<void> {
    if (isBusy) return
    clearMessage()
    isBusy = true
    draw(token)
    const result = await unsubscribe(token)
    isBusy = false
    if (!result.ok) {
      draw(token)
      return showProblem(result.problem, () => void turnOff(token))
    }
    dropToken()
    setTitle(text.turnedOff)
    renderPage(html`
      <p class="notice good" role="status">${text.turnedOffText}</p>
      <p class="actions">${choices()}</p>
    `)
    focusHeading()
  }
}

function showExplanation(heading: string, explanation: string): void {
  setTitle(heading)
  renderPage(html`
    <p>${explanation}</p>
    <p class="actions">${choices()}</p>
  `)
}

function choices() {
  return html`<a class="button" href=${pageUrl('/profile/')}>${text.toChoices}</a>`
}
