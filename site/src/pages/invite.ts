/** Add new professional: a profile, and the invitation e-mail with it if wished. */
import { html, nothing } from 'lit-html'
import { invite, showAccount } from '../api.ts'
import { page } from '../address.ts'
import { accountBar } from '../account-view.ts'
import { languages } from '../brand.ts'
import { check, checkbox, errorSummary, field, focusErrors, submit, values } from '../form.ts'
import type { FieldError, Problem } from '../problem.ts'
import { managedFields } from '../professional-form.ts'
import { additions } from '../professional-input.ts'
import { fail, hush, load, paint, required, signedIn, title, titleWithErrors } from '../view.ts'

await signedIn()
const id = await required('account')
const account = await load(() => showAccount(id))
const fields = managedFields()
let errors: FieldError[] = []
let duplicate: { professional: string; name: string } | null = null
let isBusy = false

draw()

function draw(): void {
  const name = errors.length || duplicate ? titleWithErrors : title
  name('Add new professional', account.name)
  paint(html`${accountBar(account, '')} ${account.you.may.includes('invite') ? form() : refusal()}`)
}

function form() {
  return html`
    <form class="card" novalidate @submit=${onSubmit}>
      ${errorSummary(fields, errors)} ${duplicate ? duplicateNotice(duplicate) : nothing}
      ${fields.map((spec) => field(spec, spec.name === 'language' ? (languages[0] ?? 'en') : '', errors))}
      ${checkbox('administrator', 'Administrator', false, 'May add, change and delete people, and give roles.')}
      ${checkbox('send_invitation', 'Send the invitation e-mail', true, 'Without it, you can send the invitation later from the profile.')}
      <div class="actions">
        ${submit('Save', isBusy)}
        <a class="button" href=${page('/people/', { account: id })}>Cancel</a>
      </div>
    </form>
  `
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  hush()
  duplicate = null
  errors = check(target, fields)
  if (errors.length) {
    draw()
    return focusErrors()
  }
  isBusy = true
  draw()
  const result = await invite(id, additions(values(target)))
  isBusy = false
  if (!result.ok) return refuse(result.problem)
  const { professional, state } = result.value
  location.assign(
    page('/people/profile/', { account: id, professional, done: state === 'not_invited' ? 'added' : 'invited' }),
  )
}

/** Shows why it was not saved, and leaves everything typed where it is. */
function refuse(problem: Problem): void {
  if (problem.kind === 'invalid') errors = problem.errors
  if (problem.kind === 'duplicate-email') duplicate = problem
  draw()
  if (errors.length || duplicate) focusErrors()
  else fail(problem)
}

function duplicateNotice(existing: { professional: string; name: string }) {
  return html`
    <div class="notice bad" id="error-summary" tabindex="-1" role="alert">
      <p><strong>This e-mail address is taken.</strong></p>
      <p>
        It belongs to
        <a href=${page('/people/profile/', { account: id, professional: existing.professional })}>${existing.name}</a>.
        Open that profile, or type another address.
      </p>
    </div>
  `
}

function refusal() {
  return html`
    <p>Only administrators of ${account.name} can add people, while its service plan is current.</p>
    <p class="actions"><a class="button primary" href=${page('/people/', { account: id })}>Our accounts</a></p>
  `
}
