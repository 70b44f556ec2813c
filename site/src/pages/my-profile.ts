/** My profile: the person's own profile in an account, and how to switch to another identity. */
import { html, nothing } from 'lit-html'
import * as text from '#language/profile.ts'
import {
  listAccounts,
  sendInvitation,
  showAccount,
  showProfessional,
  updateProfessional,
} from '../api/client.ts'
import type { Account, AccountSummary, Professional } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl, urlParameter } from '../lib/address.ts'
import { facts } from '../people/professional-facts.ts'
import { profileFields } from '../people/professional-form.ts'
import { changes, currentValue } from '../people/professional-input.ts'
import { accountBar, emptyAccountBar } from '../shell/account-bar.ts'
import {
  clearMessage,
  load,
  renderPage,
  requireSession,
  setTitle,
  showErrorCountInTitle,
  showProblem,
  showSuccess,
} from '../shell/view.ts'
import {
  errorSummary,
  FormErrors,
  field,
  findErrors,
  focusErrors,
  submitButton,
  valuesOf,
} from '../ui/form.ts'
import { icon } from '../ui/icon.ts'
import { planTag } from '../ui/tag.ts'
import { roleNames } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = urlParameter('account') ?? (await chooseAccount())
  const account = await load(() => showAccount(id))
  let person: Professional
  let errors: FormErrors
  let isEditing = false
  let isBusy = false

  if (account.you.professional) {
    const own = account.you.professional
    person = await load(() => showProfessional(account.account, own))
    errors = new FormErrors(profileFields(true, person), draw)
    draw()
  } else {
    drawGuest(account)
  }

  function draw(): void {
    const { may } = person.you
    const name = errors.summary.length ? showErrorCountInTitle : setTitle
    name(text.title, account.name)
    renderPage(html`
      ${accountBar(account, '/profile/')} ${isEditing ? form() : reading()}
      ${may.includes('send-invitation') ? switchIdentity() : nothing}
    `)
  }

  function reading() {
    return html`
      ${facts(person)}
      ${
        person.you.may.includes('update-professional')
          ? html`<div class="actions">
              <button class="button" id="edit" type="button" @click=${edit}>
                ${icon('edit')} ${text.edit}
              </button>
            </div>`
          : nothing
      }
    `
  }

  function form() {
    const fields = profileFields(true, person)
    return html`
      <section>
        <h2 id="edit-title" tabindex="-1">${text.edit}</h2>
        <form
          class="card"
          novalidate
          @submit=${onSubmit}
          @input=${errors.onInput}
          @focusout=${errors.onLeave}
        >
          ${errorSummary(fields, errors.summary)}
          ${fields.map((spec) => field(spec, currentValue(person, spec.name), errors.now))}
          <div class="actions">
            ${submitButton(text.save, isBusy)}
            <button class="button" type="button" @click=${stopEditing}>${text.cancel}</button>
          </div>
        </form>
      </section>
    `
  }

  function edit(): void {
    clearMessage()
    isEditing = true
    draw()
    document.getElementById('edit-title')?.focus()
  }

  /** Back to reading, with the focus where editing began. */
  function stopEditing(): void {
    errors.set([])
    isEditing = false
    draw()
    document.getElementById('edit')?.focus()
  }

  function switchIdentity() {
    return html`
      <section class="card" aria-labelledby="switch-title">
        <h2 id="switch-title">${text.switching}</h2>
        <p>${text.switchingText}</p>
        <ol class="steps">
          ${step(text.stepCheck, text.stepCheckText(person.email))}
          ${step(text.stepSend, text.stepSendText)} ${step(text.stepSignIn, text.stepSignInText)}
          ${step(text.stepLink, text.stepLinkText)}
        </ol>
        <div class="actions">
          <button
            class="button"
            type="button"
            aria-disabled=${isBusy ? 'true' : 'false'}
            @click=${() => void send()}
          >
            ${icon('mail')} ${text.send}
          </button>
        </div>
      </section>
    `
  }

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (isBusy) return
    const target = event.currentTarget as HTMLFormElement
    clearMessage()
    errors.set(findErrors(target, profileFields(true, person)))
    if (errors.now.length) {
      draw()
      return focusErrors()
    }
    const changed = changes(person, valuesOf(target))
    if (!Object.keys(changed).length) {
      stopEditing()
      return showSuccess(text.nothingToSave)
    }
    isBusy = true
    draw()
    const result = await updateProfessional(account.account, person.professional, changed)
    isBusy = false
    if (!result.ok) return refuse(result.problem)
    person = result.value
    stopEditing()
    showSuccess(text.saved)
  }

  /** Shows why it was not saved, and leaves everything typed where it is. */
  function refuse(problem: Problem): void {
    if (problem.kind === 'invalid') errors.set(problem.errors)
    if (problem.kind === 'duplicate-email')
      errors.set([{ field: 'email', code: 'taken', reason: problem.name }])
    draw()
    if (errors.now.length) focusErrors()
    else showProblem(problem)
  }

  async function send(): Promise<void> {
    if (isBusy) return
    clearMessage()
    isBusy = true
    draw()
    const result = await sendInvitation(account.account, person.professional)
    isBusy = false
    if (result.ok) person = result.value
    draw()
    if (result.ok) showSuccess(text.sent(person.email))
    else showProblem(result.problem, () => void send())
  }
}

/** Answers the only account; with several the person chooses, with none they are led to linking. */
async function chooseAccount(): Promise<string> {
  const { items } = await load(() => listAccounts({ limit: 100 }))
  const [only] = items
  if (only && items.length === 1) {
    history.replaceState(history.state, '', pageUrl('/profile/', { account: only.account }))
    return only.account
  }
  if (only) drawChoice(items)
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
            <p class="tags">${planTag(one.plan)}</p>
            ${one.roles.length ? html`<p class="hint">${text.yourRoles(roleNames(one.roles))}</p>` : nothing}
          </li>
        `,
      )}
    </ul>
  `)
}

function step(what: string, how: string) {
  return html`<li>
    <strong>${what}</strong>
    <p class="hint">${how}</p>
  </li>`
}

/** Partner and staff see customers' accounts without being among their people. */
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
