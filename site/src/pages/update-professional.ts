/**
 * Edit a profile. "Save and send invite" saves first, so that the e-mail goes to the new address.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/people.ts'
import { mayChangeAddress } from '../api/acting-as.ts'
import { showAccount, showProfessional, updateProfessional } from '../api/client.ts'
import { pageUrl } from '../lib/address.ts'
import { managedFields, profileErrors, profileFields } from '../people/professional-form.ts'
import { changes, currentValue } from '../people/professional-input.ts'
import { rememberPerson } from '../people/recent.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { type FormPage, formPage } from '../shell/form-page.ts'
import { both, load, requireParameter, requireSession } from '../shell/view.ts'

/** Name of the button that also sends an invitation. */
const SEND = 'send_invitation'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const accountId = await requireParameter('account')
  const id = await requireParameter('professional')
  const [account, person] = await load(() =>
    both(showAccount(accountId), showProfessional(accountId, id)),
  )
  const { allowed_actions: actions, self } = person.you
  // People may edit their own profile, but not its end date.
  const all = actions.includes('set-end-date') ? managedFields(person) : profileFields(self, person)
  const isAddressKept = !mayChangeAddress(account, person)
  const fields = all.filter(({ name }) => name !== 'email' || !isAddressKept)
  const profile = { account: accountId, professional: id }

  formPage({
    title: () => [text.editTitle(person.name), account.name],
    fields: () => fields,
    content: (page) => html`
      ${accountBar(account, '')} ${actions.includes('update-professional') ? form(page) : denied()}
    `,
    send({ values, button }) {
      const changed = changes(person, values)
      if (button === SEND)
        return updateProfessional(accountId, id, { ...changed, send_invitation: true })
      return Object.keys(changed).length ? updateProfessional(accountId, id, changed) : null
    },
    done(changed, { button }) {
      if (changed) rememberPerson(changed)
      const done = button === SEND ? 'saved-and-sent' : 'saved'
      location.assign(pageUrl('/people/profile/', { ...profile, done }))
    },
    errorsOf: profileErrors,
  }).render()
  // Links that ask to correct the address start there.
  if (location.hash === '#email') document.getElementById('email')?.focus()

  function form(page: FormPage) {
    const email = html`<bdi>${person.email}</bdi>`
    return page.form(
      html`
        ${isAddressKept ? html`<p class="notice">${text.addressIsKept(email)}</p>` : nothing}
        ${fields.map((spec) => page.field(spec, currentValue(person, spec.name)))}
        <div class="actions">
          ${page.submit(text.save)}
          ${
            actions.includes('send-invitation')
              ? page.submit(text.saveAndSend, { name: SEND, primary: false })
              : nothing
          }
          <a class="button" href=${pageUrl('/people/profile/', profile)}>${text.cancel}</a>
        </div>
      `,
      'card profile-form',
    )
  }

  function denied() {
    const href = pageUrl('/people/profile/', profile)
    return html`
      <p>${text.mayNotEdit}</p>
      <p class="actions"><a class="button primary" href=${href}>${text.backToProfile}</a></p>
    `
  }
}
