/**
 * The form for an account's roles: administrators, one billing and one shipping contact, and on the
 * vendor's account what its staff may do.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/plan.ts'
import { isPartnerOrStaff } from '../api/acting-as.ts'
import { assignRoles } from '../api/client.ts'
import type { Account, FieldError, ProfessionalSummary, StaffPermission } from '../api/contract.ts'
import { STAFF_PERMISSIONS } from '../api/problem.ts'
import { clearMessage, showProblem } from '../shell/view.ts'
import { errorSummary, type Field, focusErrors, submitButton } from '../ui/form/form.ts'
import { filterField, MAX_WITHOUT_FILTER } from '../ui/search-field.ts'
import { permissionMeaning, permissionName } from '../words/codes.ts'

/** The `data-opens` of the button that opens the form. */
export const ROLES_OPENER = 'roles-form'

const FIELDS: Field[] = [
  { name: 'administrators', label: text.administrators, type: 'text' },
  { name: 'billing_contact', label: text.billingContact, type: 'select' },
  { name: 'shipping_contact', label: text.shippingContact, type: 'select' },
  { name: 'staff_permissions', label: text.staffPermissions, type: 'text' },
]

interface Editing {
  account: Account
  /** The people when editing began: the order must not change while the form is open. */
  people: ProfessionalSummary[]
  redraw: () => void
  /** Called with the changed account, or null when nothing changed. */
  done: (changed: Account | null) => void
}

/** The form, from "Change roles" until it is saved or cancelled. */
export class RolesForm {
  private isBusy = false
  private search = ''
  private staffSearch = ''
  private errors: FieldError[] = []

  constructor(private readonly editing: Editing) {}

  render() {
    const { account, people, done } = this.editing
    const { billing_contact, shipping_contact } = account.roles
    if (!people.length) return html`<p>${text.firstGetsAll}</p>`
    const eligible = people.filter((person) => !person.ends_on || person.roles.length)
    return html`
      <form class="card" data-opener=${ROLES_OPENER} @submit=${this.onSubmit}>
        ${errorSummary(FIELDS, this.errors)}
        ${
          // Partner and staff appoint administrators instead.
          isPartnerOrStaff(account) ? nothing : this.administrators(eligible)
        }
        ${contact('billing_contact', text.billingContact, eligible, billing_contact)}
        ${contact('shipping_contact', text.shippingContact, eligible, shipping_contact)}
        ${account.kind === 'vendor' ? this.staff() : nothing}
        <div class="actions">
          ${submitButton(text.saveRoles, this.isBusy)}
          <button class="button" type="button" @click=${() => done(null)}>${text.cancel}</button>
        </div>
      </form>
    `
  }

  private administrators(eligible: ProfessionalSummary[]) {
    const { account, people } = this.editing
    // Administrators first: in a long list they would be hard to find.
    const isAdministrator = (person: ProfessionalSummary) =>
      account.roles.administrators.includes(person.professional)
    const sorted = [
      ...eligible.filter(isAdministrator),
      ...eligible.filter((person) => !isAdministrator(person)),
    ]
    const wanted = this.search.trim().toLocaleLowerCase()
    const isFound = ({ name }: ProfessionalSummary) => name.toLocaleLowerCase().includes(wanted)
    const isNobody = wanted && !eligible.some(isFound)
    const someEnd = eligible.length < people.length
    return html`
      <fieldset class="choices" id="administrators" tabindex="-1">
        <legend>${text.administrators}</legend>
        <p class="hint">${text.administratorsHint} ${someEnd ? text.noEndDate : nothing}</p>
        ${eligible.length > MAX_WITHOUT_FILTER ? this.filter('person-search', 'search') : nothing}
        ${isNobody ? html`<p role="status">${text.nobodyNamed(this.search)}</p>` : nothing}
        ${sorted.map(
          // Hide people who do not match instead of removing them, which would lose their ticks.
          (person) => html`
            <div class="check" ?hidden=${!isFound(person)}>
              <input
                type="checkbox"
                id="administrator-${person.professional}"
                name="administrators"
                value=${person.professional}
                ?checked=${isAdministrator(person)}
              />
              <label for="administrator-${person.professional}"><bdi>${person.name}</bdi></label>
            </div>
          `,
        )}
      </fieldset>
    `
  }

