/**
 * Link my profile: requests links by e-mail to the address on record.
 *
 * The answer never reveals whether the address is known.
 */
import { html } from 'lit-html'
import * as text from '#language/linking.ts'
import { requestLinks } from '../api/client.ts'
import { checkEmail } from '../api/person-rules.ts'
import { pageUrl, signInUrl } from '../lib/address.ts'
import { mailboxLink, partnerWord } from '../lib/brand.ts'
import { formPage } from '../shell/form-page.ts'
import { focusHeading, renderPage, requireSession, setTitle } from '../shell/view.ts'
import type { Field } from '../ui/form/form.ts'
import { identityLabel } from '../ui/identity-label.ts'

const EMAIL: Field = {
  name: 'email',
  label: text.email,
  type: 'email',
  required: true,
  rule: checkEmail,
  autocomplete: 'email',
  hint: text.requestHint,
}

/** Starts the page. */
export async function start(): Promise<void> {
  const { identity } = await requireSession()
  const page = formPage({
    title: () => [text.request],
    fields: () => [EMAIL],
    content: ({ form, field, submit }) => html`
      <p class="lead">${text.requestText}</p>
      <p class="notice">
        ${text.signedInAs(identityLabel(identity))} ${text.notThisIdentity}
        <a href=${signInUrl(pageUrl('/link-profile/'), true)}>${text.anotherIdentity}</a>
      </p>
      ${form(
        html`${field(EMAIL)}
          <div class="actions">${submit(text.continueOn)}</div>`,
      )}
      <p>
        ${text.nobodyAdded(
          html`<a href=${pageUrl('/access/')}>${text.howToGetAccess}</a>`,
          html`<a href=${pageUrl('/ask-for-access/')}>${text.askForAccess}</a>`,
        )}
      </p>
    `,
    send: ({ values }) => requestLinks({ email: values.email ?? '' }),
    done: showThanks,
  })
  page.render()
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
