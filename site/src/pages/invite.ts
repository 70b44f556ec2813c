/** Add new professional: a profile, and the invitation e-mail with it if wished. */
import { html, nothing } from 'lit-html'
import * as text from '#language/people.ts'
import { isPartnerOrStaff } from '../api/acting-as.ts'
import { invite, showAccount } from '../api/client.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { languages } from '../lib/brand.ts'
import { managedFields } from '../people/professional-form.ts'
import { additions } from '../people/professional-input.ts'
import { rememberPerson } from '../people/recent.ts'
import { accountBar } from '../shell/account-bar.ts'
import {
  clearMessage,
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
  showErrorCountInTitle,
  showProblem,
} from '../shell/view.ts'
import {
  checkbox,
  errorSummary,
  FormErrors,
  field,
  findErrors,
  focusErrors,
  submitButton,
  valuesOf,
} from '../ui/form.ts'

await requireSession()
const id = await requireParameter('account')
const account = await load(() => showAccount(id))
const fields = managedFields()
// From outside, the first professional gets the role, and others are appointed.
const isAppointed = isPartnerOrStaff(account) && account.roles.administrators.length > 0
// Colleagues of who reads this page in German most likely read German too.
const language =
  languages.find((code) => code === document.documentElement.lang) ?? languages[0] ?? 'en'
const errors = new FormErrors(fields, draw)
let duplicate: { professional: string; name: string } | null = null
let isBusy = false

draw()

function draw(): void {
  const name = errors.summary.length || duplicate ? showErrorCountInTitle : setTitle
  name(text.addPerson, account.name)
  renderPage(
    html`${accountBar(account, '')} ${account.you.may.includes('invite') ? form() : refusal()}`,
  )
}

function form() {
  return html`
    <form
      class="card profile-form"
      novalidate
      @submit=${onSubmit}
      @input=${errors.onInput}
      @focusout=${errors.onLeave}
    >
      ${errorSummary(fields, errors.summary)} ${duplicate ? duplicateNotice(duplicate) : nothing}
      ${fields.map((spec) => field(spec, spec.name === 'language' ? language : '', errors.now))}
      ${isAppointed ? nothing : checkbox('administrator', text.administrator, false, text.administratorHint)}
      ${checkbox('send_invitation', text.sendInvitation, true, text.sendInvitationHint)}
      <div class="actions">
        ${submitButton(text.save, isBusy)}
        <a class="button" href=${pageUrl('/people/', { account: id })}>${text.cancel}</a>
      </div>
    </form>
    <p class="hint">
      ${text.manyPeople(html`<a href=${pageUrl('/people/import/', { account: id })}>${text.importPeople}</a>`)}
    </p>
  `
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  clearMessage()
  duplicate = null
  errors.set(findErrors(target, fields))
  if (errors.now.length) {
    draw()
    return focusErrors()
  }
  isBusy = true
  draw()
  const result = await invite(id, additions(valuesOf(target)))
  isBusy = false
  if (!result.ok) return refuse(result.problem)
  rememberPerson(result.value)
  const { professional, state } = result.value
  location.assign(
    pageUrl('/people/profile/', {
      account: id,
      professional,
      done: state === 'not_invited' ? 'added' : 'invited',
    }),
  )
}

/** Shows why it was not saved, and leaves everything typed where it is. */
function refuse(problem: Problem): void {
  if (problem.kind === 'invalid') errors.set(problem.errors)
  if (problem.kind === 'duplicate-email') duplicate = problem
  draw()
  if (errors.now.length || duplicate) focusErrors()
  else showProblem(problem)
}

function duplicateNotice(existing: { professional: string; name: string }) {
  const profile = pageUrl('/people/profile/', { account: id, professional: existing.professional })
  return html`
    <div class="notice bad" id="error-summary" tabindex="-1" role="alert">
      <p><strong>${text.emailTaken}</strong></p>
      <p>${text.emailTakenBy(html`<a href=${profile}><bdi>${existing.name}</bdi></a>`)}</p>
    </div>
  `
}

function refusal() {
  return html`
    <p>${text.mayNotAdd(html`<bdi>${account.name}</bdi>`)}</p>
    <p class="actions">
      <a class="button primary" href=${pageUrl('/people/', { account: id })}>${text.ourAccounts}</a>
    </p>
  `
}
