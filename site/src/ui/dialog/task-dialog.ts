/** The dialog of a task of many requests: question, progress, problem and outcome. */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/people.ts'
import type { Problem, Result } from '../../api/problem.ts'
import { retryWhileBusy } from '../../api/retry.ts'
import { problemNotice } from '../problem-notice.ts'
import { makeDialog } from './dialog.ts'

export interface Task {
  title: string
  /** Asks for confirmation with the button `start`; null starts at once. */
  question: { words: TemplateResult; start: string } | null
  /** Runs the next step; resolves to whether there are more. A failed step is repeated. */
  step: () => Promise<Result<boolean>>
  /** Describes the progress. */
  progress: () => string
  /** Describes the outcome. */
  outcome: () => string | TemplateResult
  /** Called when the task is complete. */
  finish?: () => void
}

type Stage = 'question' | 'running' | 'stopping' | 'stopped' | 'failed' | 'done'

/** Opens a task's dialog. */
export function openTask(task: Task): void {
  new TaskDialog(task).open()
}

class TaskDialog {
  private stage: Stage = 'question'
  private problem: Problem | null = null
  /** Seconds until the next attempt while the server is busy. */
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
      <p role="status">${waitsFor ? text.retryIn(waitsFor) : task.progress()}</p>
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
