/** A professional's profile: all that is known, the invitation, and deleting. */
import { html, nothing } from 'lit-html'
import { revokeInvitation, sendInvitation, showAccount, showProfessional } from '../api.ts'
import { dropParameter, page, parameter } from '../address.ts'
import { accountBar, stateTag } from '../account-view.ts'
import { deleteDialog, openDeleteDialog } from '../delete-dialog.ts'
import type { Professional } from '../contract.ts'
import { facts } from '../professional-facts.ts'
import type { Result } from '../problem.ts'
import { both, fail, focusTitle, hush, load, paint, required, signedIn, succeed, title } from '../view.ts'
import { professionalState } from '../words.ts'

await signedIn()
const accountId = await required('account')
const id = await required('professional')
const [account, found] = await load(() => both(showAccount(accountId), showProfessional(accountId, id)))
let person: Professional = found
let isBusy = false

draw()
greet(parameter('done'))

function draw(): void {
  const { may } = person.you
  title(person.name, account.name)
  paint(html`
    ${accountBar(account, '')}
    <p class="tags">${stateTag(person.state)} <span>${professionalState(person.state).meaning}</span></p>
    <div class="actions">
      ${
        may.includes('update-professional')
          ? html`<a class="button" href=${page('/people/edit/', { account: accountId, professional: id })}>Edit</a>`
          : nothing
      }
      ${may.includes('send-invitation') && person.state !== 'ended' ? button('Send invite e-mail', send) : nothing}
      ${may.includes('revoke-invitation') && isOpenInvitation(person) ? button('Revoke invitation', revoke) : nothing}
      ${
        may.includes('delete-professional')
          ? html`<button class="button danger" type="button" @click=${() => openDeleteDialog(person, onDeleted)}>
              Delete
            </button>`
          : nothing
      }
    </div>
    ${
      person.state === 'linked' && may.includes('send-invitation')
        ? html`<p class="hint">
            This profile is linked. Send an invite e-mail only when the person wants to switch to another identity; the
            present one works until then.
          </p>`
        : nothing
    }
    ${facts(person)} ${may.includes('delete-professional') ? deleteDialog : nothing}
    <p><a href=${page('/people/', { account: accountId })}>Back to Our accounts</a></p>
  `)
}

function button(label: string, act: () => Promise<void>) {
  return html`<button
    class="button"
    type="button"
    aria-disabled=${isBusy ? 'true' : 'false'}
    @click=${() => void act()}
  >
    ${label}
  </button>`
}

async function send(): Promise<void> {
  await change(
    () => sendInvitation(accountId, id),
    (changed) => `The invite e-mail to ${changed.email} is on its way. An older link no longer works.`,
    send,
  )
}

async function revoke(): Promise<void> {
  await change(
    () => revokeInvitation(accountId, id),
    () => 'The invitation is revoked: its link no longer works.',
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
  if (result.ok) person = result.value
  draw()
  if (result.ok) succeed(done(result.value))
  else fail(result.problem, () => void again())
}

/** Says what the page before this one did. */
function greet(done: string | null): void {
  if (!done) return
  dropParameter('done')
  if (done === 'added')
    succeed(`${person.name} was added. No invitation has been sent: press Send invite e-mail when you are ready.`)
  if (done === 'invited') succeed(`${person.name} was added. The invite e-mail to ${person.email} is on its way.`)
  if (done === 'saved') succeed('The changes are saved.')
  if (done === 'saved-and-sent') succeed(`The changes are saved. The invite e-mail to ${person.email} is on its way.`)
}

function onDeleted(handedOverTo: string | null): void {
  hush()
  title(`${person.name} was deleted`, account.name)
  paint(html`
    <p>
      ${person.name} no longer has access to ${account.name}.
      ${handedOverTo ? `${handedOverTo} has taken over the roles.` : nothing} The account's activity list keeps who did
      it and when.
    </p>
    ${
      person.you.self
        ? html`<p>That was your own profile: the identity you are signed in with no longer opens this account.</p>`
        : nothing
    }
    <p class="actions">
      <a class="button primary" href=${person.you.self ? '/accounts/' : page('/people/', { account: accountId })}
        >Our accounts</a
      >
    </p>
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
