/**
 * Edit: changes a profile; "Save and send invite" first saves, so that the mail goes to the new
 * address.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/people.ts'
import { mayChangeAddress } from '../api/acting-as.ts'
import { showAccount, showProfessional, updateProfessional } from '../api/client.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { managedFields, profileFields } from '../people/professional-form.ts'
import { changes, currentValue } from '../people/professional-input.ts'
import { rememberPerson } from '../people/recent.ts'
import { accountBar } from '../shell/account-bar.ts'
import {
  both,
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
  errorSummary,
  FormErrors,
  field,
  findErrors,
  focusErrors,
  submitButton,
  valuesOf,
} from '../ui/form.ts'

await requireSession()
const accountId = await requireParameter('account')
const id = await requireParameter('professional')
const [account, person] = await load(() =>
  both(showAccount(accountId), showProfessional(accountId, id)),
)
const { may, self } = person.you
// People may change their own profile, but not how long it lasts.
const all = may.includes('set-end-date') ? managedFields(person) : profileFields(self, person)
const isAddressKept = !mayChangeAddress(account, person)
const fields = all.filter(({ name }) => name !== 'email' || !isAddressKept)
const profile = pageUrl('/people/profile/', { account: accountId, professional: id })
const errors = new FormErrors(fields, draw)
let isBusy = false

draw()
// Whoever comes to correct the address begins there.
if (location.hash === '#email') document.getElementById('email')?.focus()

function draw(): void {
  const name = errors.summary.length ? showErrorCountInTitle : setTitle
  name(text.editTitle(person.name), account.name)
  renderPage(
    html`${accountBar(account, '')} ${may.includes('update-professional') ? form() : refusal()}`,
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
      ${errorSummary(fields, errors.summary)}
      ${isAddressKept ? html`<p class="notice">${text.addressIsKept(html`<bdi>${person.email}</bdi>`)}</p>` : nothing}
      ${fields.map((spec) => field(spec, currentValue(person, spec.name), errors.now))}
      <div class="actions">
        ${submitButton(text.save, isBusy)}
        ${
          may.includes('send-invitation')
            ? submitButton(text.saveAndSend, isBusy, { name: 'send_invitation', primary: false })
            : nothing
        }
        <a class="button" href=${profile}>${text.cancel}</a>
      </div>
    </form>
  `
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  const andSend = event.submitter?.getAttribute('name') === 'send_invitation'
  clearMessage()
  errors.set(findErrors(target, fields))
  if (errors.now.length) {
    draw()
    return focusErrors()
  }
  const changed = changes(person, valuesOf(target))
  const done = pageUrl('/people/profile/', {
    account: accountId,
    professional: id,
    done: andSend ? 'saved-and-sent' : 'saved',
  })
  if (!andSend && !Object.keys(changed).length) return location.assign(done)
  isBusy = true
  draw()
  const result = await updateProfessional(
    accountId,
    id,
    andSend ? { ...changed, send_invitation: true } : changed,
  )
  isBusy = false
  if (!result.ok) return refuse(result.problem)
  rememberPerson(result.value)
  location.assign(done)
}

/** Shows why it was not saved, and leaves everything typed where it is. */
function refuse(problem: Problem): void {
  if (problem.kind === 'invalid') errors.set(problem.errors)
  if (problem.kind === 'duplicate-email')
    errors.set([{ field: 'email', code: 'taken', reason: problem.name }])
  if (problem.kind === 'role-required') errors.set([{ field: 'ends_on', code: 'role-held' }])
  draw()
  if (errors.now.length) focusErrors()
  else showProblem(problem)
}

function refusal() {
  return html`
    <p>${text.mayNotEdit}</p>
    <p class="actions"><a class="button primary" href=${profile}>${text.backToProfile}</a></p>
  `
}
