/** People: everyone with access to an account. */
import { html, nothing } from 'lit-html'
import * as access from '#language/access.ts'
import * as text from '#language/people.ts'
import { listAccessRequests, restoreProfessional, showAccount } from '../api/client.ts'
import { isTemporary, type Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { openExport, openResend } from '../people/bulk.ts'
import { PeopleList } from '../people/people-list.ts'
import { forget, type RecentWrite, recent, rememberPerson } from '../people/recent.ts'
import { offerUndo, showUndone, UNDO_MS } from '../people/undo.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import {
  clearMessage,
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
} from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { problemNotice } from '../ui/problem-notice.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  let draw = () => {}
  /** Says how many people are asking for access; empty when nobody is. */
  let openRequests = ''
  let failure: { problem: Problem; of: RecentWrite } | null = null
  // Load the list and the account at the same time.
  const list = new PeopleList(id, () => draw())
  list.open()
  const account = await load(() => showAccount(id))
  const { allowed_actions: actions } = account.you

  draw = () => {
    setTitle(text.ourAccounts, account.name)
    renderPage(html`
      ${accountBar(account, '/people/')}
      <div class="head">
        <h2 id="people" tabindex="-1">${text.peopleWithAccess}</h2>
        ${actions.includes('invite') ? addButton() : nothing}
      </div>
      ${openRequests ? requestsNotice() : nothing}
      ${
        actions.includes('invite')
          ? html`<p class="hint">${text.removeAdvice} ${reviewLink()}</p>`
          : nothing
      }
      ${
        failure
          ? html`<div role="alert">${undoFailure(failure.problem, failure.of)}</div>`
          : nothing
      }
      ${list.render(account, bulk(), empty)}
    `)
  }
  draw()
  offerLastUndo()
  if (actions.includes('decide-access-request')) void countRequests()

  /** Counts open access requests. The list neither waits for it nor needs it. */
  async function countRequests(): Promise<void> {
    const result = await listAccessRequests(id, { limit: 20 })
    if (!result.ok) return
    const open = result.value.items.filter(({ state }) => state === 'open').length
    if (!open) return
    openRequests = access.waiting(
      open,
      open === result.value.items.length && result.value.next !== null,
    )
    draw()
  }

  function requestsNotice() {
    return html`<p class="notice">
      ${openRequests} <a href=${pageUrl('/access-requests/', { account: id })}>${access.review}</a>
    </p>`
  }

  function addButton() {
    return html`<a class="button primary" href=${pageUrl('/people/add/', { account: id })}
      >${icon('add')} ${text.addPerson}</a
    >`
  }

  /** Draws the actions on the whole list. */
  function bulk() {
    const mayInvite = actions.includes('invite')
    const mayExport = actions.includes('export-professionals')
    if (!mayInvite && !mayExport) return nothing
    return html`
      <div class="bulk">
        ${mayInvite ? importLink() : nothing}
        ${
          mayExport
            ? html`<button class="button quiet" type="button" @click=${() => openExport(account)}>
                ${icon('download')} ${text.exportPeople}
              </button>`
            : nothing
        }
        ${
          mayInvite
            ? html`<button
                class="button quiet"
                type="button"
                @click=${() => openResend(account, () => void list.refresh())}
              >
                ${icon('mail')} ${text.resendAll}
              </button>`
            : nothing
        }
      </div>
    `
  }

  function reviewLink() {
    return html`<a href=${pageUrl('/people/review/', { account: id })}>${text.reviewTitle}</a>`
  }

  function importLink() {
    return html`<a class="button quiet" href=${pageUrl('/people/import/', { account: id })}
      >${icon('upload')} ${text.importPeople}</a
    >`
  }

  function empty() {
    const mayInvite = actions.includes('invite')
    return html`
      <div class="empty">
        ${icon('people')}
        <p>${text.nobodyYet}</p>
        ${mayInvite ? html`<p class="hint">${text.firstPerson}</p>` : nothing}
      </div>
    `
  }

  /** Offers to undo a deletion on the previous page. */
  function offerLastUndo(): void {
    const deleted = recent(id)
      .filter(({ person }) => !person)
      .at(-1)
    if (!deleted || Date.now() - deleted.at > UNDO_MS) return
    offerUndo(deleted.name, () => undo(deleted))
  }

  async function undo(deleted: RecentWrite): Promise<void> {
    failure = null
    clearMessage()
    const result = await restoreProfessional(id, deleted.professional)
    if (result.ok) {
      rememberPerson(result.value)
      showUndone(deleted.name)
    } else {
      failure = { problem: result.problem, of: deleted }
    }
    draw()
    if (result.ok) void list.refresh()
  }

  function undoFailure(problem: Problem, deleted: RecentWrite) {
    const name = html`<bdi>${deleted.name}</bdi>`
    if (problem.kind === 'not-found') {
      forget(deleted.professional)
      return html`<div class="notice bad">
        <p>${text.undoTooLate(name)}</p>
        <p class="actions">${addButton()}</p>
      </div>`
    }
    if (problem.kind === 'duplicate-email') {
      const profile = pageUrl('/people/profile/', {
        account: id,
        professional: problem.professional,
      })
      return html`<div class="notice bad">
        <p>${text.undoTaken(name, html`<a href=${profile}><bdi>${problem.name}</bdi></a>`)}</p>
      </div>`
    }
    return problemNotice(problem, isTemporary(problem) ? () => void undo(deleted) : undefined)
  }
}
