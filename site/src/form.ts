/** Forms: labelled fields, errors beside them and in a summary, and no sending twice. */
import { html, nothing, type TemplateResult } from 'lit-html'
import type { FieldError } from './problem.ts'
import { sentence } from './words.ts'

export interface Field {
  name: string
  label: string
  type: 'text' | 'email' | 'tel' | 'date' | 'select'
  required?: boolean
  autocomplete?: string
  hint?: string
  /** For a select: what can be chosen, by value. */
  choices?: { value: string; label: string }[]
}

/** What a field or a form shows besides its labels. */
export interface FormState {
  errors: FieldError[]
  busy: boolean
}

/** A label, its control with the value it starts with, a hint, and what is wrong with it. */
export function field(spec: Field, value: string, errors: FieldError[]): TemplateResult {
  const { name, label, required = false, hint } = spec
  const error = errors.find((one) => one.field === name)
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return html`
    <div class="field">
      <label for=${name}>${label} ${required ? nothing : html`<span class="optional">(optional)</span>`}</label>
      ${hint ? html`<span class="hint" id="${name}-hint">${hint}</span>` : nothing}
      ${spec.type === 'select' ? select(spec, value, described, Boolean(error)) : input(spec, value, described, Boolean(error))}
      ${error ? html`<span class="error" id="${name}-error">${message(label, error)}</span>` : nothing}
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
      (choice) => html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`,
    )}
  </select>`
}

/** A check-box with its label; what it means stands below. */
export function checkbox(name: string, label: string, checked: boolean, hint?: string): TemplateResult {
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

/** All that is wrong, at the top of the form, each with a link to its field. */
export function errorSummary(fields: Field[], errors: FieldError[]) {
  if (!errors.length) return nothing
  return html`
    <div class="notice bad" id="error-summary" tabindex="-1" role="alert">
      <p><strong>Please check what you typed.</strong></p>
      <ul>
        ${errors.map((error) => {
          const known = fields.find((one) => one.name === error.field)
          const text = message(known?.label ?? error.field.replaceAll('_', ' '), error)
          return html`<li>${known ? html`<a href="#${error.field}" @click=${focusField}>${text}</a>` : text}</li>`
        })}
      </ul>
    </div>
  `
}

/** Moves the focus to the summary of what is wrong, after the form has shown it. */
export function focusErrors(): void {
  document.getElementById('error-summary')?.focus()
}

/** What the browser itself finds wrong with the form's values, in the words the server would use. */
export function check(form: HTMLFormElement, fields: Field[]): FieldError[] {
  return fields.flatMap(({ name, required }) => {
    const control = form.elements.namedItem(name)
    if (!(control instanceof HTMLInputElement)) return []
    if (required && !control.value.trim()) return [{ field: name, reason: 'is missing' }]
    if (control.validity.typeMismatch) return [{ field: name, reason: 'must look like name@example.org' }]
    if (control.validity.badInput) return [{ field: name, reason: 'must be a whole date, such as 31 December 2030' }]
    return []
  })
}

/** The form's values by field name, without spaces around them. */
export function values(form: HTMLFormElement): Record<string, string> {
  const data = new FormData(form)
  return Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]))
}

/** A button that sends the form. While it is busy it keeps the focus but does nothing. */
export function submit(label: string, busy: boolean, options: { name?: string; primary?: boolean } = {}) {
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

/** "E-mail must look like name@example.org." */
function message(label: string, error: FieldError): string {
  return sentence(`${label} ${error.reason}`)
}

function focusField(event: Event): void {
  event.preventDefault()
  const name = (event.currentTarget as HTMLAnchorElement).hash.slice(1)
  document.getElementById(name)?.focus()
}
