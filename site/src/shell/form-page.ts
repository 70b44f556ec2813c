/** The life cycle of a page with a form: check, send, show errors, continue. */
import { html, type TemplateResult } from 'lit-html'
import type { FieldError } from '../api/contract.ts'
import type { Problem, Result } from '../api/problem.ts'
import {
  errorSummary,
  type Field,
  FormErrors,
  field,
  findErrors,
  focusErrors,
  submitButton,
  valuesOf,
} from '../ui/form/form.ts'
import { clearMessage, renderPage, setTitle, showErrorCountInTitle, showProblem } from './view.ts'

/** What a form sends. */
export interface Sent {
  form: HTMLFormElement
  /** Trimmed values by field name. */
  values: Record<string, string>
  /** The name of the button that was pressed, if it has one. */
  button: string | null
}

export interface FormPageOptions<T> {
  /** The page's heading, and the context that follows it in the tab title. */
  title: () => [name: string, context?: string]
  /** The fields currently on the form. */
  fields: () => Field[]
  /** Fields of more than one control; the error summary names them too. */
  groups?: Field[]
  /** Draws the page's content with the parts in `form`. */
  content: (form: FormPage) => TemplateResult
  /** Checks rules that involve several fields. */
  check?: (sent: Sent) => FieldError[]
  /** Sends the form; null when there is nothing to send. */
  send: (sent: Sent) => Promise<Result<T>> | null
  /** Called after success; gets null when there was nothing to send. */
  done: (value: T | null, sent: Sent) => void
  /** Returns field errors for problems other than `invalid`. */
  errorsOf?: (problem: Problem) => FieldError[]
  /** Draws a problem on the form itself, in a notice with the id `error-summary`. */
  explain?: (problem: Problem) => TemplateResult | null
}

export interface FormPage {
  /** Whether a request is in progress. */
  readonly isBusy: boolean
  /** Draws the page. */
  render: () => void
  /** Draws the form with the error summary above its content. */
  form: (content: unknown, className?: string) => TemplateResult
  /** Draws a field with its initial value. */
  field: (spec: Field, value?: string) => TemplateResult
  submit: (label: string, options?: { name?: string; primary?: boolean }) => TemplateResult
  /** Clears all errors. */
  reset: () => void
  /** Sends a request other than the form's; null while another is in progress. */
  run: <V>(request: () => Promise<Result<V>>) => Promise<Result<V> | null>
  /** Shows a problem and keeps everything typed. */
  fail: (problem: Problem) => void
}

/**
 * Creates a page with a form; `render` draws it.
 *
 * Checks the form before it is sent. Errors show beside their fields and in a summary, which gets
 * the focus, and the tab title says that there are some. Other problems show above the page. While
 * a request is in progress nothing else is sent, and everything typed stays.
 */
export function formPage<T>(options: FormPageOptions<T>): FormPage {
  const errors = new FormErrors(options.fields, render)
  let notice: TemplateResult | null = null
  let isBusy = false

  function render(): void {
    const [name, context] = options.title()
    if (errors.summary.length || notice) showErrorCountInTitle(name, context)
    else setTitle(name, context)
    renderPage(options.content(page))
  }

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (isBusy) return
    const form = event.currentTarget as HTMLFormElement
    const button = event.submitter?.getAttribute('name') ?? null
    const sent = { form, values: valuesOf(form), button }
    clearMessage()
    notice = null
    errors.set([...findErrors(form, options.fields()), ...(options.check?.(sent) ?? [])])
    if (errors.now.length) {
      render()
      return focusErrors()
    }
    const request = options.send(sent)
    if (!request) return options.done(null, sent)
    const result = await wait(request)
    if (result.ok) return options.done(result.value, sent)
    fail(result.problem)
  }

  async function wait<V>(request: Promise<Result<V>>): Promise<Result<V>> {
    isBusy = true
    render()
    const result = await request
    isBusy = false
    return result
  }

  function fail(problem: Problem): void {
    const fields = problem.kind === 'invalid' ? problem.errors : options.errorsOf?.(problem)
    if (fields?.length) errors.set(fields)
    notice = options.explain?.(problem) ?? null
    render()
    if (errors.now.length || notice) focusErrors()
    else showProblem(problem)
  }

  const page: FormPage = {
    get isBusy() {
      return isBusy
    },
    render,
    form: (content, className = 'card') => html`
      <form
        class=${className}
        novalidate
        @submit=${onSubmit}
        @input=${errors.onInput}
        @focusout=${errors.onLeave}
      >
        ${errorSummary([...options.fields(), ...(options.groups ?? [])], errors.summary)} ${notice}
        ${content}
      </form>
    `,
    field: (spec, value = '') => field(spec, value, errors.now),
    submit: (label, look) => submitButton(label, isBusy, look),
    reset() {
      errors.set([])
      notice = null
    },
    async run(request) {
      if (isBusy) return null
      clearMessage()
      return wait(request())
    },
    fail,
  }
  return page
}
