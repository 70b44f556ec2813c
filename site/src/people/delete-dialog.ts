/**
 * The dialog that deletes a professional and, if they hold a mandatory role, hands it over in the
 * same step.
 */
import { html } from 'lit-html'
import * as text from '#language/people.ts'
import { type DeletionDenial, deletionDenial } from '../api/acting-as.ts'
import { deleteProfessional } from '../api/client.ts'
import type { Account, ProfessionalSummary } from '../api/contract.ts'
import type { Problem, RequiredRoles } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { type DialogContent, formDialog } from '../ui/dialog/form-dialog.ts'
import { missingPermission, rolesInSentence } from '../words/codes.ts'
import { SuccessorChoice } from './successor-choice.ts'

/** A deletion's result: the name of the successor, if roles were handed over. */
export interface Deletion {
  handedOverTo: string | null
}

/** Asks for confirmation and deletes a person; null when nothing was deleted. */
export async function confirmDeletion(
  account: Account,
  person: ProfessionalSummary,
): Promise<Deletion | null> {
  let choice: SuccessorChoice | null = null
  const deleted = await formDialog({
    id: 'delete',
    opener: deletionOpener(person),
    content(problem, redraw) {
      const denial = denialNow(account, person, problem)
      if (denial) return denied(account, person, denial)
      if (problem?.kind !== 'role-required') return question(person)
      choice ??= new SuccessorChoice(person, redraw)
      return handover(person, problem, choice)
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

/** Returns the `data-opens` of the buttons that delete a person. */
export function deletionOpener({
  professional,
}: Pick<ProfessionalSummary, 'professional'>): string {
  return `delete-${professional}`
}

/**
 * Returns why the deletion is denied, with the account as the server describes it: other
 * administrators may be gone, or somebody may have linked, since the page was opened.
 */
function denialNow(
  account: Account,
  { professional }: ProfessionalSummary,
  problem: Problem | null,
): DeletionDenial | null {
  if (problem?.kind === 'appointment-required') return 'needs-appointment'
  const isLast = problem?.kind === 'role-required' && problem.roles.includes('administrator')
  const roles = isLast ? { ...account.roles, administrators: [professional] } : account.roles
  return deletionDenial({ ...account, roles }, professional)
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
  const reasons = {
    'only-administrator': () => text.appointFirst(name, link('appoint', text.appointAnother)),
    'needs-appointment': () => text.withdrawFirst(name, link('appoint', text.takeRoleAway)),
    'cannot-appoint': () =>
      account.you.as === 'staff'
        ? missingPermission('appointments')
        : text.mayNotAppoint(name, link('roles', text.theAdministrators)),
  }
  return {
    heading: text.cannotDeleteTitle(name),
    body: html`<p>${reasons[denial]()}</p>`,
    submit: null,
    cancel: text.close,
    explainsProblem: true,
  }
}

function handover(
  person: ProfessionalSummary,
  required: RequiredRoles,
  choice: SuccessorChoice,
): DialogContent {
  const name = html`<bdi>${person.name}</bdi>`
  const held = rolesInSentence(required.roles)
  const common = {
    heading: text.handOverTitle,
    isDangerous: true,
    cancel: text.cancel,
    explainsProblem: true,
  }
  if (!required.eligible.length && !required.has_more) {
    const add = pageUrl('/people/add/', { account: person.account })
    const body = html`
      <p>${text.nobodyToTakeOver(name, held)} ${required.needs_active ? text.onlyActive : ''}</p>
      <p><a href=${add}>${text.addPerson}</a></p>
    `
    return { ...common, body, submit: null }
  }
  return {
    ...common,
    body: html`
      <p>${text.handOverText(name, held)}</p>
      ${choice.render(required)}
    `,
    submit: text.handOverAndDelete,
  }
}
