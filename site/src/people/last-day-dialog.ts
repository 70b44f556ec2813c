/** The dialog that sets a person's last day of access. */
import { html } from 'lit-html'
import * as text from '#language/people.ts'
import { updateProfessional } from '../api/client.ts'
import type { FieldError, Professional, ProfessionalSummary } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { formDialog } from '../ui/dialog/form-dialog.ts'
import { type Field, field, valuesOf } from '../ui/form/form.ts'

const LAST_DAY: Field = {
  name: 'ends_on',
  label: text.endDate,
  type: 'date',
  hint: text.keepUntilHint,
}

/** Asks for a person's last day and saves it; null when nothing was saved. */
export async function askForLastDay(person: ProfessionalSummary): Promise<Professional | null> {
  const saved = await formDialog({
    id: 'keep',
    opener: lastDayOpener(person),
    content(problem) {
      const errors = errorsOf(problem)
      return {
        heading: text.keepUntilTitle(html`<bdi>${person.name}</bdi>`),
        body: field(LAST_DAY, person.ends_on ?? '', errors),
        submit: text.save,
        cancel: text.cancel,
        explainsProblem: errors.length > 0,
      }
    },
    send: (form) =>
      updateProfessional(person.account, person.professional, {
        ends_on: valuesOf(form).ends_on || null,
      }),
  })
  return saved?.value ?? null
}

/** Returns the `data-opens` of the button that sets a person's last day. */
export function lastDayOpener({ professional }: ProfessionalSummary): string {
  return `keep-${professional}`
}

function errorsOf(problem: Problem | null): FieldError[] {
  if (problem?.kind !== 'invalid') return []
  return problem.errors.filter((error) => error.field === LAST_DAY.name)
}
