/** The life of a page with a form: checking, sending, what was wrong, and what comes next. */
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

/** What a form holds when it is sent. */
export interface Sent {
  form: HTMLFormElement
  /** The values by field name, without spaces around them. */
  values: Record<string, string>
  /** The name of the button that was pressed, if it has one. */
  button: string | null
}

export interface FormPageOptions<T> {
  /** The page's heading, and what stands behind it on the tab. */
  title: () => [name: string, context?: string]
  /** The fields that are on the form now. */
  fields: () => Field[]
  /** Fields that are made of more than one control, which the summary names too. */
  groups?: Field[]
  /** The page's content; `form` has what its form is made of. */
  content: (form: FormPage) => TemplateResult
  /** Finds what the fields cannot tell one by one. */
  check?: (sent: Sent) => FieldError[]
  /** Sends the form; null when there is nothing to send. */
  send: (sent: Sent) => Promise<Result<T>> | null
  /** Goes on after the form was sent; gets null when there was nothing to send. */
  done: (value: T | null, sent: Sent) => void
  /** Names the fields that a problem is about, besides those of `invalid`. */
  errorsOf?: (problem: Problem) => FieldError[]
  /** Explains a problem on the form itself, in a notice with the id `error-summary`. */
  explain?: (problem: Problem) => TemplateResult | null
}

export interface FormPage {
  /** Whether something is being sent. */
  readonly isBusy: boolean
  /** Draws the page. */
  render: () => void
  /** The form, with a summary of what is wrong above its content. */
  form: (content: unknown, className?: string) => TemplateResult
  /** A field with the value that it starts with. */
  field: (spec: Field, value?: string) => TemplateResult
  submit: (label: string, options?: { name?: string; primary?: boolean }) => TemplateResult
  /** Forgets what was wrong. */
  reset: () => void
  /** Sends something else than the form, one thing at a time; null when something is under way. */
  run: <V>(request: () => Promise<Result<V>>) => Promise<Result<V> | null>
  /** Shows why something was not done, and leaves everything typed where it is. */
  fail: (problem: Problem) => void
}

/**
 * Makes a page with a form, to be drawn with `render`.
 *
 * A form that is sent is checked first. What is wrong stands beside the fields and in a summary,
 * which gets the focus, and is counted in the title; any other problem is shown above the page.
 * While something is being sent nothing else is, and everything typed stays.
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
