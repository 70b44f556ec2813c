/** My profile: the user's own profile in an account, and how to use a different sign-in. */
import { html, nothing } from 'lit-html'
import { saved as emailsSaved, nothingToSave as noEmailsToSave } from '#language/emails.ts'
import * as text from '#language/profile.ts'
import {
  listAccounts,
  sendInvitation,
  showAccount,
  showProfessional,
  updateProfessional,
} from '../api/client.ts'
import type { Account, AccountSummary, Role } from '../api/contract.ts'
import { pageUrl, urlParameter } from '../lib/address.ts'
import { EmailChoices } from '../people/email-choices.ts'
import { facts } from '../people/professional-facts.ts'
import { profileErrors, profileFields } from '../people/professional-form.ts'
import { changes, currentValue } from '../people/professional-input.ts'
import { accountBar, emptyAccountBar } from '../shell/account-bar/account-bar.ts'
import { type FormPage, formPage } from '../shell/form-page.ts'
import {
  clearMessage,
  load,
  renderPage,
  requireSession,
  showProblem,
  showSuccess,
} from '../shell/view.ts'
import { type Icon, icon } from '../ui/icon/icon.ts'
import { planTag } from '../ui/tag/tag.ts'
import { formatMoment, roleNames } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = urlParameter('account') ?? (await chooseAccount())
  const account = await load(() => showAccount(id))
  const own = account.you.professional
  if (!own) return drawGuest(account)
  let person = await load(() => showProfessional(account.account, own))
  let isEditing = false
  const fields = () => profileFields(true, person)

  const page: FormPage = formPage({
    title: () => [text.title, account.name],
    fields,
    content: (shown) => html`
      ${accountBar(account, '/profile/')} ${pendingEmail()} ${isEditing ? form(shown) : reading()}
      ${person.you.allowed_actions.includes('send-invitation') ? switchIdentity() : nothing}
      ${mayUpdate() ? emails.render() : nothing} ${sessions()}
    `,
    send({ values }) {
      const changed = changes(person, values)
      if (!Object.keys(changed).length) return null
      return updateProfessional(account.account, person.professional, changed)
    },
    done(changed) {
      person = changed ?? person
      stopEditing()
      if (!changed) return showSuccess(text.nothingToSave)
      const pending = changed.pending_email
      showSuccess(pending ? text.savedPending(pending.email) : text.saved)
    },
    errorsOf: profileErrors,
  })
  const emails = new EmailChoices({
    person: () => person,
    redraw: () => page.render(),
    done(changed) {
      person = changed ?? person
      page.render()
      showSuccess(changed ? emailsSaved : noEmailsToSave)
    },
  })
  page.render()
  // E-mails link to the choice of e-mails.
  if (location.hash) document.getElementById(location.hash.slice(1))?.focus()

  function mayUpdate(): boolean {
    return person.you.allowed_actions.includes('update-professional')
  }

  /** Says that the user's new address is not confirmed yet, and lets them send again or cancel. */
  function pendingEmail() {
    const pending = person.pending_email
    if (!pending) return nothing
    return html`
      <section class="notice warn" aria-labelledby="pending-title">
        <h2 id="pending-title" tabindex="-1">${text.pending}</h2>
        <p>${text.pendingText(pending.email, person.email, formatMoment(pending.expires_at))}</p>
        <div class="actions">
          ${pendingButton('mail', text.pendingResend, () => changeEmail(pending.email))}
          ${pendingButton('undo', text.pendingCancel(person.email), () =>
            changeEmail(person.email),
          )}
        </div>
      </section>
    `
  }

  function pendingButton(picture: Icon, label: string, press: () => Promise<void>) {
    return html`<button
      class="button"
      type="button"
      aria-disabled=${page.isBusy ? 'true' : 'false'}
      @click=${() => void press()}
    >
      ${icon(picture)} ${label}
    </button>`
  }

  /** Enters an address again: the pending one to send again, the one on record to cancel. */
  async function changeEmail(email: string): Promise<void> {
    const result = await page.run(() =>
      updateProfessional(account.account, person.professional, { email }),
    )
    if (!result) return
    if (result.ok) person = result.value
    page.render()
    if (!result.ok) return showProblem(result.problem, () => void changeEmail(email))
    if (!person.pending_email) document.getElementById('edit')?.focus()
    showSuccess(
      person.pending_email ? text.pendingSent(email) : text.pendingCancelled(person.email),
    )
  }

  function sessions() {
    return html`
      <section class="card" aria-labelledby="sessions-title">
        <h2 id="sessions-title">${text.sessions}</h2>
        <p>${text.sessionsText}</p>
        <p class="actions">
          <a class="button" href=${pageUrl('/sessions/')}
            >${icon('activity')} ${text.showSessions}</a
          >
        </p>
      </section>
    `
  }

  function reading() {
    return html`
      ${facts(person)}
      ${
        mayUpdate()
          ? html`<div class="actions">
              <button class="button" id="edit" type="button" @click=${edit}>
                ${icon('edit')} ${text.edit}
              </button>
            </div>`
          : nothing
      }
    `
  }

  function form(shown: FormPage) {
    return html`
      <section>
        <h2 id="edit-title" tabindex="-1">${text.edit}</h2>
        ${shown.form(html`
          ${fields().map((spec) => shown.field(spec, currentValue(person, spec.name)))}
          <div class="actions">
            ${shown.submit(text.save)}
            <button class="button" type="button" @click=${stopEditing}>${text.cancel}</button>
          </div>
        `)}
      </section>
    `
  }

  function edit(): void {
    clearMessage()
    isEditing = true
    page.render()
    document.getElementById('edit-title')?.focus()
  }

  /** Closes the form and returns the focus to the button that opened it. */
  function stopEditing(): void {
    page.reset()
    isEditing = false
    page.render()
    document.getElementById('edit')?.focus()
  }

  function switchIdentity() {
    return html`
      <section class="card" aria-labelledby="switch-title">
        <h2 id="switch-title">${text.switching}</h2>
        <p>${text.switchingText}</p>
        <ol class="steps">
          ${step(text.stepCheck, text.stepCheckText(person.pending_email?.email ?? person.email))}
          ${step(text.stepSend, text.stepSendText)} ${step(text.stepSignIn, text.stepSignInText)}
          ${step(text.stepLink, text.stepLinkText)}
        </ol>
        <div class="actions">
          <button
            class="button"
            type="button"
            aria-disabled=${page.isBusy ? 'true' : 'false'}
            @click=${() => void send()}
          >
            ${icon('mail')} ${text.send}
          </button>
        </div>
      </section>
    `
  }

  async function send(): Promise<void> {
    const result = await page.run(() => sendInvitation(account.account, person.professional))
    if (!result) return
    if (result.ok) person = result.value
    page.render()
    if (result.ok) showSuccess(text.sent(person.pending_email?.email ?? person.email))
    else showProblem(result.problem, () => void send())
  }
}

