/**
 * For partner and staff: appoints an administrator, takes the role away, corrects an
 * administrator's address, and decides an appointment that awaits a second person's approval.
 */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/account-forms.ts'
import { optional } from '#language/forms.ts'
import { appointAdministrator, decideAppointment } from '../api/client.ts'
import type { Account, Appointment, ProfessionalSummary } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { type FormDialog, formDialog } from '../ui/dialog/form-dialog.ts'
import { errorSummary, type Field } from '../ui/form/form.ts'
import { toast } from '../ui/toast/toast.ts'
import { formatMoment } from '../words/codes.ts'
import { REASON, reasonField } from './reason-field.ts'

/** The buttons that open the dialogs. */
const APPOINT = 'appoint'
const APPROVE = 'appointment-approve'
const DECLINE = 'appointment-decline'

/** The choice to make nobody administrator. */
const NOBODY = 'nobody'

const FIELDS: Field[] = [
  { name: 'professional', label: text.whom, type: 'select' },
  { name: 'email', label: text.correctedEmail, type: 'email' },
  REASON,
]

/** Called with the changed account. */
type OnChanged = (changed: Account) => void

/** Draws the button that opens the appointment dialog. */
export function appointButton(
  account: Account,
  people: ProfessionalSummary[],
  onChanged: OnChanged,
) {
  const { roles, you } = account
  // In an account without people, the first professional becomes administrator.
  if (!you.allowed_actions.includes('appoint-administrator') || !roles.administrators.length)
    return nothing
  const open = () => void showDialog(appointment(account, people), onChanged)
  return html`<button
    class="button"
    id="appoint"
    type="button"
    data-opens=${APPOINT}
    @click=${open}
  >
    ${text.appoint}
  </button>`
}

/** Draws the appointment that awaits approval, if there is one. */
export function waitingAppointment(account: Account, onChanged: OnChanged) {
  const { appointment, you } = account
  if (!appointment) return nothing
  const open = (approves: boolean) => () =>
    void showDialog(decision(account, appointment, approves), onChanged)
  const { name, email, by, at, reason, in_place_of: leaving, yours } = appointment
  const appointed = newAdministrator(account, appointment)
  const leave = (appointed ? text.inPlaceOf : text.losesRole)(leaving.join(', '))
  return html`
    <div class="notice warn">
      <p>
        <strong
          ><bdi
            >${appointed ? text.awaitsApproval(appointed) : text.changeAwaitsApproval}</bdi
          ></strong
        >
      </p>
      <p>
        ${text.askedBy(by.name, formatMoment(at))} ${leaving.length ? leave : nothing}
        ${name && email ? html`<bdi>${text.newAddress(name, email)}</bdi>` : nothing}
      </p>
      ${reason ? html`<p><bdi>${text.because(reason)}</bdi></p>` : nothing}
      ${
        you.allowed_actions.includes('decide-appointment')
          ? html`<div class="actions">
              ${yours ? nothing : button(text.approve, APPROVE, open(true), 'primary')}
              ${button(declineLabel(appointment), DECLINE, open(false))}
            </div>`
          : nothing
      }
    </div>
  `
}

/** Returns the name of the person who becomes administrator, if anybody does. */
function newAdministrator({ roles }: Account, { professional, name }: Appointment): string | null {
  const isNew = professional !== null && !roles.administrators.includes(professional)
  return isNew ? name : null
}

function button(label: string, opens: string, onClick: () => void, look = '') {
  return html`<button
    class="button ${look}"
    type="button"
    data-opens=${opens}
    @click=${onClick}
  >
    ${label}
  </button>`
}

/** The person who requested an appointment withdraws it; someone else approves or declines it. */
function declineLabel({ yours }: Appointment): string {
  return yours ? text.withdraw : text.decline
}

async function showDialog(
  dialog: Omit<FormDialog<Account>, 'id'>,
  onChanged: OnChanged,
): Promise<void> {
  const changed = await formDialog({ id: 'appointment', ...dialog })
  if (!changed) return
  onChanged(changed.value)
  document.getElementById('roles')?.focus()
  toast(changed.value.appointment ? text.approvalRequested : text.decided)
}

