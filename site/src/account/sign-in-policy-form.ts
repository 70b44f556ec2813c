/** The form for an account's sign-in policy: several factors, and which sign-ins can be linked. */
import { html, nothing } from 'lit-html'
import * as text from '#language/sign-in-policy.ts'
import { changeSignInPolicy, listProviders } from '../api/client.ts'
import type {
  Account,
  FactorsFor,
  FieldError,
  LinkingKind,
  Provider,
  SignInPolicy,
} from '../api/contract.ts'
import type { Result } from '../api/problem.ts'
import { clearMessage, showProblem } from '../shell/view.ts'
import { errorSummary, type Field, field, focusErrors, submitButton } from '../ui/form/form.ts'

/** The `data-opens` of the button that opens the form. */
export const POLICY_OPENER = 'sign-in-policy-form'

const FACTORS: FactorsFor[] = ['everybody', 'administrators', 'nobody']
const KINDS: LinkingKind[] = ['any', 'mail-domains', 'issuers']

interface Editing {
  account: Account
  policy: SignInPolicy
  redraw: () => void
  /** Called with the changed account, or null when nothing changed. */
  done: (changed: Account | null) => void
}

/** The form, from "Change sign-in policy" until it is saved or cancelled. */
export class SignInPolicyForm {
  private isBusy = false
  private errors: FieldError[] = []
  private kind: LinkingKind
  private providers: Result<Provider[]> | null = null

  constructor(private readonly editing: Editing) {
    this.kind = editing.policy.linking.kind
    void this.loadProviders()
  }

  render() {
    const { policy, done } = this.editing
    const { kind } = this
    return html`
      <form class="card" data-opener=${POLICY_OPENER} @submit=${this.onSubmit}>
        ${errorSummary(this.fields(), this.errors)}
        <fieldset class="choices few stack" id="factors" tabindex="-1">
          <legend>${text.factors}</legend>
          <p class="hint">${text.factorsHint}</p>
          ${FACTORS.map((code) =>
            choice('factors', code, { label: text.factorsFor[code] }, code === policy.factors),
          )}
          ${this.whatProvidersConfirm()}
        </fieldset>
        <fieldset class="choices few stack" id="linking" tabindex="-1" @change=${this.onKind}>
          <legend>${text.linking}</legend>
          <p class="hint">${text.linkingHint}</p>
          ${KINDS.map((code) =>
            choice('kind', code, text.linkingKinds[code], code === policy.linking.kind),
          )}
          ${kind === 'any' ? nothing : this.values(kind)}
        </fieldset>
        <div class="actions">
          ${submitButton(text.save, this.isBusy)}
          <button class="button" type="button" @click=${() => done(null)}>${text.cancel}</button>
        </div>
      </form>
    `
  }

  /** Says which providers can satisfy the requirement, before it is set. */
  private whatProvidersConfirm() {
    const { providers } = this
    if (!providers) return html`<p class="pending">…</p>`
    if (!providers.ok) return html`<p class="hint">${text.noProviders}</p>`
    return html`
      <p><strong>${text.providers}</strong></p>
      <ul>
        ${providers.value.map(
          ({ name, asserts_factors }) =>
            html`<li>
              <bdi>${name}</bdi>: ${asserts_factors ? text.confirmsFactors : text.confirmsNone}
            </li>`,
        )}
      </ul>
    `
  }

  private values(kind: Exclude<LinkingKind, 'any'>) {
    const { linking } = this.editing.policy
    const known = kind === linking.kind ? linking.values.join('\n') : ''
    return field(valuesField(kind), known, this.errors)
  }

  private fields(): Field[] {
    const group = (name: string, label: string): Field => ({ name, label, type: 'text' })
    return [
      group('factors', text.factors),
      group('linking', text.linking),
      ...(this.kind === 'any' ? [] : [valuesField(this.kind)]),
    ]
  }

  private async loadProviders(): Promise<void> {
    const listed = await listProviders()
    this.providers = listed.ok ? { ok: true, value: listed.value.providers } : listed
    this.editing.redraw()
  }

  private readonly onKind = ({ target }: Event): void => {
    const chosen = KINDS.find((one) => target instanceof HTMLInputElement && target.value === one)
    if (!chosen) return
    this.kind = chosen
    this.errors = []
    this.editing.redraw()
  }

  private readonly onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (this.isBusy) return
    const { account, policy, redraw, done } = this.editing
    const data = new FormData(event.currentTarget as HTMLFormElement)
    clearMessage()
    this.errors = []
    this.isBusy = true
    redraw()
    const result = await changeSignInPolicy(account.account, {
      factors: FACTORS.find((one) => one === data.get('factors')) ?? policy.factors,
      linking: { kind: this.kind, values: lines(data.get(VALUES)) },
      version: account.version,
    })
    this.isBusy = false
    if (result.ok) return done(result.value)
    if (result.problem.kind === 'invalid') this.errors = result.problem.errors.map(ofForm)
    redraw()
    if (this.errors.length) focusErrors()
    else showProblem(result.problem)
  }
}

/** The field of the domains or issuers, as the API names it. */
const VALUES = 'linking.values'

function valuesField(kind: Exclude<LinkingKind, 'any'>): Field {
  return {
    name: VALUES,
    label: text.values[kind],
    type: 'textarea',
    required: true,
    hint: text.valuesHint[kind],
  }
}

/** Returns an error of one of the values as that of their field. */
function ofForm(error: FieldError): FieldError {
  return error.field.startsWith(`${VALUES}`) ? { ...error, field: VALUES } : error
}

/** Returns the lines that are not empty. */
function lines(value: FormDataEntryValue | null): string[] {
  return String(value ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

function choice(
  name: string,
  value: string,
  words: { label: string; meaning?: string },
  isCurrent: boolean,
) {
  const id = `${name}-${value}`
  return html`
    <div class="check">
      <input
        type="radio"
        name=${name}
        id=${id}
        value=${value}
        ?checked=${isCurrent}
        aria-describedby=${words.meaning ? `${id}-hint` : nothing}
      />
      <label for=${id}>${words.label}</label>
      ${words.meaning ? html`<span class="hint" id="${id}-hint">${words.meaning}</span>` : nothing}
    </div>
  `
}