/** Returns the only account. With several the user chooses; with none the page leads to linking. */
async function chooseAccount(): Promise<string> {
  const accounts = await load(listAccounts)
  const [only] = accounts
  if (only && accounts.length === 1) {
    history.replaceState(history.state, '', pageUrl('/profile/', { account: only.account }))
    return only.account
  }
  if (only) drawChoice(accounts)
  else location.replace(pageUrl('/link-profile/'))
  return new Promise<never>(() => {})
}

function drawChoice(accounts: AccountSummary[]): void {
  emptyAccountBar()
  renderPage(html`
    <p class="lead">${text.which}</p>
    <ul class="cards">
      ${accounts.map(
        (one) => html`
          <li class="card choice">
            <h2>
              <a href=${pageUrl('/profile/', { account: one.account })}><bdi>${one.name}</bdi></a>
            </h2>
            <p class="tags">${planTag(one)}</p>
            ${yourRoles(one.roles)}
          </li>
        `,
      )}
    </ul>
  `)
}

function yourRoles(roles: Role[]) {
  if (!roles.length) return nothing
  return html`<p class="hint">${text.yourRoles(roleNames(roles))}</p>`
}

function step(what: string, how: string) {
  return html`<li>
    <strong>${what}</strong>
    <p class="hint">${how}</p>
  </li>`
}

/** Explains that partner and staff have no profile in a customer's account. */
function drawGuest(visited: Account): void {
  const guest = visited.you.as === 'staff' ? text.guestStaff : text.guestPartner
  renderPage(html`
    ${accountBar(visited, '/profile/')}
    <p>${guest(visited.name)}</p>
    <p class="actions">
      <a class="button primary" href=${pageUrl('/profile/')}>${text.ownProfiles}</a>
    </p>
  `)
}
