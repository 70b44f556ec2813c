/**
 * The dialog of something that takes many requests: what it will do, how far it is, what went
 * wrong, and what came of it.
 */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/people.ts'
import type { Problem, Result } from '../api/problem.ts'
import { retryWhileBusy } from '../api/retry.ts'
import { makeDialog } from './dialog.ts'
import { problemNotice } from './problem-view.ts'

export interface Task {
  title: string
  /**
   * What will be done, to be agreed to with the button `start`; without it the task starts at once.
   */
  question: { words: TemplateResult; start: string } | null
  /**
   * Takes the next step; answers whether there is more to do.
   *
   * After a failure the same step is taken again.
   */
  step: () => Promise<Result<boolean>>
  /** How far it is. */
  progress: () => string
  /** What came of it. */
  outcome: () => string | TemplateResult
  /** Called once all is done. */
  finish?: () => void
}

type Stage = 'question' | 'running' | 'stopping' | 'stopped' | 'failed' | 'done'

let task: Task
let stage: Stage = 'question'
let problem: Problem | null = null
let waitsFor: number | null = null

const dialog = makeDialog('task', isUnderWay)

/** Opens the dialog of a task. */
export function openTask(wanted: Task): void {
  task = wanted
  stage = 'question'
  if (task.question) draw()
  else void run()
}

async function run(): Promise<void> {
  stage = 'running'
  problem = null
  for (let isMore = true; isMore; ) {
    draw()
    const result = await retryWhileBusy(task.step, (seconds) => {
      waitsFor = seconds
      draw()
    })
    if (!result.ok) {
      problem = result.problem
      stage = 'failed'
      return draw()
    }
    isMore = result.value
    if (isMore && isStopping()) {
      stage = 'stopped'
      return draw()
    }
  }
  stage = 'done'
  draw()
  task.finish?.()
}

function draw(): void {
  const about = isUnderWay() ? 'running' : stage
  dialog.show(
    html`
      <div class="stack">
        <h2 id="task-title" tabindex="-1">${task.title}</h2>
        ${stage === 'question' ? task.question?.words : progress()}
        ${problem ? html`<div role="alert">${problemNotice(problem)}</div>` : nothing}
        <div class="actions">${buttons()}</div>
      </div>
    `,
    about,
  )
}

function progress() {
  if (stage === 'done') return html`<p role="status">${task.outcome()}</p>`
  const said = waitsFor ? text.waitsFor(waitsFor) : task.progress()
  return html`
    ${isUnderWay() ? html`<progress aria-labelledby="task-title"></progress>` : nothing}
    <p role="status">${said}</p>
  `
}

function buttons() {
  switch (stage) {
    case 'question':
      return html`${button(task.question?.start ?? '', () => void run(), 'primary')}
      ${button(text.cancel, dialog.close)}`
    case 'running':
    case 'stopping':
      return button(text.stop, stop, '', stage === 'stopping')
    case 'stopped':
    case 'failed':
      return html`${button(text.goOn, () => void run(), 'primary')}
      ${button(text.close, dialog.close)}`
    case 'done':
      return button(text.close, dialog.close, 'primary')
  }
}

function button(label: string, act: () => void, look = '', isBusy = false) {
  return html`<button
    class="button ${look}"
    type="button"
    aria-disabled=${isBusy ? 'true' : nothing}
    @click=${act}
  >
    ${label}
  </button>`
}

function stop(): void {
  stage = 'stopping'
  draw()
}

function isUnderWay(): boolean {
  return stage === 'running' || stage === 'stopping'
}

/** Asked where a step has been waited for: the button may have been pressed meanwhile. */
function isStopping(): boolean {
  return stage === 'stopping'
}
