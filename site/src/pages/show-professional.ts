/** A professional's profile: all that is known, the invitation, and deleting. */
import { html, nothing } from 'lit-html'
import * as text from '#language/people.ts'
import { revokeInvitation, sendInvitation, showAccount, showProfessional } from '../api/client.ts'
import { dropParameter, page, parameter } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar.ts'
import { openDeleteDialog } from '../people/delete-dialog.ts'
import type { Professional } from '../api/contract.ts'
import { isFromOutside } from '../api/acting-as.ts'
import { type Icon, icon } from '../ui/icon.ts'
import { facts } from '../people/professional-facts.ts'
import type { Result } from '../api/problem.ts'
import { rememberDeleted, rememberPerson } from '../people/recent.ts'
import { offersNewAddress } from '../people/undelivered.ts'
import {
  both,
  fail,
  focusTitle,
  hush,
  load,
  paint,
  required,
  signedIn,
  succeed,
  title,
} from '../shell/view.ts'
import { professionalState } from '../words/codes.ts'
import { stateTag } from '../ui/tag.ts'

await signedIn()
const accountId = await required('account')
const id = await required('professional')
const [account, found] = await load(() =>
  both(showAccount(accountId), showProfessional(accountId, id)),
)
const list = page('/people/', { account: accountId })
const edit = page('/people/edit/', { account: accountId, professional: id })
let person: Professional = found
let isBusy = false

draw()
greet(parameter('done'))

function draw(): void {
  const { may } = person.you
  title(person.name, account.name)
  paint(html`
    ${accountBar(account, '')}
    <p class="tags">
      ${stateTag(person.state)} <span>${professionalState(person.state).meaning}</span>
      ${offersNewAddress(person) ? html`<a href="${edit}#email">${text.mendAddress}</a>` : nothing}
    </p>
    <div class="actions">
      ${
        may.includes('update-professional')
          ? html`<a class="button" href=${edit}>${icon('edit')} ${text.edit}</a>`
          : nothing
      }
      ${may.includes('send-invitation') && person.state !== 'ended' ? button('mail', text.sendInvite, send) : nothing}
      ${may.includes('revoke-invitation') && isOpenInvitation(person) ? button('close', text.revokeInvite, revoke) : nothing}
      ${
        may.includes('delete-professional')
          ? html`<button class="button danger" type="button" @click=${() => openDeleteDialog(account, person, onDeleted)}>
              ${icon('trash')} ${text.deletePerson}
            </button>`
          : nothing
      }
    </div>
    ${person.state === 'linked' && may.includes('send-invitation') ? html`<p class="hint">${text.linkedHint}</p>` : nothing}
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

/** Does one thing at a time, and shows what the server answered rather than what a list may say a moment later. */
async function change(
  ask: () => Promise<Result<Professional>>,
  done: (changed: Professional) => string,
  again: () => Promise<void>,
): Promise<void> {
  if (isBusy) return
  hush()
  isBusy = true
  draw()
  const result = await ask()
  isBusy = false
  if (result.ok) {
    person = result.value
    rememberPerson(person)
  }
  draw()
  if (result.ok) succeed(done(result.value))
  else fail(result.problem, () => void again())
}

/** Says what the page before this one did. */
function greet(done: string | null): void {
  if (!done) return
  dropParameter('done')
  const { name, email } = person
  if (done === 'added') succeed(text.added(name))
  if (done === 'invited') succeed(text.addedAndInvited(name, email))
  if (done === 'saved')
    succeed(
      person.invitation?.state === 'revoked' && person.state === 'revoked'
        ? text.savedAndVoid(email)
        : text.saved,
    )
  if (done === 'saved-and-sent') succeed(text.savedAndSent(email))
}

/** The list offers to undo it; who has deleted their own profile can no longer see the list. */
function onDeleted(handedOverTo: string | null): void {
  rememberDeleted(person)
  if (!person.you.self || isFromOutside(account)) return location.assign(list)
  hush()
  title(text.deletedTitle(person.name), account.name)
  paint(html`
    <p>${text.deletedSelf(account.name)} ${handedOverTo ? text.tookOver(html`<bdi>${handedOverTo}</bdi>`) : nothing}</p>
    <p class="actions"><a class="button primary" href=${page('/accounts/')}>${text.ourAccounts}</a></p>
  `)
  focusTitle()
}

/** Whether there is an invitation that somebody could still follow. */
function isOpenInvitation({ invitation }: Professional): boolean {
  return Boolean(
    invitation &&
      !['accepted', 'revoked', 'expired'].includes(invitation.state) &&
      Date.parse(invitation.expires_at) > Date.now(),
  )
}
