/**
 * Link my profile: asks for links by mail, by the e-mail on record.
 *
 * The answer never tells whether it is known.
 */
import { html } from 'lit-html'
import * as text from '#language/linking.ts'
import { requestLinks } from '../api/client.ts'
import { checkEmail } from '../api/person-rules.ts'
import { pageUrl, signInUrl } from '../lib/address.ts'
import { mailboxLink, partnerWord } from '../lib/brand.ts'
import {
  clearMessage,
  focusHeading,
  renderPage,
  requireSession,
  setTitle,
  showErrorCountInTitle,
  showProblem,
} from '../shell/view.ts'
import {
  errorSummary,
  type Field,
  FormErrors,
  field,
  findErrors,
  focusErrors,
  submitButton,
  valuesOf,
} from '../ui/form.ts'
import { identityLabel } from '../ui/identity-view.ts'

const FIELDS: Field[] = [
  {
    name: 'email',
    label: text.email,
    type: 'email',
    required: true,
    rule: checkEmail,
    autocomplete: 'email',
    hint: text.requestHint,
  },
]

const { identity } = await requireSession()
const errors = new FormErrors(FIELDS, draw)
let isBusy = false

draw()

function draw(): void {
  const name = errors.summary.length ? showErrorCountInTitle : setTitle
  name(text.request)
  renderPage(html`
    <p class="lead">${text.requestText}</p>
    <p class="notice">
      ${text.signedInAs(identityLabel(identity))} ${text.notThisIdentity}
      <a href=${signInUrl(pageUrl('/link-profile/'), true)}>${text.anotherIdentity}</a>
    </p>
    <form
      class="card"
      novalidate
      @submit=${onSubmit}
      @input=${errors.onInput}
      @focusout=${errors.onLeave}
    >
      ${errorSummary(FIELDS, errors.summary)} ${FIELDS.map((spec) => field(spec, '', errors.now))}
      <div class="actions">${submitButton(text.continueOn, isBusy)}</div>
    </form>
    <p>
      ${text.nobodyAdded(
        html`<a href=${pageUrl('/access/')}>${text.howToGetAccess}</a>`,
        html`<a href=${pageUrl('/ask-for-access/')}>${text.askForAccess}</a>`,
      )}
    </p>
  `)
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  clearMessage()
  errors.set(findErrors(target, FIELDS))
  if (errors.now.length) {
    draw()
    return focusErrors()
  }
  isBusy = true
  draw()
  const result = await requestLinks({ email: valuesOf(target).email ?? '' })
  isBusy = false
  if (result.ok) return showThanks()
  if (result.problem.kind === 'invalid') errors.set(result.problem.errors)
  draw()
  if (errors.now.length) focusErrors()
  else showProblem(result.problem)
}

function showThanks(): void {
  setTitle(text.thankYou)
  renderPage(html`
    <p class="notice good">${text.requested}</p>
    <section>
      <h2>${text.noMail}</h2>
      <ul>
        <li>${text.noMailSpam}</li>
        <li>
          ${text.noMailAddress(html`<a href=${pageUrl('/link-profile/')}>${text.tryThatOne}</a>`)}
        </li>
        <li>${text.noMailAsk(partnerWord, mailboxLink())}</li>
      </ul>
    </section>
  `)
  focusHeading()
}
