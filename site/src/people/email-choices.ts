/** The form in which people choose how often they get which e-mails. */
import { html } from 'lit-html'
import * as text from '#language/emails.ts'
import { updateProfessional } from '../api/client.ts'
import type { FieldError, Frequency, MailPreference, Professional } from '../api/contract.ts'
import { clearMessage, showProblem } from '../shell/view.ts'
import { errorSummary, type Field, field, focusErrors, submitButton } from '../ui/form/form.ts'

interface Choosing {
  /** The person's own profile as it is now. */
  person: () => Professional
  redraw: () => void
  /** Called with the changed profile, or null when nothing changed. */
  done: (changed: Professional | null) => void
}

/** The choices, as part of a page. */
export class EmailChoices {
  private isBusy = false
  private errors: FieldError[] = []

  constructor(private readonly choosing: Choosing) {}

  render() {
    const preferences = this.choosing.person().you.mail_preferences ?? []
    return html`
      <section class="card" aria-labelledby="e-mails">
        <h2 id="e-mails" tabindex="-1">${text.title}</h2>
        ${preferences.length ? this.form(preferences) : html`<p>${text.onlyOwn}</p>`}
      </section>
    `
  }

  private form(preferences: MailPreference[]) {
    const fields = preferences.map(fieldOf)
    return html`
      <p>${text.intro}</p>
      <p class="hint">${text.always}</p>
      <form class="stack" novalidate @submit=${this.onSubmit}>
        ${errorSummary(fields, this.errors)}
        ${preferences.map((one) => field(fieldOf(one), one.frequency, this.errors))}
        <div class="actions">${submitButton(text.save, this.isBusy, { primary: false })}</div>
      </form>
    `
  }

  private readonly onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (this.isBusy) return
    const { person, redraw, done } = this.choosing
    const { account, professional, you } = person()
    const data = new FormData(event.currentTarget as HTMLFormElement)
    const changed: Record<string, Frequency> = {}
    for (const one of you.mail_preferences ?? []) {
      const chosen = one.choices.find((choice) => choice === data.get(nameOf(one)))
      if (chosen && chosen !== one.frequency) changed[one.notices] = chosen
    }
    clearMessage()
    this.errors = []
    if (!Object.keys(changed).length) return done(null)
    this.isBusy = true
    redraw()
    const result = await updateProfessional(account, professional, { mail_preferences: changed })
    this.isBusy = false
    if (result.ok) return done(result.value)
    if (result.problem.kind === 'invalid') this.errors = result.problem.errors
    redraw()
    if (this.errors.length) focusErrors()
    else showProblem(result.problem)
  }
}

function fieldOf(preference: MailPreference): Field {
  return {
    name: nameOf(preference),
    label: text.notices[preference.notices],
    type: 'select',
    required: true,
    choices: preference.choices.map((value) => ({ value, label: text.frequencies[value] })),
  }
}

/** Returns the name of a choice in the request's errors. */
function nameOf(preference: MailPreference): string {
  return `mail_preferences.${preference.notices}`
}
