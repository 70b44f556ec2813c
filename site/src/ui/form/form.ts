/** Forms: labelled fields, errors beside them and in a summary, and submit buttons. */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/forms.ts'
import type { FieldError, ValueError } from '../../api/contract.ts'
import { perPage } from '../../lib/per-page.ts'
import { sentence } from '../../words/codes.ts'

export interface Field {
  name: string
  label: string
  type: 'text' | 'email' | 'tel' | 'date' | 'select' | 'textarea'
  required?: boolean
  autocomplete?: string
  hint?: string
  /** Options of a select, by value. */
  choices?: { value: string; label: string }[]
  /** Checks a value that is not empty. */
  rule?: (value: string) => ValueError | null
}

/** Draws a label, its control with its initial value, a hint and an error. */
export function field(spec: Field, value: string, errors: FieldError[]): TemplateResult {
  const { name, label, required = false, hint } = spec
  const error = errors.find((one) => one.field === name)
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return html`
    <div class="field">
      <label for=${name}
        >${label}
        ${required ? nothing : html`<span class="optional">${text.optional}</span>`}</label
      >
      ${hint ? html`<span class="hint" id="${name}-hint">${hint}</span>` : nothing}
      ${CONTROLS[spec.type](spec, value, described, Boolean(error))}
      ${
        error
          ? html`<span class="error" id="${name}-error">${errorMessage(label, error)}</span>`
          : nothing
      }
    </div>
  `
}

function input(spec: Field, value: string, described: string, invalid: boolean) {
  return html`<input
    id=${spec.name}
    name=${spec.name}
    type=${spec.type}
    value=${value}
    autocomplete=${spec.autocomplete ?? 'off'}
    dir=${spec.type === 'text' ? 'auto' : nothing}
    ?required=${spec.required ?? false}
    aria-describedby=${described || nothing}
    aria-invalid=${invalid ? 'true' : nothing}
  />`
}

function select(spec: Field, value: string, described: string, invalid: boolean) {
  return html`<select
    id=${spec.name}
    name=${spec.name}
    aria-describedby=${described || nothing}
    aria-invalid=${invalid ? 'true' : nothing}
  >
    ${(spec.choices ?? []).map(
      (choice) =>
        html`<option value=${choice.value} ?selected=${choice.value === value}>
          ${choice.label}
        </option>`,
    )}
  </select>`
}

function textarea(spec: Field, value: string, described: string, invalid: boolean) {
  return html`<textarea
    id=${spec.name}
    name=${spec.name}
    rows="4"
    dir="auto"
    autocomplete="off"
    ?required=${spec.required ?? false}
    aria-describedby=${described || nothing}
    aria-invalid=${invalid ? 'true' : nothing}
    .defaultValue=${value}
  ></textarea>`
}

const CONTROLS = { text: input, email: input, tel: input, date: input, select, textarea }

/** Draws a checkbox with its label and, below, a hint. */
export function checkbox(
  name: string,
  label: string,
  checked: boolean,
  hint?: string,
): TemplateResult {
  return html`
    <div class="check">
      <input
        type="checkbox"
        id=${name}
        name=${name}
        ?checked=${checked}
        aria-describedby=${hint ? `${name}-hint` : nothing}
      />
      <label for=${name}>${label}</label>
      ${hint ? html`<span class="hint" id="${name}-hint">${hint}</span>` : nothing}
    </div>
  `
}

/** Draws the error summary of a form, each error with a link to its field. */
export function errorSummary(fields: Field[], errors: FieldError[]) {
  if (!errors.length) return nothing
  return html`
    <div class="notice bad" id="error-summary" tabindex="-1" role="alert">
      <p><strong>${text.checkWhatYouTyped}</strong></p>
      <ul>
        ${errors.map((error) => {
          const known = fields.find((one) => one.name === error.field)
          const message = errorMessage(known?.label ?? error.field.replaceAll('_', ' '), error)
          return html`<li>
            ${known ? html`<a href="#${error.field}" @click=${focusField}>${message}</a>` : message}
          </li>`
        })}
      </ul>
    </div>
  `
}

/** Moves the focus to the error summary, once it is drawn. */
export function focusErrors(): void {
  document.getElementById('error-summary')?.focus()
}

/** Checks the form's values by the rules of their fields. */
export function findErrors(form: HTMLFormElement, fields: Field[]): FieldError[] {
  return fields.flatMap((spec) => {
    const control = form.elements.namedItem(spec.name)
    const error = isTextControl(control) ? errorOf(control, spec) : null
    return error ? [{ field: spec.name, ...error }] : []
  })
}

