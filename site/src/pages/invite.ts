/** Add new professional: a profile, and the invitation e-mail with it if wished. */
import { html, nothing } from 'lit-html'
import * as text from '#language/people.ts'
import { invite, showAccount } from '../api/client.ts'
import { page } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar.ts'
import { languages } from '../lib/brand.ts'
import {
  FormErrors,
  check,
  checkbox,
  errorSummary,
  field,
  focusErrors,
  submit,
  values,
} from '../ui/form.ts'
import { isFromOutside } from '../api/acting-as.ts'
import type { Problem } from '../api/problem.ts'
import { managedFields } from '../people/professional-form.ts'
import { additions } from '../people/professional-input.ts'
import { rememberPerson } from '../people/recent.ts'
import { fail, hush, load, paint, required, signedIn, title, titleWithErrors } from '../shell/view.ts'

await signedIn()
const id = await required('account')
const account = await load(() => showAccount(id))
const fields = managedFields()
// From outside, the first professional gets the role, and others are appointed.
const isAppointed = isFromOutside(account) && account.roles.administrators.length > 0
// Colleagues of who reads this page in German most likely read German too.
const language =
  languages.find((code) => code === document.documentElement.lang) ?? languages[0] ?? 'en'
const errors = new FormErrors(fields, draw)
let duplicate: { professional: string; name: string } | null = null
let isBusy = false

draw()

function draw(): void {
  const name = errors.summary.length || duplicate ? titleWithErrors : title
  name(text.addPerson, account.name)
  paint(html`${accountBar(account, '')} ${account.you.may.includes('invite') ? form() : refusal()}`)
}

function form() {
  return html`
    <form class="card profile-form" novalidate @submit=${onSubmit} @input=${errors.onInput} @focusout=${errors.onLeave}>
      ${errorSummary(fields, errors.summary)} ${duplicate ? duplicateNotice(duplicate) : nothing}
      ${fields.map((spec) => field(spec, spec.name === 'language' ? language : '', errors.now))}
      ${isAppointed ? nothing : checkbox('administrator', text.administrator, false, text.administratorHint)}
      ${checkbox('send_invitation', text.sendInvitation, true, text.sendInvitationHint)}
      <div class="actions">
        ${submit(text.save, isBusy)}
        <a class="button" href=${page('/people/', { account: id })}>${text.cancel}</a>
      </div>
    </form>
    <p class="hint">${text.manyPeople(html`<a href=${page('/people/import/', { account: id })}>${text.importPeople}</a>`)}</p>
  `
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  hush()
  duplicate = null
  errors.set(check(target, fields))
  if (errors.now.length) {
    draw()
    return focusErrors()
  }
  isBusy = true
  draw()
  const result = await invite(id, additions(values(target)))
  isBusy = false
  if (!result.ok) return refuse(result.problem)
  rememberPerson(result.value)
  const { professional, state } = result.value
  location.assign(
    page('/people/profile/', {
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
  else fail(problem)
}

function duplicateNotice(existing: { professional: string; name: string }) {
  const profile = page('/people/profile/', { account: id, professional: existing.professional })
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
    <p class="actions"><a class="button primary" href=${page('/people/', { account: id })}>${text.ourAccounts}</a></p>
  `
}
