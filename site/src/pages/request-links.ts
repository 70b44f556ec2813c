/** Link my profile: asks for links by mail, by the e-mail on record. The answer never tells whether it is known. */
import { html } from 'lit-html'
import { requestLinks } from '../api.ts'
import { accessMailbox, partnerWord } from '../brand.ts'
import { check, errorSummary, field, focusErrors, submit, values, type Field } from '../form.ts'
import type { FieldError } from '../problem.ts'
import { fail, focusTitle, hush, paint, signedIn, title, titleWithErrors } from '../view.ts'

const FIELDS: Field[] = [
  {
    name: 'email',
    label: 'E-mail on record',
    type: 'email',
    required: true,
    autocomplete: 'email',
    hint: 'The address that your administrator added you with. It need not be the one you sign in with.',
  },
]

const { identity } = await signedIn()
let errors: FieldError[] = []
let isBusy = false

draw()

function draw(): void {
  const name = errors.length ? titleWithErrors : title
  name('Link my profile')
  paint(html`
    <p>
      Somebody has added you, but you cannot find the invitation? Type the e-mail address they used. For each profile
      with that address one e-mail is sent, with a link that links the profile with the identity you are signed in with
      now.
    </p>
    <p class="notice">
      You are signed in as
      <strong>${identity.name}</strong> (${[identity.email, identity.provider].filter(Boolean).join(', ')}). Not the
      identity you want to use? <a href="/sign-in/?return=/link-profile/&amp;choose=true">Use another identity</a>
    </p>
    <form class="card" novalidate @submit=${onSubmit}>
      ${errorSummary(FIELDS, errors)} ${FIELDS.map((spec) => field(spec, '', errors))}
      <div class="actions">${submit('Continue', isBusy)}</div>
    </form>
    <p>Nobody has added you yet? See <a href="/#access">how to get access</a>.</p>
  `)
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  hush()
  errors = check(target, FIELDS)
  if (errors.length) {
    draw()
    return focusErrors()
  }
  isBusy = true
  draw()
  const result = await requestLinks({ email: values(target)['email'] ?? '' })
  isBusy = false
  if (result.ok) return thank()
  if (result.problem.kind === 'invalid') errors = result.problem.errors
  draw()
  if (errors.length) focusErrors()
  else fail(result.problem)
}

function thank(): void {
  title('Thank you')
  paint(html`
    <p>
      If there are profiles with that e-mail address, an e-mail is on its way to it for each of them. Open it, and
      follow its link.
    </p>
    <h2>No e-mail after a few minutes?</h2>
    <ul>
      <li>Look in the folder for unwanted mail.</li>
      <li>Ask your administrator which address they added you with, then <a href="/link-profile/">try that one</a>.</li>
      <li>
        No administrator? Ask your ${partnerWord}, or write to <a href="mailto:${accessMailbox}">${accessMailbox}</a>.
      </li>
    </ul>
  `)
  focusTitle()
}