/** A control for text of one line or several. */
type TextControl = HTMLInputElement | HTMLTextAreaElement

function isTextControl(control: unknown): control is TextControl {
  return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement
}

function errorOf(control: TextControl, { required, rule }: Field): ValueError | null {
  if (control.validity.badInput) return { code: 'date' }
  const value = control.value.trim()
  if (!value) return required ? { code: 'missing' } : null
  if (rule) return rule(value)
  return control.validity.typeMismatch ? { code: 'email' } : null
}

/** Returns the form's trimmed values by field name. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const data = new FormData(form)
  return Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]))
}

/** Draws a submit button. While busy it keeps the focus but does nothing. */
export function submitButton(
  label: string,
  busy: boolean,
  options: { name?: string; primary?: boolean } = {},
) {
  const { name, primary = true } = options
  return html`<button
    class="button ${primary ? 'primary' : ''}"
    type="submit"
    name=${name ?? nothing}
    value=${name ? 'true' : nothing}
    aria-disabled=${busy ? 'true' : nothing}
  >
    ${label}
  </button>`
}

/**
 * Formats an error: "E-mail must be an e-mail address." Uses the server's wording for unknown
 * codes.
 */
export function errorMessage(label: string, { code, most, reason }: FieldError): string {
  if (code === 'taken') return text.taken(label, reason ?? '')
  const known = text.fieldErrors[code]
  if (known) return known(label, most ?? 0)
  return reason ? sentence(`${label} ${reason}`) : text.otherFieldError(label)
}

/**
 * The errors of a form while it is being filled in.
 *
 * A field is checked when it loses the focus, and from its first error on with every key, so that
 * the error disappears as soon as it is corrected. The summary lists the errors of the last attempt
 * to send, and disappears with the last error.
 */
export class FormErrors {
  /** Current errors, shown beside the fields. */
  now: FieldError[] = []
  private sent: FieldError[] = []
  private readonly typed = new WeakSet<EventTarget>()

  constructor(
    private readonly fields: () => Field[],
    private readonly render: () => void,
  ) {
    pointer()
  }

  /** Errors of the last attempt to send, for the summary. */
  get summary(): FieldError[] {
    return this.now.length ? this.sent : []
  }

  /** Sets the errors of an attempt to send, found here or by the server. */
  set(errors: FieldError[]): void {
    this.now = errors
    this.sent = errors
  }

  /** Listener for the form's `input` events. */
  readonly onInput = ({ target }: Event): void => {
    if (!isTextControl(target)) return
    this.typed.add(target)
    if (this.now.some((error) => error.field === target.name)) this.check(target)
  }

  /**
   * Listener for the form's `focusout` events.
   *
   * Ignores fields in which nobody has typed yet.
   */
  readonly onLeave = ({ target, relatedTarget }: FocusEvent): void => {
    if (!isTextControl(target) || !this.typed.has(target)) return
    if (relatedTarget instanceof HTMLButtonElement && relatedTarget.type === 'submit') return
    whenReleased(() => this.check(target))
  }

  private check(control: TextControl): void {
    const spec = this.fields().find(({ name }) => name === control.name)
    if (!spec) return
    const error = errorOf(control, spec)
    const known = this.now.find(({ field }) => field === spec.name)
    if (!error && !known) return
    const others = this.now.filter(({ field }) => field !== spec.name)
    this.now = error ? [...others, { field: spec.name, ...error }] : others
    this.render()
  }
}

/** Whether a pointer button is pressed. */
const pointer = perPage(() => {
  const state = { isDown: false }
  const onDown = () => {
    state.isDown = true
  }
  const onUp = () => {
    state.isDown = false
  }
  addEventListener('pointerdown', onDown, { capture: true })
  addEventListener('pointerup', onUp, { capture: true })
  addEventListener('pointercancel', onUp, { capture: true })
  return state
})

/**
 * Runs `act` once no pointer button is pressed: an error that appears between pressing and
 * releasing would move the target of the click.
 */
function whenReleased(act: () => void): void {
  if (!pointer().isDown) return act()
  addEventListener('pointerup', () => setTimeout(act), { once: true })
}

function focusField(event: Event): void {
  event.preventDefault()
  const name = (event.currentTarget as HTMLAnchorElement).hash.slice(1)
  document.getElementById(name)?.focus()
}
