/** A professional's profile: its data, the invitation, and deleting it. */
import { html, nothing } from 'lit-html'
import * as accounts from '#language/accounts.ts'
import * as text from '#language/people.ts'
import { isPartnerOrStaff } from '../api/acting-as.ts'
import { revokeInvitation, sendInvitation, showAccount, showProfessional } from '../api/client.ts'
import type { Professional } from '../api/contract.ts'
import type { Result } from '../api/problem.ts'
import { dropParameter, pageUrl, urlParameter } from '../lib/address.ts'
import { confirmDeletion, deletionOpener } from '../people/delete-dialog.ts'
import { facts } from '../people/professional-facts.ts'
import { rememberDeleted, rememberPerson } from '../people/recent.ts'
import { offersNewAddress } from '../people/undelivered.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import {
  both,
  clearMessage,
  focusHeading,
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
  showProblem,
  showSuccess,
} from '../shell/view.ts'
import { type Icon, icon } from '../ui/icon/icon.ts'
import { stateTag } from '../ui/tag/tag.ts'
import { stateWords } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const accountId = await requireParameter('account')
  const id = await requireParameter('professional')
  const [account, found] = await load(() =>
    both(showAccount(accountId), showProfessional(accountId, id)),
  )
  const list = pageUrl('/people/', { account: accountId })
  const edit = pageUrl('/people/edit/', { account: accountId, professional: id })
  let person: Professional = found
  let isBusy = false

  draw()
  showDone(urlParameter('done'))

  function draw(): void {
    const { allowed_actions: actions } = person.you
    setTitle(person.name, account.name)
    renderPage(html`
      ${accountBar(account, '')}
      <p class="tags">
        ${stateTag(person.state)} <span>${stateWords(person.state).meaning}</span>
        ${offersNewAddress(person) ? html`<a href="${edit}#email">${text.fixAddress}</a>` : nothing}
      </p>
      <div class="actions">
        ${
          actions.includes('update-professional')
            ? html`<a class="button" href=${edit}>${icon('edit')} ${text.edit}</a>`
            : nothing
        }
        ${
          actions.includes('send-invitation') && person.state !== 'ended'
            ? button('mail', text.sendInvite, send)
            : nothing
        }
        ${
          actions.includes('revoke-invitation') && isOpenInvitation(person)
            ? button('close', text.revokeInvite, revoke)
            : nothing
        }
        ${
          actions.includes('delete-professional')
            ? html`<button
                class="button danger"
                type="button"
                data-opens=${deletionOpener(person)}
                @click=${() => void confirmDelete()}
              >
                ${icon('trash')} ${text.deletePerson}
              </button>`
            : nothing
        }
      </div>
      ${
        person.state === 'linked' && actions.includes('send-invitation')
          ? html`<p class="hint">${text.linkedHint}</p>`
          : nothing
      }
      ${facts(person)}
      <p><a href=${list}>${text.backToList}</a></p>
    `)
  }

  function button(picture: Icon, label: string, act: () => Promise<void>) {
    return html`<button
      class="button"
      type="button"
      aria-disabled=${isBusy ? 'true' : nothing}
      @click=${() => void act()}
    >
      ${icon(picture)} ${label}
    </button>`
  }

  async function send(): Promise<void> {
    await change(
      () => sendInvitation(accountId, id),
      ({ email }) => text.inviteSent(email),
      send,
    )
  }

  async function revoke(): Promise<void> {
    await change(
      () => revokeInvitation(accountId, id),
      () => text.inviteRevoked,
      revoke,
    )
  }

  /** Sends one request at a time and shows its result, since a list may lag behind. */
  async function change(
    request: () => Promise<Result<Professional>>,
    done: (changed: Professional) => string,
    again: () => Promise<void>,
  ): Promise<void> {
    if (isBusy) return
    clearMessage()
    isBusy = true
    draw()
    const result = await request()
    isBusy = false
    if (result.ok) {
      person = result.value
      rememberPerson(person)
    }
    draw()
    if (result.ok) showSuccess(done(result.value))
    else showProblem(result.problem, () => void again())
  }

  /** Reports the result of the previous page. */
  function showDone(done: string | null): void {
    if (!done) return
    dropParameter('done')
    const { name, email } = person
    if (done === 'added') showSuccess(text.added(name))
    if (done === 'invited') showSuccess(text.addedAndInvited(name, email))
    if (done === 'saved')
      showSuccess(
        person.invitation?.state === 'revoked' && person.state === 'revoked'
          ? text.savedAndRevoked(email)
          : text.saved,
      )
    if (done === 'saved-and-sent') showSuccess(text.savedAndSent(email))
  }

  /**
   * Deletes the profile. The list offers to undo it; people who delete themselves cannot see the
   * list.
   */
  async function confirmDelete(): Promise<void> {
    const deleted = await confirmDeletion(account, person)
    if (!deleted) return
    const { handedOverTo } = deleted
    rememberDeleted(person)
    if (!person.you.self || isPartnerOrStaff(account)) return location.assign(list)
    clearMessage()
    setTitle(text.deletedTitle(person.name), account.name)
    renderPage(html`
      <p>
        ${text.deletedSelf(account.name)}
        ${handedOverTo ? text.tookOver(html`<bdi>${handedOverTo}</bdi>`) : nothing}
      </p>
      <p class="actions">
        <a class="button primary" href=${pageUrl('/accounts/')}>${accounts.yourAccounts}</a>
      </p>
    `)
    focusHeading()
  }
}

/** Checks whether there is an invitation that can still be accepted. */
function isOpenInvitation({ invitation }: Professional): boolean {
  return Boolean(
    invitation &&
      !['accepted', 'revoked', 'expired'].includes(invitation.state) &&
      Date.parse(invitation.expires_at) > Date.now(),
  )
}
