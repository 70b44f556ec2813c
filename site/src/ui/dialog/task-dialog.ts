/**
 * The dialog of something that takes many requests: what it will do, how far it is, what went
 * wrong, and what came of it.
 */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/people.ts'
import type { Problem, Result } from '../../api/problem.ts'
import { retryWhileBusy } from '../../api/retry.ts'
import { problemNotice } from '../problem-notice.ts'
import { makeDialog } from './dialog.ts'

export interface Task {
  title: string
  /**
   * What will be done, to be agreed to with the button `start`; without it the task just starts.
   */
  question: { words: TemplateResult; start: string } | null
  /** Takes the next step; answers whether there is more to do. A step that failed is repeated. */
  step: () => Promise<Result<boolean>>
  /** How far it is. */
  progress: () => string
  /** What came of it. */
  outcome: () => string | TemplateResult
  /** Called once all is done. */
  finish?: () => void
}

type Stage = 'question' | 'running' | 'stopping' | 'stopped' | 'failed' | 'done'

/** Opens the dialog of a task. */
export function openTask(task: Task): void {
  new TaskDialog(task).open()
}

class TaskDialog {
  private stage: Stage = 'question'
  private problem: Problem | null = null
  /** For how many seconds a busy server is waited for. */
  private waitsFor: number | null = null
  private readonly dialog = makeDialog('task', () => this.isUnderWay())

  constructor(private readonly task: Task) {}

  open(): void {
    if (this.task.question) this.draw()
    else void this.run()
  }

  private readonly run = async (): Promise<void> => {
    this.problem = null
    this.enter('running')
    for (let isMore = true; isMore; ) {
      const result = await retryWhileBusy(this.task.step, (seconds) => {
        this.waitsFor = seconds
        this.draw()
      })
      if (!result.ok) {
        this.problem = result.problem
        return this.enter('failed')
      }
      isMore = result.value
      if (isMore && this.isStopping()) return this.enter('stopped')
      if (isMore) this.draw()
    }
    this.enter('done')
    this.task.finish?.()
  }

  private enter(stage: Stage): void {
    this.stage = stage
    this.draw()
  }

  private draw(): void {
    const { task, stage, problem } = this
    this.dialog.show(
      html`
        <div class="stack">
          <h2 id="task-title" tabindex="-1">${task.title}</h2>
          ${stage === 'question' ? task.question?.words : this.progress()}
          ${problem ? html`<div role="alert">${problemNotice(problem)}</div>` : nothing}
          <div class="actions">${this.buttons()}</div>
        </div>
      `,
      this.isUnderWay() ? 'running' : stage,
    )
  }

  private progress() {
    const { task, stage, waitsFor } = this
    if (stage === 'done') return html`<p role="status">${task.outcome()}</p>`
    return html`
      ${this.isUnderWay() ? html`<progress aria-labelledby="task-title"></progress>` : nothing}
      <p role="status">${waitsFor ? text.waitsFor(waitsFor) : task.progress()}</p>
    `
  }

  private buttons() {
    const { close } = this.dialog
    switch (this.stage) {
      case 'question':
        return html`
          ${button(this.task.question?.start ?? '', this.run, 'primary')}
          ${button(text.cancel, close)}
        `
      case 'running':
      case 'stopping':
        return button(text.stop, () => this.enter('stopping'), '', this.isStopping())
      case 'stopped':
      case 'failed':
        return html`${button(text.goOn, this.run, 'primary')} ${button(text.close, close)}`
      case 'done':
        return button(text.close, close, 'primary')
    }
  }

  private isUnderWay(): boolean {
    return this.stage === 'running' || this.isStopping()
  }

  private isStopping(): boolean {
    return this.stage === 'stopping'
  }
}

function button(label: string, onClick: () => unknown, look = '', isBusy = false) {
  return html`<button
    class="button ${look}"
    type="button"
    aria-disabled=${isBusy ? 'true' : nothing}
    @click=${() => void onClick()}
  >
    ${label}
  </button>`
}
