/** Why an invitation's link does not link: each reason with its own heading, explanation and next step. */
import { html, nothing } from 'lit-html'
import { requestLinks } from './api.ts'
import { accessMailbox, partnerWord } from './brand.ts'
import { explain } from './explain.ts'
import { lapseProblem } from './lapse-view.ts'
import type { Kind, Problem } from './problem.ts'
import { dropToken } from './token.ts'
import { fail, focusTitle, hush, paint, title } from './view.ts'

/** In these cases the person still ought to get in, so a new link goes to the same address. */
const RENEWABLE: Kind[] = ['link-expired', 'link-superseded', 'link-used']

/** In these cases this link can never be of use again. */
const FINAL: Kind[] = ['link-revoked', 'link-deleted']

/** A server that cannot read the link at all says so with one of these. */
const UNREADABLE: Kind[] = ['malformed', 'invalid', 'not-found']

let isBusy = false

/** Shows why the link cannot be used; answers false if the problem is not about the link. */
export function cannotLink(token: string, problem: Problem, otherIdentity: string): boolean {
  if (problem.kind === 'plan-lapsed') {
    title(explain(problem).title)
    paint(lapseProblem(problem))
    focusTitle()
    return true
  }
  if (UNREADABLE.includes(problem.kind)) {
    dropToken()
    incomplete()
    return true
  }
  if (!problem.kind.startsWith('link-')) return false
  if (FINAL.includes(problem.kind)) dropToken()
  draw(token, problem, otherIdentity)
  focusTitle()
  return true
}

function draw(token: string, problem: Problem, otherIdentity: string): void {
  const { title: heading, text } = explain(problem)
  const { kind } = problem
  title(heading)
  paint(html`
    <p>${text}</p>
    <div class="actions">
      ${
        RENEWABLE.includes(kind)
          ? html`<button
              class="button primary"
              type="button"
              aria-disabled=${isBusy ? 'true' : 'false'}
              @click=${() => void mailFresh(token, problem, otherIdentity)}
            >
              Mail me a fresh link
            </button>`
          : nothing
      }
      ${
        kind === 'link-wrong-identity' || kind === 'link-used'
          ? html`<a class="button" href=${otherIdentity}>Use another identity</a>`
          : nothing
      }
      <a class="button" href="/accounts/?first=1">Open the portal</a>
    </div>
    ${RENEWABLE.includes(kind) ? html`<p class="hint">It goes to the same e-mail address as before.</p>` : nothing}
    ${whomToAsk()}
  `)
}

async function mailFresh(token: string, problem: Problem, otherIdentity: string): Promise<void> {
  if (isBusy) return
  hush()
  isBusy = true
  draw(token, problem, otherIdentity)
  const result = await requestLinks({ token })
  isBusy = false
  if (!result.ok) {
    draw(token, problem, otherIdentity)
    return fail(result.problem, () => void mailFresh(token, problem, otherIdentity))
  }
  dropToken()
  title('Thank you')
  paint(html`
    <p>If the profile is still there, a fresh link is on its way to the same e-mail address as before.</p>
    <p>Open the newest e-mail, and follow its link. If it does not come, look in the folder for unwanted mail.</p>
    ${whomToAsk()}
  `)
  focusTitle()
}

/** The page was opened without a link from a mail. */
export function noToken(): void {
  title('Open the link from your e-mail')
  paint(html`
    <p>This page links a profile with your identity. It opens from the link in an invitation e-mail.</p>
    <p>No invitation at hand? If somebody has added you, ask for a new e-mail by the address they used.</p>
    <p class="actions"><a class="button primary" href="/link-profile/">Link my profile</a></p>
    ${whomToAsk()}
  `)
}

/** The link is not what was mailed. */
export function incomplete(): void {
  title('This link is not complete')
  paint(html`
    <p>
      A mail program may have cut it in two. Copy the whole link from the e-mail into the address bar of your browser,
      or ask for a new e-mail.
    </p>
    <p class="actions"><a class="button primary" href="/link-profile/">Link my profile</a></p>
    ${whomToAsk()}
  `)
}

function whomToAsk() {
  return html`<p>
    Still stuck? Ask an administrator of your account; without one, your ${partnerWord}, or write to
    <a href="mailto:${accessMailbox}">${accessMailbox}</a>.
  </p>`
}
