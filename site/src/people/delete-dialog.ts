/**
 * The dialog that deletes a professional and, if they hold a mandatory role, hands it over in the
 * same step.
 */
import { html, type TemplateResult } from 'lit-html'
import * as text from '#language/people.ts'
import { type DeletionDenial, deletionDenial } from '../api/acting-as.ts'
import { deleteProfessional } from '../api/client.ts'
import type { Account, ProfessionalSummary } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { type DialogContent, formDialog } from '../ui/dialog/form-dialog.ts'
import { rolesInSentence } from '../words/codes.ts'

type RoleRequired = Extract<Problem, { kind: 'role-required' }>

/** A deletion's result: the name of the successor, if roles were handed over. */
export interface Deletion {
  handedOverTo: string | null
}

/** Asks for confirmation and deletes a person; null when nothing was deleted. */
export async function confirmDeletion(
  account: Account,
  person: ProfessionalSummary,
): Promise<Deletion | null> {
  const deleted = await formDialog({
    id: 'delete',
    content(problem) {
      const denial = deletionDenial(accountNow(account, person, problem), person.professional)
      if (denial) return denied(account, person, denial)
      return problem?.kind === 'role-required' ? handover(person, problem) : question(person)
    },
    async send(form) {
      const successor = form.querySelector<HTMLInputElement>('input:checked')
      const { account, professional } = person
      const result = await deleteProfessional(account, professional, successor?.value ?? null)
      return result.ok
        ? { ok: true, value: { handedOverTo: successor?.dataset.name ?? null } }
        : result
    },
  })
  return deleted?.value ?? null
}

/**
 * Returns the account as the server describes it: other administrators may be gone since the page
 * was opened.
 */
function accountNow(
  account: Account,
  { professional }: ProfessionalSummary,
  problem: Problem | null,
): Account {
  if (problem?.kind !== 'role-required' || !problem.roles.includes('administrator')) return account
  return { ...account, roles: { ...account.roles, administrators: [professional] } }
}

function question({ name, email }: ProfessionalSummary): DialogContent {
  const shown = html`<bdi>${name}</bdi>`
  return {
    heading: text.deleteTitle(shown),
    body: html`<p>${text.deleteText(shown, html`<bdi>${email}</bdi>`)}</p>`,
    submit: text.deletePerson,
    isDangerous: true,
    cancel: text.cancel,
  }
}

function denied(
  account: Account,
  person: ProfessionalSummary,
  denial: DeletionDenial,
): DialogContent {
  const name = html`<bdi>${person.name}</bdi>`
  const link = (place: string, label: string) =>
    html`<a href="${pageUrl('/account/', { account: account.account })}#${place}">${label}</a>`
  return {
    heading: text.cannotDeleteTitle(name),
    body: html`<p>
      ${
        denial === 'only-administrator'
          ? text.appointFirst(name, link('appoint', text.appointAnother))
          : text.mayNotAppoint(name, link('roles', text.theAdministrators))
      }
    </p>`,
    submit: null,
    cancel: text.close,
    explainsProblem: true,
  }
}

function handover(person: ProfessionalSummary, { roles, eligible }: RoleRequired): DialogContent {
  const name = html`<bdi>${person.name}</bdi>`
  const held = rolesInSentence(roles)
  const common = {
    heading: text.handOverTitle,
    isDangerous: true,
    cancel: text.cancel,
    explainsProblem: true,
  }
  if (!eligible.length) {
    const add = pageUrl('/people/add/', { account: person.account })
    const body = html`
      <p>${text.nobodyToTakeOver(name, held)}</p>
      <p><a href=${add}>${text.addPerson}</a></p>
    `
    return { ...common, body, submit: null }
  }
  return {
    ...common,
    body: html`
      <p>${text.handOverText(name, held)}</p>
      <fieldset class="choices">
        <legend>${text.handOverTo}</legend>
        ${eligible.map(successorChoice)}
      </fieldset>
    `,
    submit: text.handOverAndDelete,
  }
}

function successorChoice({ professional, name }: RoleRequired['eligible'][number]): TemplateResult {
  return html`
    <div class="check">
      <input
        type="radio"
        name="hand_over_to"
        id="successor-${professional}"
        value=${professional}
        data-name=${name}
        required
      />
      <label for="successor-${professional}"><bdi>${name}</bdi></label>
    </div>
  `
}
