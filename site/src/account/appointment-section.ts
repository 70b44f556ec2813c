/**
 * Appoints an administrator from outside, and decides an appointment that waits for a second
 * person. For partner and staff.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/account-forms.ts'
import { appointAdministrator, decideAppointment } from '../api/client.ts'
import type { Account, Appointment, ProfessionalSummary } from '../api/contract.ts'
import type { Problem, Result } from '../api/problem.ts'
import { makeDialog } from '../ui/dialog.ts'
import { problemNotice } from '../ui/problem-view.ts'
import { toast } from '../ui/toast.ts'
import { formatMoment } from '../words/codes.ts'

interface Asked {
  account: Account
  people: ProfessionalSummary[]
  /** What is decided; null while somebody is to be appointed. */
  decision: { appointment: Appointment; approve: boolean } | null
  /** Gets the account as it was changed. */
  done: (changed: Account) => void
}

let asked: Asked | null = null
let problem: Problem | null = null
let isBusy = false

const dialog = makeDialog('appointment', () => isBusy)

type OnDone = Asked['done']

/** Opens the dialog in which somebody is appointed. */
export function appointButton(account: Account, people: ProfessionalSummary[], done: OnDone) {
  const { roles, you } = account
  // An account without people has its first professional added instead.
  if (!you.may.includes('appoint-administrator') || !roles.administrators.length) return nothing
  const open = () => ask({ account, people, decision: null, done })
  return html`<button class="button" id="appoint" type="button" @click=${open}>
    ${text.appoint}
  </button>`
}

/** The appointment that waits for a second person, if there is one. */
export function waitingAppointment(account: Account, done: OnDone) {
  const { appointment, you } = account
  if (!appointment) return nothing
  const open = (approve: boolean) => () =>
    ask({ account, people: [], decision: { appointment, approve }, done })
  const { name, by, at, reason, in_place_of: leaving, yours } = appointment
  return html`
    <div class="notice warn">
      <p>
        <strong><bdi>${text.waits(name)}</bdi></strong>
      </p>
      <p>
        ${text.askedBy(by.name, formatMoment(at))}
        ${leaving.length ? text.inPlaceOf(leaving.join(', ')) : nothing}
      </p>
      ${reason ? html`<p><bdi>${text.because(reason)}</bdi></p>` : nothing}
      ${
        you.may.includes('decide-appointment')
          ? html`<div class="actions">
              ${yours ? nothing : html`<button class="button primary" type="button" @click=${open(true)}>${text.approve}</button>`}
              <button class="button" type="button" @click=${open(false)}>${no(appointment)}</button>
            </div>`
          : nothing
      }
    </div>
  `
}

/** Whoever asked takes it back; approving is for somebody else. */
function no({ yours }: Appointment): string {
  return yours ? text.takeBack : text.decline
}

function ask(what: Asked): void {
  asked = what
  problem = null
  draw()
}

function draw(): void {
  if (!asked) return
  const { decision } = asked
  dialog.show(
    html`
      <form class="stack" @submit=${(event: SubmitEvent) => void onSubmit(event)}>
        ${decision ? decisionForm(decision) : appointmentForm(asked)}
        ${problem ? html`<div role="alert">${problemNotice(problem)}</div>` : nothing}
        <div class="actions">
          <button class="button primary" type="submit" aria-disabled=${isBusy ? 'true' : nothing}>
            ${decision ? (decision.approve ? text.approve : no(decision.appointment)) : text.appoint}
          </button>
          <button
            class="button"
            type="button"
            aria-disabled=${isBusy ? 'true' : nothing}
            @click=${cancel}
          >
            ${text.cancel}
          </button>
        </div>
      </form>
    `,
    problem?.kind ?? 'question',
  )
}

function decisionForm({ appointment, approve }: NonNullable<Asked['decision']>) {
  const question = approve
    ? text.approveTitle
    : appointment.yours
      ? text.takeBackTitle
      : text.declineTitle
  return html`
    <h2 id="appointment-title" tabindex="-1"><bdi>${question(appointment.name)}</bdi></h2>
    ${approve ? html`<p>${text.everybodyTold}</p>` : reasonField(text.declineHint)}
  `
}

function appointmentForm({ account, people }: Asked) {
  const { administrators } = account.roles
  const eligible = people.filter(
    (one) => !one.ends_on && !administrators.includes(one.professional),
  )
  const leaving = people.filter((one) => administrators.includes(one.professional))
  return html`
    <h2 id="appointment-title" tabindex="-1">${text.appoint}</h2>
    <p>${text.appointLead} ${text.everybodyTold}</p>
    <div class="field">
      <label for="appointed">${text.whom}</label>
      <select id="appointed" name="professional" required>
        <option value="">${text.choose}</option>
        ${eligible.map((one) => html`<option value=${one.professional}>${one.name} (${one.email})</option>`)}
      </select>
    </div>
    ${eligible.length ? nothing : html`<p class="hint">${text.nobodyEligible}</p>`}
    <fieldset class="choices">
      <legend>${text.whomTheyReplace}</legend>
      <p class="hint">${text.replaceHint}</p>
      ${leaving.map(
        (one) =>
          html`<div class="check">
            <input
              type="checkbox"
              name="in_place_of"
              id="leaving-${one.professional}"
              value=${one.professional}
            />
            <label for="leaving-${one.professional}"><bdi>${one.name}</bdi></label>
          </div>`,
      )}
    </fieldset>
    ${reasonField(text.reasonHint)}
  `
}

function reasonField(hint: string) {
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

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy || !asked) return
  const data = new FormData(event.currentTarget as HTMLFormElement)
  const { account, decision, done } = asked
  isBusy = true
  draw()
  const result = await request(account.account, decision, data)
  isBusy = false
  if (!result.ok) {
    problem = result.problem
    return draw()
  }
  dialog.close()
  done(result.value)
  document.getElementById('roles')?.focus()
  toast(result.value.appointment ? text.nowWaits : text.decided)
}

function request(
  account: string,
  decision: Asked['decision'],
  data: FormData,
): Promise<Result<Account>> {
  const reason = String(data.get('reason') ?? '').trim() || null
  if (decision)
    return decideAppointment(account, decision.appointment.appointment, {
      approve: decision.approve,
      reason,
    })
  const professional = String(data.get('professional') ?? '')
  return appointAdministrator(account, {
    professional,
    in_place_of: data.getAll('in_place_of').map(String),
    reason,
  })
}

function cancel(): void {
  if (!isBusy) dialog.close()
}
