/** "This was not me": unlinks an identity that somebody else linked, and holds the profile. */
import { html } from 'lit-html'
import { disputeLink } from '../api.ts'
import { accessMailbox } from '../brand.ts'
import { explain } from '../explain.ts'
import type { Problem } from '../problem.ts'
import { dropToken, isWhole, onNewToken, takeToken } from '../token.ts'
import { fail, focusTitle, hush, paint, title } from '../view.ts'

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
  useless(
    'Open the link from your e-mail',
    'This page opens from the link in an e-mail that says that an identity was linked with a profile. The link may have been cut in two: copy the whole of it from the e-mail.',
  )
}

function draw(token: string): void {
  title('This was not me')
  paint(html`
    <p>
      An e-mail told you that an identity was linked with a profile, and it was neither you nor somebody you know of.
    </p>
    <h2>What happens if you go on</h2>
    <ul>
      <li>The identity is unlinked at once: whoever used it no longer has access.</li>
      <li>The profile is put on hold, which the account's administrators see in their list of people.</li>
      <li>An administrator can check the e-mail address, and send a new invitation.</li>
    </ul>
    <p>If it was you after all, close this page: nothing has been changed.</p>
    <div class="actions">
      <button
        class="button danger"
        type="button"
        aria-disabled=${isBusy ? 'true' : 'false'}
        @click=${() => void dispute(token)}
      >
        This was not me
      </button>
    </div>
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
  title('The identity is unlinked')
  paint(html`
    <p class="notice good" role="status">
      The profile ${professional.name} of ${account.name} is on hold.
    </p>
    <p>Tell an administrator of ${account.name}: they can check the e-mail address, and send a new invitation.</p>
    <p class="actions"><a class="button" href="/">Home page</a></p>
  `)
  focusTitle()
}

function refuse(token: string, problem: Problem): void {
  switch (problem.kind) {
    case 'dispute-expired':
    case 'link-deleted':
    case 'malformed':
    case 'invalid':
    case 'not-found': {
      dropToken()
      const { title: heading, text } = problem.kind === 'dispute-expired' ? explain(problem) : UNKNOWN
      useless(heading, text)
      return focusTitle()
    }
    default:
      draw(token)
      fail(problem, () => void dispute(token))
  }
}

const UNKNOWN = {
  title: 'There is nothing to undo',
  text: 'The link is not complete, or the profile is no longer linked or has been deleted.',
}

function useless(heading: string, text: string): void {
  title(heading)
  paint(html`
    <p>${text}</p>
    <p>
      If you still think that somebody has access who should not, tell an administrator of the account, or write to
      <a href="mailto:${accessMailbox}">${accessMailbox}</a>.
    </p>
    <p class="actions"><a class="button" href="/">Home page</a></p>
  `)
}
