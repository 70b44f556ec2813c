/**
 * The dialog that deletes a professional and, when they hold a mandatory role, hands it over in the
 * same step.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/people.ts'
import { whyNotDeleted } from '../api/acting-as.ts'
import { deleteProfessional } from '../api/client.ts'
import type { Account, ProfessionalSummary } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { makeDialog } from '../ui/dialog.ts'
import { problemNotice } from '../ui/problem-view.ts'
import { rolesInSentence } from '../words/codes.ts'

type Handover = Extract<Problem, { kind: 'role-required' }>
/** Gets the name of whoever took over the roles, if they were handed over. */
type OnDeleted = (handedOverTo: string | null) => void

let account: Account
let person: ProfessionalSummary
let onDeleted: OnDeleted
let problem: Problem | null = null
let isBusy = false

const dialog = makeDialog('delete', () => isBusy)

/** Asks whether to delete `whom` of the account, and does it. */
export function openDeleteDialog(of: Account, whom: ProfessionalSummary, then: OnDeleted): void {
  account = of
  person = whom
  onDeleted = then
  problem = null
  draw()
}

function draw(): void {
  const why = whyNotDeleted(account, person.professional)
  if (why) return dialog.show(refusal(why), why)
  const handover = problem?.kind === 'role-required' ? problem : null
  const name = html`<bdi>${person.name}</bdi>`
  dialog.show(
    html`
      <form class="stack" @submit=${onSubmit}>
        <h2 id="delete-title" tabindex="-1">
          ${handover ? text.handOverTitle : text.deleteTitle(name)}
        </h2>
        ${handover ? handOver(handover) : html`<p>${text.deleteText(name, html`<bdi>${person.email}</bdi>`)}</p>`}
        ${problem && !handover ? html`<div role="alert">${problemNotice(problem)}</div>` : nothing}
        <div class="actions">
          ${
            handover && !handover.eligible.length
              ? nothing
              : html`<button
                  class="button danger"
                  type="submit"
                  aria-disabled=${isBusy ? 'true' : nothing}
                >
                  ${handover ? text.handOverAndDelete : text.deletePerson}
                </button>`
          }
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

function refusal(why: NonNullable<ReturnType<typeof whyNotDeleted>>) {
  const name = html`<bdi>${person.name}</bdi>`
  const link = (place: string, label: string) =>
    html`<a href="${pageUrl('/account/', { account: account.account })}#${place}">${label}</a>`
  return html`
    <div class="stack">
      <h2 id="delete-title" tabindex="-1">${text.cannotDeleteTitle(name)}</h2>
      <p>
        ${
          why === 'only-administrator'
            ? text.appointFirst(name, link('appoint', text.appointAnother))
            : text.mayNotAppoint(name, link('roles', text.theAdministrators))
        }
      </p>
      <div class="actions">
        <button class="button" type="button" @click=${cancel}>${text.close}</button>
      </div>
    </div>
  `
}

function handOver({ roles: held, eligible }: Handover) {
  const name = html`<bdi>${person.name}</bdi>`
  if (!eligible.length) {
    return html`
      <p>${text.nobodyToTakeOver(name, rolesInSentence(held))}</p>
      <p><a href=${pageUrl('/people/add/', { account: person.account })}>${text.addPerson}</a></p>
    `
  }
  return html`
    <p>${text.handOverText(name, rolesInSentence(held))}</p>
    <fieldset class="choices">
      <legend>${text.handOverTo}</legend>
      ${eligible.map(
        (one) => html`
          <div class="check">
            <input
              type="radio"
              name="hand_over_to"
              id="heir-${one.professional}"
              value=${one.professional}
              data-name=${one.name}
              required
            />
            <label for="heir-${one.professional}"><bdi>${one.name}</bdi></label>
          </div>
        `,
      )}
    </fieldset>
  `
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const successor = (event.currentTarget as HTMLFormElement).querySelector<HTMLInputElement>(
    'input:checked',
  )
  isBusy = true
  draw()
  const result = await deleteProfessional(
    person.account,
    person.professional,
    successor?.value ?? null,
  )
  isBusy = false
  if (result.ok) {
    dialog.close()
    return onDeleted(successor?.dataset.name ?? null)
  }
  problem = result.problem
  // Whoever else was administrator when the page was opened no longer is.
  if (problem.kind === 'role-required' && problem.roles.includes('administrator')) {
    account = { ...account, roles: { ...account.roles, administrators: [person.professional] } }
  }
  draw()
}

function cancel(): void {
  if (!isBusy) dialog.close()
}
