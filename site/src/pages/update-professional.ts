/** Edit: changes a profile; "Save and send invite" first saves, so that the mail goes to the new address. */
import { html, nothing } from 'lit-html'
import { showAccount, showProfessional, updateProfessional } from '../api.ts'
import { page } from '../address.ts'
import { accountBar } from '../account-view.ts'
import { check, errorSummary, field, focusErrors, submit, values } from '../form.ts'
import type { FieldError, Problem } from '../problem.ts'
import { managedFields, profileFields } from '../professional-form.ts'
import { changes, currentValue } from '../professional-input.ts'
import { both, fail, hush, load, paint, required, signedIn, title, titleWithErrors } from '../view.ts'
import { roles } from '../words.ts'

await signedIn()
const accountId = await required('account')
const id = await required('professional')
const [account, person] = await load(() => both(showAccount(accountId), showProfessional(accountId, id)))
const { may, self } = person.you
// People may change their own profile, but not how long it lasts.
const fields = may.includes('set-end-date') ? managedFields(person) : profileFields(self, person)
const profile = page('/people/profile/', { account: accountId, professional: id })
let errors: FieldError[] = []
let isBusy = false

draw()

function draw(): void {
  const name = errors.length ? titleWithErrors : title
  name(`Edit ${person.name}`, account.name)
  paint(html`${accountBar(account, '')} ${may.includes('update-professional') ? form() : refusal()}`)
}

function form() {
  return html`
    <form class="card" novalidate @submit=${onSubmit}>
      ${errorSummary(fields, errors)} ${fields.map((spec) => field(spec, currentValue(person, spec.name), errors))}
      <div class="actions">
        ${submit('Save', isBusy)}
        ${
          may.includes('send-invitation')
            ? submit('Save and send invite', isBusy, { name: 'send_invitation', primary: false })
            : nothing
        }
        <a class="button" href=${profile}>Cancel</a>
      </div>
    </form>
  `
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  const andSend = event.submitter?.getAttribute('name') === 'send_invitation'
  hush()
  errors = check(target, fields)
  if (errors.length) {
    draw()
    return focusErrors()
  }
  const changed = changes(person, values(target))
  const done = page('/people/profile/', {
    account: accountId,
    professional: id,
    done: andSend ? 'saved-and-sent' : 'saved',
  })
  if (!andSend && !Object.keys(changed).length) return location.assign(done)
  isBusy = true
  draw()
  const result = await updateProfessional(accountId, id, andSend ? { ...changed, send_invitation: true } : changed)
  isBusy = false
  if (result.ok) return location.assign(done)
  refuse(result.problem)
}

/** Shows why it was not saved, and leaves everything typed where it is. */
function refuse(problem: Problem): void {
  if (problem.kind === 'invalid') errors = problem.errors
  if (problem.kind === 'duplicate-email') errors = [{ field: 'email', reason: `belongs to ${problem.name} already` }]
  if (problem.kind === 'role-required') {
    errors = [
      { field: 'ends_on', reason: `must stay empty while the person is the ${roles(problem.roles).toLowerCase()}` },
    ]
  }
  draw()
  if (errors.length) focusErrors()
  else fail(problem)
}

function refusal() {
  return html`
    <p>You may read this profile, but not change it.</p>
    <p class="actions"><a class="button primary" href=${profile}>Back to the profile</a></p>
  `
}