  /** Draws the permissions of everybody who has not all of them as administrator. */
  private staff() {
    const people = this.staffWithoutRole()
    const wanted = this.staffSearch.trim().toLocaleLowerCase()
    const isFound = ({ name }: ProfessionalSummary) => name.toLocaleLowerCase().includes(wanted)
    const isNobody = wanted && !people.some(isFound)
    return html`
      <fieldset class="choices few stack" id="staff_permissions" tabindex="-1">
        <legend>${text.staffPermissions}</legend>
        <p class="hint">${text.staffPermissionsHint}</p>
        <dl class="facts">
          ${STAFF_PERMISSIONS.map(
            (code) => html`
              <div>
                <dt>${permissionName(code)}</dt>
                <dd>${permissionMeaning(code)}</dd>
              </div>
            `,
          )}
        </dl>
        ${people.length ? nothing : html`<p>${text.nobodyElse}</p>`}
        ${people.length > MAX_WITHOUT_FILTER ? this.filter('staff-search', 'staffSearch') : nothing}
        ${isNobody ? html`<p role="status">${text.nobodyNamed(this.staffSearch)}</p>` : nothing}
        ${people.map((person) => this.permissionsOf(person, !isFound(person)))}
      </fieldset>
    `
  }

  private permissionsOf({ professional, name }: ProfessionalSummary, isHidden: boolean) {
    const given = this.editing.account.roles.staff_permissions?.[professional] ?? []
    return html`
      <fieldset class="permissions" ?hidden=${isHidden}>
        <legend><bdi>${name}</bdi></legend>
        ${STAFF_PERMISSIONS.map(
          (code) => html`
            <div class="check">
              <input
                type="checkbox"
                id="${code}-${professional}"
                name="staff-${professional}"
                value=${code}
                ?checked=${given.includes(code)}
              />
              <label for="${code}-${professional}">${permissionName(code)}</label>
            </div>
          `,
        )}
      </fieldset>
    `
  }

  private staffWithoutRole(): ProfessionalSummary[] {
    const { account, people } = this.editing
    return people.filter(({ professional }) => !account.roles.administrators.includes(professional))
  }

  /** Returns the ticked permissions. Those of people who are not in the form stay as they are. */
  private staffPermissions(data: FormData): Record<string, StaffPermission[]> {
    const { account } = this.editing
    const permissions = { ...account.roles.staff_permissions }
    for (const { professional } of this.staffWithoutRole()) {
      const ticked = data.getAll(`staff-${professional}`)
      permissions[professional] = STAFF_PERMISSIONS.filter((code) => ticked.includes(code))
    }
    return permissions
  }

  private filter(id: string, field: 'search' | 'staffSearch') {
    return filterField({
      id,
      label: text.findPerson,
      value: this[field],
      onTyped: (value) => {
        this[field] = value
        this.editing.redraw()
      },
    })
  }

  private readonly onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (this.isBusy) return
    const { account, redraw, done } = this.editing
    const data = new FormData(event.currentTarget as HTMLFormElement)
    clearMessage()
    this.errors = []
    this.isBusy = true
    redraw()
    const result = await assignRoles(account.account, {
      administrators: isPartnerOrStaff(account)
        ? account.roles.administrators
        : data.getAll('administrators').map(String),
      billing_contact: String(data.get('billing_contact')),
      shipping_contact: String(data.get('shipping_contact')),
      ...(account.kind === 'vendor' && { staff_permissions: this.staffPermissions(data) }),
      version: account.version,
    })
    this.isBusy = false
    if (result.ok) return done(result.value)
    if (result.problem.kind === 'invalid') this.errors = result.problem.errors
    redraw()
    if (this.errors.length) focusErrors()
    else showProblem(result.problem)
  }
}

function contact(
  name: string,
  label: string,
  people: ProfessionalSummary[],
  holder: string | null,
) {
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
