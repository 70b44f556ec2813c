/** The dialog that deletes a professional and, when they hold a mandatory role, hands it over in the same step. */
import { html, nothing, render } from 'lit-html'
import { page } from './address.ts'
import { deleteProfessional } from './api.ts'
import type { Professional } from './contract.ts'
import { explainedProblem } from './problem-view.ts'
import type { Problem } from './problem.ts'
import { roles } from './words.ts'

type Handover = Extract<Problem, { kind: 'role-required' }>
/** Gets the name of whoever took over the roles, if they were handed over. */
type OnDeleted = (handedOverTo: string | null) => void

let person: Professional
let onDeleted: OnDeleted
let problem: Problem | null = null
let isBusy = false

/** The dialog's place in a page. Its content is drawn when it opens. */
export const deleteDialog = html`<dialog
  id="delete"
  aria-labelledby="delete-title"
  @cancel=${refuseWhileBusy}
></dialog>`

/** Asks whether to delete `whom`, and does it. */
export function openDeleteDialog(whom: Professional, then: OnDeleted): void {
  person = whom
  onDeleted = then
  problem = null
  draw()
  dialog().showModal()
}

function dialog(): HTMLDialogElement {
  return document.getElementById('delete') as HTMLDialogElement
}

function draw(): void {
  const handover = problem?.kind === 'role-required' ? problem : null
  render(
    html`
      <form class="stack" method="dialog" @submit=${onSubmit}>
        <h2 id="delete-title" tabindex="-1">
          ${handover ? 'Give the role to somebody else first' : `Delete ${person.name}?`}
        </h2>
        ${handover ? handOver(handover) : question()}
        ${problem && !handover ? html`<div role="alert">${explainedProblem(problem)}</div>` : nothing}
        <div class="actions">
          ${
            handover && !handover.eligible.length
              ? nothing
              : html`<button class="button danger" type="submit" aria-disabled=${isBusy ? 'true' : 'false'}>
                  ${handover ? 'Hand over and delete' : 'Delete'}
                </button>`
          }
          <button class="button" type="button" @click=${() => dialog().close()}>Cancel</button>
        </div>
      </form>
    `,
    dialog(),
  )
}

function question() {
  return html`<p>
    ${person.name} (${person.email}) loses access at once, and an invitation that is still open becomes void. This
    cannot be undone, but you can add the person again.
  </p>`
}

function handOver({ roles: held, eligible }: Handover) {
  if (!eligible.length) {
    return html`<p>
      ${person.name} is the ${roles(held).toLowerCase()}, and there is nobody who could take over.
      <a href=${page('/people/add/', { account: person.account })}>Add new professional</a>, then delete this one.
    </p>`
  }
  return html`
    <p>${person.name} is the ${roles(held).toLowerCase()}. Choose who takes over, then both is done in one step.</p>
    <div class="field">
      <label for="hand-over-to">Hand over to</label>
      <select id="hand-over-to" name="hand_over_to">
        ${eligible.map((one) => html`<option value=${one.professional}>${one.name}</option>`)}
      </select>
    </div>
  `
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const select = dialog().querySelector('select')
  const heir = select?.value ?? null
  const heirName = select?.selectedOptions[0]?.label ?? null
  isBusy = true
  draw()
  const result = await deleteProfessional(person.account, person.professional, heir)
  isBusy = false
  if (result.ok) {
    dialog().close()
    return onDeleted(heirName)
  }
  problem = result.problem
  draw()
  const next = dialog().querySelector('select') ?? document.getElementById('delete-title')
  next?.focus()
}

/** Escape must not close the dialog while the answer is still open. */
function refuseWhileBusy(event: Event): void {
  if (isBusy) event.preventDefault()
}
