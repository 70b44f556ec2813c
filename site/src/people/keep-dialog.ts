/** The dialog that says until when somebody keeps access. */
import { html, nothing } from 'lit-html'
import * as text from '#language/people.ts'
import { updateProfessional } from '../api/client.ts'
import type { FieldError, ProfessionalSummary } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { makeDialog } from '../ui/dialog.ts'
import { type Field, field } from '../ui/form.ts'
import { problemNotice } from '../ui/problem-view.ts'

type OnKept = (changed: ProfessionalSummary) => void

let person: ProfessionalSummary
let onKept: OnKept
let problem: Problem | null = null
let isBusy = false

const dialog = makeDialog('keep', () => isBusy)

/** Asks for the last day of `whom`, and saves it. */
export function openKeepDialog(whom: ProfessionalSummary, then: OnKept): void {
  person = whom
  onKept = then
  problem = null
  draw()
}

function draw(): void {
  const spec: Field = {
    name: 'ends_on',
    label: text.endDate,
    type: 'date',
    hint: text.keepUntilHint,
  }
  const errors: FieldError[] =
    problem?.kind === 'invalid' ? problem.errors.filter((one) => one.field === 'ends_on') : []
  dialog.show(
    html`
      <form class="stack" novalidate @submit=${onSubmit}>
        <h2 id="keep-title" tabindex="-1">
          ${text.keepUntilTitle(html`<bdi>${person.name}</bdi>`)}
        </h2>
        ${field(spec, person.ends_on ?? '', errors)}
        ${problem && !errors.length ? html`<div role="alert">${problemNotice(problem)}</div>` : nothing}
        <div class="actions">
          <button class="button primary" type="submit" aria-disabled=${isBusy ? 'true' : nothing}>
            ${text.save}
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

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const typed =
    (event.currentTarget as HTMLFormElement).querySelector<HTMLInputElement>('#ends_on')?.value ??
    ''
  isBusy = true
  draw()
  const result = await updateProfessional(person.account, person.professional, {
    ends_on: typed || null,
  })
  isBusy = false
  if (result.ok) {
    dialog.close()
    return onKept(result.value)
  }
  problem = result.problem
  draw()
}

function cancel(): void {
  if (!isBusy) dialog.close()
}
