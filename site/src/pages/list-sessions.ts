/** My sessions: where the user is signed in, and the sign-ins on record. */
import { html, nothing } from 'lit-html'
import * as text from '#language/sessions.ts'
import { endSession, listSessions } from '../api/client.ts'
import type { OpenSession, SignInEvent } from '../api/contract.ts'
import {
  clearMessage,
  focusHeading,
  load,
  renderPage,
  requireSession,
  setTitle,
  showProblem,
  showSuccess,
} from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { tag } from '../ui/tag/tag.ts'
import { browserName } from '../words/browser.ts'
import { formatMoment } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  const { identity } = await requireSession()
  let { sessions, events, next } = await load(() => listSessions())
  let isBusy = false
  draw()

  function draw(): void {
    setTitle(text.title)
    renderPage(html`
      <p class="lead">${text.lead(identity.email ?? identity.name)}</p>
      ${list()}
      <div class="actions">
        <button
          class="button"
          type="button"
          id="end-others"
          aria-disabled=${isBusy || sessions.length < 2 ? 'true' : 'false'}
          @click=${() => void end('others')}
        >
          ${icon('close')} ${text.endOthers}
        </button>
      </div>
      <p class="hint">${text.endsUnused}</p>
      <p class="hint">${text.unknownSession}</p>
      <section aria-labelledby="events">
        <h2 id="events">${text.events}</h2>
        <p class="hint">${text.eventsLead}</p>
        ${record()} ${next ? more() : nothing}
      </section>
    `)
  }

  function list() {
    return html`
      <table class="list" aria-labelledby="heading">
        <thead>
          <tr>
            <th scope="col">${text.browser}</th>
            <th scope="col">${text.source}</th>
            <th scope="col">${text.signedInAt}</th>
            <th scope="col">${text.lastUsed}</th>
            <th scope="col">${text.endsAt}</th>
            <th scope="col"><span class="row-label">${text.end}</span></th>
          </tr>
        </thead>
        <tbody>
          ${sessions.map(row)}
        </tbody>
      </table>
    `
  }

  function row(session: OpenSession) {
    const { current, kept, browser, source, created_at, last_used_at, ends_at } = session
    const { several_factors } = session
    const name = browserName(browser)
    return html`
      <tr>
        <th scope="row">
          <span title=${browser}>${name}</span>
          ${current ? tag(text.current, 'good') : nothing}
          ${kept ? tag(text.kept, 'plain') : nothing}
          ${several_factors ? tag(text.severalFactors, 'plain') : nothing}
        </th>
        <td data-label=${text.source}><bdi>${source || '–'}</bdi></td>
        <td data-label=${text.signedInAt}><div>${moment(created_at)} ${proof(session)}</div></td>
        <td data-label=${text.lastUsed}>${moment(last_used_at)}</td>
        <td data-label=${text.endsAt}>${moment(ends_at)}</td>
        <td>
          ${
            current
              ? nothing
              : html`<div class="actions">
                  <button
                    class="button"
                    type="button"
                    aria-label=${text.endThis(name, formatMoment(created_at))}
                    aria-disabled=${isBusy ? 'true' : 'false'}
                    @click=${() => void end(session.session)}
                  >
                    ${text.end}
                  </button>
                </div>`
          }
        </td>
      </tr>
    `
  }

  function record() {
    return html`
      <table class="list" aria-labelledby="events">
        <thead>
          <tr>
            <th scope="col">${text.what}</th>
            <th scope="col">${text.when}</th>
            <th scope="col">${text.browser}</th>
            <th scope="col">${text.source}</th>
          </tr>
        </thead>
        <tbody>
          ${events.map(entry)}
        </tbody>
      </table>
    `
  }

  function more() {
    return html`
      <div class="actions">
        <button
          class="button"
          type="button"
          aria-disabled=${isBusy ? 'true' : 'false'}
          @click=${() => void showMore()}
        >
          ${text.more}
        </button>
      </div>
    `
  }

  async function showMore(): Promise<void> {
    if (isBusy) return
    clearMessage()
    isBusy = true
    draw()
    const result = await listSessions({ after: next })
    isBusy = false
    if (result.ok) {
      sessions = result.value.sessions
      events = [...events, ...result.value.events]
      next = result.value.next
    }
    draw()
    if (!result.ok) showProblem(result.problem, () => void showMore())
  }

  function entry({ at, event, browser, source }: SignInEvent) {
    return html`
      <tr>
        <th scope="row">${text.eventText(event)}</th>
        <td data-label=${text.when}>${moment(at)}</td>
        <td data-label=${text.browser}>
          <span title=${browser}>${browser ? browserName(browser) : '–'}</span>
        </td>
        <td data-label=${text.source}><bdi>${source || '–'}</bdi></td>
      </tr>
    `
  }

  async function end(session: string): Promise<void> {
    if (isBusy || (session === 'others' && sessions.length < 2)) return
    clearMessage()
    isBusy = true
    draw()
    const result = await endSession(session)
    isBusy = false
    // A session that is gone already is what the user wants.
    if (!result.ok && result.problem.kind !== 'not-found') {
      draw()
      return showProblem(result.problem, () => void end(session))
    }
    const listed = await listSessions()
    if (listed.ok) ({ sessions, events, next } = listed.value)
    else
      sessions = sessions.filter(
        (one) => one.current || (session !== 'others' && one.session !== session),
      )
    draw()
    focusHeading()
    showSuccess(session === 'others' ? text.othersEnded : text.ended)
  }
}

/** Draws when the person proved to the provider who they are, which can be long before. */
function proof({ authenticated_at, stated }: OpenSession) {
  return html`<br /><span class="hint"
      >${stated ? text.provedAt(moment(authenticated_at)) : text.provedUnstated}</span
    >`
}

const moment = (at: string) => html`<time datetime=${at}>${formatMoment(at)}</time>`
