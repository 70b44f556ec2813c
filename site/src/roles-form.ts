/** The form that gives an account's roles: any number of administrators, one billing and one shipping contact. */
import { html, nothing } from 'lit-html'
import { assignRoles } from './api.ts'
import type { Account, ProfessionalSummary } from './contract.ts'
import { submit } from './form.ts'
import type { Problem } from './problem.ts'
import { fail, hush, succeed } from './view.ts'
import { roles, sentence } from './words.ts'

/** Draws the page again: with the account as it was changed, or as it is while the answer is awaited. */
type Redraw = (changed: Account | null) => void

let isBusy = false

/** `people` are those that the page came with, so that the order stays the same while the form is shown. */
export function rolesForm(account: Account, people: ProfessionalSummary[], redraw: Redraw) {
  const { administrators, billing_contact, shipping_contact } = account.roles
  if (!people.length) return html`<p>Add the first professional: they get all three roles.</p>`
  const eligible = people.filter((person) => !person.ends_on || person.roles.length)
  // Administrators first: with many people they would be lost among the others.
  const isAdministrator = (person: ProfessionalSummary) => person.roles.includes('administrator')
  const sorted = [...eligible.filter(isAdministrator), ...eligible.filter((person) => !isAdministrator(person))]
  return html`
    <form class="card" @submit=${(event: SubmitEvent) => void onSubmit(event, account, redraw)}>
      <fieldset class="choices">
        <legend>Administrators</legend>
        <p class="hint">They may add, change and delete people and give roles. At least one is needed.</p>
        ${eligible.length < people.length ? html`<p class="hint">People with an end date cannot be given a role.</p>` : nothing}
        ${sorted.map(
          (person) => html`
            <div class="check">
              <input
                type="checkbox"
                id="administrator-${person.professional}"
                name="administrators"
                value=${person.professional}
                ?checked=${administrators.includes(person.professional)}
              />
              <label for="administrator-${person.professional}">${person.name}</label>
            </div>
          `,
        )}
      </fieldset>
      ${contact('billing_contact', 'Billing contact', eligible, billing_contact)}
      ${contact('shipping_contact', 'Shipping contact', eligible, shipping_contact)}
      <div class="actions">${submit('Save roles', isBusy)}</div>
    </form>
  `
}

function contact(name: string, label: string, people: ProfessionalSummary[], holder: string | null) {
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      <select id=${name} name=${name}>
        ${people.map(
          (person) =>
            html`<option value=${person.professional} ?selected=${person.professional === holder}>
              ${person.name}
            </option>`,
        )}
      </select>
    </div>
  `
}

async function onSubmit(event: SubmitEvent, account: Account, redraw: Redraw): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const data = new FormData(event.currentTarget as HTMLFormElement)
  hush()
  isBusy = true
  redraw(null)
  const result = await assignRoles(account.account, {
    administrators: data.getAll('administrators').map(String),
    billing_contact: String(data.get('billing_contact')),
    shipping_contact: String(data.get('shipping_contact')),
    version: account.version,
  })
  isBusy = false
  redraw(result.ok ? result.value : null)
  if (result.ok) succeed('The roles are saved.')
  else fail(inWords(result.problem))
}

/** Here a missing role is not about deleting somebody: say which one is missing. */
function inWords(problem: Problem): Problem {
  if (problem.kind === 'role-required') {
    return { ...problem, detail: `missing: ${roles(problem.roles).toLowerCase()}` }
  }
  if (problem.kind === 'invalid') {
    return {
      ...problem,
      detail: problem.errors.map(({ field, reason }) => sentence(`${field.replaceAll('_', ' ')} ${reason}`)).join(' '),
    }
  }
  return problem
}
