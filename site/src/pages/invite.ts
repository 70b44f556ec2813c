/** Add new professional: creates a profile and, if wanted, sends the invitation. */
import { html, nothing } from 'lit-html'
import * as text from '#language/people.ts'
import { isPartnerOrStaff } from '../api/acting-as.ts'
import { invite, showAccount } from '../api/client.ts'
import type { Professional } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { languages } from '../lib/brand.ts'
import { managedFields } from '../people/professional-form.ts'
import { additions } from '../people/professional-input.ts'
import { rememberPerson } from '../people/recent.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { type FormPage, formPage } from '../shell/form-page.ts'
import { load, requireParameter, requireSession } from '../shell/view.ts'
import { checkbox } from '../ui/form/form.ts'
import { missingPermission } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const account = await load(() => showAccount(id))
  const list = pageUrl('/people/', { account: id })
  const fields = managedFields()
  const isAllowed = account.you.allowed_actions.includes('invite')
  // Partner and staff make the first professional administrator, and appoint any other.
  const isAppointed = isPartnerOrStaff(account) && account.roles.administrators.length > 0

  formPage({
    title: () => [text.addPerson, account.name],
    fields: () => fields,
    content: (page) => html`
      ${accountBar(account, '')} ${isAllowed ? form(page) : denied()}
    `,
    send: ({ values }) => invite(id, additions(values)),
    done: (added) => added && showAdded(added),
    explain: (problem) => explainDuplicate(problem, id),
  }).render()

  function form(page: FormPage) {
    const all = pageUrl('/people/import/', { account: id })
    return html`
      ${page.form(
        html`
          ${fields.map((spec) => page.field(spec, spec.name === 'language' ? ownLanguage() : ''))}
          ${
            isAppointed
              ? nothing
              : checkbox('administrator', text.administrator, false, text.administratorHint)
          }
          ${checkbox('send_invitation', text.sendInvitation, true, text.sendInvitationHint)}
          <div class="actions">
            ${page.submit(text.save)}
            <a class="button" href=${list}>${text.cancel}</a>
          </div>
        `,
        'card profile-form',
      )}
      <p class="hint">${text.manyPeople(html`<a href=${all}>${text.importPeople}</a>`)}</p>
    `
  }

  function denied() {
    return html`
      <p>
        ${
          account.you.as === 'staff'
            ? missingPermission('people')
            : text.mayNotAdd(html`<bdi>${account.name}</bdi>`)
        }
      </p>
      <p class="actions"><a class="button primary" href=${list}>${text.ourAccounts}</a></p>
    `
  }
}

/** Returns the page's language: colleagues most likely read it too. */
function ownLanguage(): string {
  return languages.find((code) => code === document.documentElement.lang) ?? languages[0] ?? 'en'
}

function showAdded(added: Professional): void {
  rememberPerson(added)
  const { account, professional, state } = added
  const done = state === 'not_invited' ? 'added' : 'invited'
  location.assign(pageUrl('/people/profile/', { account, professional, done }))
}

function explainDuplicate(problem: Problem, account: string) {
  if (problem.kind !== 'duplicate-email') return null
  const { professional, name } = problem
  const profile = pageUrl('/people/profile/', { account, professional })
  return html`
    <div class="notice bad" id="error-summary" tabindex="-1" role="alert">
      <p><strong>${text.emailTaken}</strong></p>
      <p>${text.emailTakenBy(html`<a href=${profile}><bdi>${name}</bdi></a>`)}</p>
    </div>
  `
}
