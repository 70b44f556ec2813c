/**
 * For partner and staff: appoints an administrator, and decides an appointment that awaits a second
 * person's approval.
 */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/account-forms.ts'
import { appointAdministrator, decideAppointment } from '../api/client.ts'
import type { Account, Appointment, ProfessionalSummary } from '../api/contract.ts'
import { type FormDialog, formDialog } from '../ui/dialog/form-dialog.ts'
import { toast } from '../ui/toast/toast.ts'
import { formatMoment } from '../words/codes.ts'

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
  return html`<button class="button" id="appoint" type="button" @click=${open}>
    ${text.appoint}
  </button>`
}

/** Draws the appointment that awaits approval, if there is one. */
export function waitingAppointment(account: Account, onChanged: OnChanged) {
  const { appointment, you } = account
  if (!appointment) return nothing
  const open = (approves: boolean) => () =>
    void showDialog(decision(account, appointment, approves), onChanged)
  const { name, by, at, reason, in_place_of: leaving, yours } = appointment
  return html`
    <div class="notice warn">
      <p>
        <strong><bdi>${text.awaitsApproval(name)}</bdi></strong>
      </p>
      <p>
        ${text.askedBy(by.name, formatMoment(at))}
        ${leaving.length ? text.inPlaceOf(leaving.join(', ')) : nothing}
      </p>
      ${reason ? html`<p><bdi>${text.because(reason)}</bdi></p>` : nothing}
      ${
        you.allowed_actions.includes('decide-appointment')
          ? html`<div class="actions">
              ${yours ? nothing : button(text.approve, open(true), 'primary')}
              ${button(declineLabel(appointment), open(false))}
            </div>`
          : nothing
      }
    </div>
  `
}

function button(label: string, onClick: () => void, look = '') {
  return html`<button class="button ${look}" type="button" @click=${onClick}>${label}</button>`
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
  return {
    content: () => ({
      heading: html`<bdi>${question(appointment.name)}</bdi>`,
      body: approves ? html`<p>${text.everyoneNotified}</p>` : reasonField(text.declineHint),
      submit: approves ? text.approve : declineLabel(appointment),
      cancel: text.cancel,
    }),
    send: (form) =>
      decideAppointment(account.account, appointment.appointment, {
        approve: approves,
        reason: reasonIn(new FormData(form)),
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
    content: () => ({
      heading: text.appoint,
      body: appointmentFields(eligible, people.filter(isAdministrator)),
      submit: text.appoint,
      cancel: text.cancel,
    }),
    send(form) {
      const data = new FormData(form)
      return appointAdministrator(account.account, {
        professional: String(data.get('professional') ?? ''),
        in_place_of: data.getAll('in_place_of').map(String),
        reason: reasonIn(data),
      })
    },
  }
}

function appointmentFields(
  eligible: ProfessionalSummary[],
  leaving: ProfessionalSummary[],
): TemplateResult {
  return html`
    <p>${text.appointLead} ${text.everyoneNotified}</p>
    <div class="field">
      <label for="appointed">${text.whom}</label>
      <select id="appointed" name="professional" required>
        <option value="">${text.choose}</option>
        ${eligible.map(
          ({ professional, name, email }) =>
            html`<option value=${professional}>${name} (${email})</option>`,
        )}
      </select>
    </div>
    ${eligible.length ? nothing : html`<p class="hint">${text.nobodyEligible}</p>`}
    <fieldset class="choices">
      <legend>${text.replaces}</legend>
      <p class="hint">${text.replaceHint}</p>
      ${leaving.map(
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

function reasonField(hint: string): TemplateResult {
  return html`<div class="field">
    <label for="reason">${text.reason}</label>
    <span class="hint" id="reason-hint">${hint}</span>
    <input
      id="reason"
      name="reason"
      type="text"
      dir="auto"
      autocomplete="off"
      maxlength="500"
      aria-describedby="reason-hint"
    />
  </div>`
}

function reasonIn(data: FormData): string | null {
  return String(data.get('reason') ?? '').trim() || null
}