function decision(
  account: Account,
  appointment: Appointment,
  approves: boolean,
): Omit<FormDialog<Account>, 'id'> {
  const question = approves
    ? text.approveTitle
    : appointment.yours
      ? text.withdrawTitle
      : text.declineTitle
  const appointed = newAdministrator(account, appointment)
  return {
    opener: approves ? APPROVE : DECLINE,
    content: () => ({
      heading: html`<bdi>${question(appointed)}</bdi>`,
      body: approves ? html`<p>${text.everyoneNotified}</p>` : reasonField(text.declineHint),
      submit: approves ? text.approve : declineLabel(appointment),
      cancel: text.cancel,
    }),
    send: (form) =>
      decideAppointment(account.account, appointment.appointment, {
        approve: approves,
        reason: textIn(new FormData(form), 'reason'),
      }),
  }
}

function appointment(
  account: Account,
  people: ProfessionalSummary[],
): Omit<FormDialog<Account>, 'id'> {
  const { administrators } = account.roles
  const isAdministrator = (person: ProfessionalSummary) =>
    administrators.includes(person.professional)
  const eligible = people.filter((person) => !person.ends_on && !isAdministrator(person))
  return {
    opener: APPOINT,
    content: (problem) => ({
      heading: text.appoint,
      body: html`
        ${problem ? refusal(problem) : nothing}
        ${appointmentFields(eligible, people.filter(isAdministrator))}
      `,
      submit: text.saveAppointment,
      cancel: text.cancel,
      explainsProblem: problem !== null && refusal(problem) !== nothing,
    }),
    send(form) {
      const data = new FormData(form)
      const chosen = String(data.get('professional') ?? '')
      const professional = chosen === NOBODY ? null : chosen
      return appointAdministrator(account.account, {
        professional,
        email: professional ? textIn(data, 'email') : null,
        in_place_of: data.getAll('in_place_of').map(String),
        reason: textIn(data, 'reason'),
      })
    },
  }
}

/** Explains what the form can correct; `nothing` for other problems. */
function refusal(problem: Problem): TemplateResult | typeof nothing {
  if (problem.kind === 'invalid') {
    const errors = errorSummary(FIELDS, problem.errors)
    return errors === nothing ? nothing : html`${errors}`
  }
  if (problem.kind !== 'role-required') return nothing
  return html`<div class="notice bad" role="alert">
    <p>${problem.needs_active ? text.leavesNobodyActive : text.leavesNobody}</p>
  </div>`
}

function appointmentFields(
  eligible: ProfessionalSummary[],
  administrators: ProfessionalSummary[],
): TemplateResult {
  return html`
    <p>${text.appointLead} ${text.everyoneNotified}</p>
    <div class="field">
      <label for="professional">${text.whom}</label>
      <select id="professional" name="professional" required>
        <option value="">${text.choose}</option>
        <option value=${NOBODY}>${text.onlyTakeAway}</option>
        <optgroup label=${text.becomesAdministrator}>${eligible.map(personOption)}</optgroup>
        <optgroup label=${text.isAdministrator}>${administrators.map(personOption)}</optgroup>
      </select>
    </div>
    ${eligible.length ? nothing : html`<p class="hint">${text.nobodyEligible}</p>`}
    <div class="field">
      <label for="email">${text.correctedEmail} <span class="optional">${optional}</span></label>
      <span class="hint" id="email-hint">${text.correctedEmailHint}</span>
      <input
        id="email"
        name="email"
        type="email"
        autocomplete="off"
        aria-describedby="email-hint"
      />
    </div>
    <fieldset class="choices">
      <legend>${text.replaces}</legend>
      <p class="hint">${text.replaceHint}</p>
      ${administrators.map(
        ({ professional, name }) =>
          html`<div class="check">
            <input
              type="checkbox"
              name="in_place_of"
              id="leaving-${professional}"
              value=${professional}
            />
            <label for="leaving-${professional}"><bdi>${name}</bdi></label>
          </div>`,
      )}
    </fieldset>
    ${reasonField(text.reasonHint)}
  `
}

function personOption({ professional, name, email }: ProfessionalSummary) {
  return html`<option value=${professional}>${name} (${email})</option>`
}

function textIn(data: FormData, name: string): string | null {
  return String(data.get(name) ?? '').trim() || null
}
