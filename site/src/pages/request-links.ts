/** Link my profile: asks for links by mail, by the e-mail on record. The answer never tells whether it is known. */
import { html } from 'lit-html'
import * as text from '#language/linking.ts'
import { page, signInPage } from '../lib/address.ts'
import { requestLinks } from '../api/client.ts'
import { mailboxLink, partnerWord } from '../lib/brand.ts'
import {
  check,
  errorSummary,
  field,
  focusErrors,
  FormErrors,
  submit,
  values,
  type Field,
} from '../ui/form.ts'
import { who } from '../ui/identity-view.ts'
import { checkEmail } from '../api/person-rules.ts'
import { fail, focusTitle, hush, paint, signedIn, title, titleWithErrors } from '../shell/view.ts'

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

const { identity } = await signedIn()
const errors = new FormErrors(FIELDS, draw)
let isBusy = false

draw()

function draw(): void {
  const name = errors.summary.length ? titleWithErrors : title
  name(text.request)
  paint(html`
    <p class="lead">${text.requestText}</p>
    <p class="notice">
      ${text.signedInAs(who(identity))} ${text.notThisIdentity}
      <a href=${signInPage(page('/link-profile/'), true)}>${text.anotherIdentity}</a>
    </p>
    <form class="card" novalidate @submit=${onSubmit} @input=${errors.onInput} @focusout=${errors.onLeave}>
      ${errorSummary(FIELDS, errors.summary)} ${FIELDS.map((spec) => field(spec, '', errors.now))}
      <div class="actions">${submit(text.continueOn, isBusy)}</div>
    </form>
    <p>${text.nobodyAdded(
      html`<a href=${page('/access/')}>${text.howToGetAccess}</a>`,
      html`<a href=${page('/ask-for-access/')}>${text.askForAccess}</a>`,
    )}</p>
  `)
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  hush()
  errors.set(check(target, FIELDS))
  if (errors.now.length) {
    draw()
    return focusErrors()
  }
  isBusy = true
  draw()
  const result = await requestLinks({ email: values(target)['email'] ?? '' })
  isBusy = false
  if (result.ok) return thank()
  if (result.problem.kind === 'invalid') errors.set(result.problem.errors)
  draw()
  if (errors.now.length) focusErrors()
  else fail(result.problem)
}

function thank(): void {
  title(text.thankYou)
  paint(html`
    <p class="notice good">${text.requested}</p>
    <section>
      <h2>${text.noMail}</h2>
      <ul>
        <li>${text.noMailSpam}</li>
        <li>${text.noMailAddress(html`<a href=${page('/link-profile/')}>${text.tryThatOne}</a>`)}</li>
        <li>${text.noMailAsk(partnerWord, mailboxLink())}</li>
      </ul>
    </section>
  `)
  focusTitle()
}
