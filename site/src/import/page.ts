/** The pages that import a CSV file: it is chosen, tried without changing anything, brought in, and its result is saved. */
import { type TemplateResult, html, nothing } from 'lit-html'
import * as text from '#language/import.ts'
import { goOn as goOnLabel, waitsFor as waiting } from '#language/people.ts'
import { accountBar } from '../account-view.ts'
import type { Account } from '../contract.ts'
import { OpenQuote, writeCsv } from '../csv.ts'
import { errorMessage } from '../form.ts'
import { icon } from '../icon.ts'
import { explainedProblem } from '../problem-view.ts'
import type { FieldError, Problem } from '../problem.ts'
import { saveCsv } from '../save-file.ts'
import { paint, title } from '../view.ts'
import { columnOf, placesOf } from './columns.ts'
import type { Kind } from './kind.ts'
import { Ledger, MOST_SHOWN, type Shown, type State } from './ledger.ts'
import { dropProgress, keepProgress, keptProgress } from './progress.ts'
import { type Source, records, survey } from './records.ts'
import { type Send, type Work, addRows, tryRows } from './run.ts'

/** More is hours of work, for which the operator's command is made. */
export const MOST_ROWS = 100_000
/** What is larger is something else. In bytes. */
const LARGEST_FILE = 100_000_000

type Words = typeof text.people | typeof text.accounts
type Stage = 'choose' | 'reading' | 'trying' | 'tried' | 'adding' | 'done'

export interface ImportPage<Input, Column extends string> {
  account: Account
  /** The page of the account's bar that this one belongs to. */
  tab: Parameters<typeof accountBar>[1]
  kind: Kind<Input, Column>
  words: Words
  labels: Record<Column, string>
  /** Where the imported can be seen. */
  list: string
  /** Begins anew with another file. */
  begin: () => void
  send: (rows: Input[], isTrial: boolean) => ReturnType<Send<Input>>
  /** What is asked before the rows are brought in. */
  wishes?: () => TemplateResult
  /** What is said when they were. */
  afterwards?: () => string
}

/** Shows the page. */
export function showImport<Input, Column extends string>(page: ImportPage<Input, Column>): void {
  const { account, kind, words, labels, list } = page
  const what = `${kind.name}:${account.account}`
  const isColumn = (cell: string) => columnOf(kind.names, cell) !== null

  let stage: Stage = 'choose'
  let work: Work<Input, Column> | null = null
  let ignored: string[] = []
  /** Why a file cannot be read. */
  let fault: string | null = null
  /** Why the server could not be asked about the rest. */
  let problem: Problem | null = null
  let waitsFor: number | null = null

  draw()
  for (const event of ['dragover', 'drop'] as const) {
    // A file that misses the field must not take the place of the page.
    document.addEventListener(event, (it) => it.preventDefault())
  }
  addEventListener('beforeunload', (event) => {
    if (stage === 'adding') event.preventDefault()
  })

  function draw(): void {
    title(words.title, account.name)
    paint(html`${accountBar(account, page.tab)} ${content()}`)
  }

  /** Goes on to another stage, and has its heading read. */
  function enter(next: Stage): void {
    stage = next
    problem = null
    draw()
    document.getElementById('stage')?.focus()
  }

  function content() {
    switch (stage) {
      case 'choose':
        return html`${introduction()} ${chooser()} ${columns()}`
      case 'reading':
        return html`<p class="notice" role="status">${text.reading}</p>`
      case 'trying':
        return progress(text.tryingTitle, goOnTrying)
      case 'tried':
        return outcomeOfTrial()
      case 'adding':
        return progress(text.addingTitle, goOnAdding)
      case 'done':
        return outcome()
    }
  }

  function introduction() {
    return html`
      <p class="lead">${words.lead}</p>
      <ol class="import-steps">
        ${words.steps.map((step) => html`<li>${step}</li>`)}
      </ol>
    `
  }

  function chooser() {
    return html`
      ${fault ? html`<div class="notice bad" role="alert"><p>${fault}</p></div>` : nothing}
      <div class="drop" @drop=${onDropped}>
        ${icon('upload')}
        <div class="field">
          <label for="file">${text.csvFile}</label>
          <input id="file" type="file" accept=".csv,.tsv,.txt,text/csv" aria-describedby="file-hint" @change=${onChosen} />
          <span class="hint" id="file-hint">${words.fileHint(MOST_ROWS)}</span>
        </div>
      </div>
    `
  }

  function columns() {
    return html`
      <section>
        <div class="head">
          <h2>${text.columnsTitle}</h2>
          <button class="button" type="button" @click=${() => saveCsv(words.templateFile, [words.template])}>
            ${icon('download')} ${text.templateDownload}
          </button>
        </div>
        <p class="hint">${text.columnsHint}</p>
        <dl class="facts card">
          ${words.columns.map(
            ([name, meaning]) => html`
              <div>
                <dt>${name}</dt>
                <dd>${meaning}</dd>
              </div>
            `,
          )}
        </dl>
      </section>
    `
  }

  function onChosen(event: Event): void {
    const input = event.currentTarget as HTMLInputElement
    const [chosen] = input.files ?? []
    // So that the same file, once it is mended, can be chosen again.
    if (chosen) void read(chosen).finally(() => (input.value = ''))
  }

  function onDropped(event: DragEvent): void {
    const [dropped] = event.dataTransfer?.files ?? []
    if (dropped) void read(dropped)
  }

  async function read(chosen: File): Promise<void> {
    fault = null
    if (chosen.size > LARGEST_FILE) return refuseFile(words.tooLarge)
    stage = 'reading'
    draw()
    let source: Source
    try {
      source = await survey(chosen, isColumn)
    } catch (error) {
      return refuseFile(error instanceof OpenQuote ? text.openQuote(error.record) : text.unreadableFile)
    }
    const { header, count } = source
    const places = placesOf(kind.names, kind.required, header)
    if (places.lacking.length) {
      return refuseFile(text.lackingColumns(places.lacking.map((column) => labels[column]), header.join(', ').slice(0, 200)))
    }
    if (!count) return refuseFile(words.noRows)
    if (count > MOST_ROWS) return refuseFile(text.tooManyRows(count, MOST_ROWS))
    ignored = places.ignored
    await tryAll(source, keptProgress(what, chosen))
  }

  async function tryAll(source: Source, earlier: number): Promise<void> {
    page.begin()
    work = { kind, source, ledger: new Ledger(source.count, earlier), words: messages, uncertain: new Set() }
    enter('trying')
    await goOnTrying()
  }

  function refuseFile(why: string): void {
    work = null
    fault = why
    stage = 'choose'
    draw()
  }

  function goOnTrying(): Promise<void> {
    return goOn(true, 'tried')
  }

  function goOnAdding(): Promise<void> {
    return goOn(false, 'done')
  }

  async function goOn(isTrial: boolean, next: Stage): Promise<void> {
    if (!work) return
    problem = null
    draw()
    const { file } = work.source
    const send: Send<Input> = (rows) => page.send(rows, isTrial)
    const onProgress = (through: number, seconds: number | null) => {
      if (!isTrial && seconds === null) keepProgress(what, file, through)
      waitsFor = seconds
      draw()
    }
    try {
      problem = await (isTrial ? tryRows : addRows)(work, send, onProgress)
    } catch {
      // Somebody has saved it anew, or taken it away.
      return refuseFile(text.fileChanged)
    }
    if (!problem) {
      if (!isTrial) dropProgress(what)
      return enter(next)
    }
    draw()
    document.getElementById('go-on')?.focus()
  }

  function progress(heading: string, again: () => Promise<void>) {
    const isTrial = stage === 'trying'
    const { all, done } = far(isTrial)
    const said = isTrial ? text.tryingProgress(done, all) : words.addingProgress(done, all)
    return html`
      <section class="card">
        <h2 id="stage" tabindex="-1">${heading}</h2>
        <progress max=${all} value=${done} aria-labelledby="stage"></progress>
        <p>${waitsFor ? waiting(waitsFor) : said}</p>
        ${
          problem
            ? html`
                <div role="alert">${explainedProblem(problem)}</div>
                <div class="actions">
                  <button class="button primary" type="button" id="go-on" @click=${() => void again()}>${goOnLabel}</button>
                  ${isTrial ? otherFile() : nothing}
                </div>
                ${isTrial ? nothing : html`<p class="hint">${words.goOnIsSafe}</p>`}
              `
            : nothing
        }
      </section>
    `
  }

  /** How many rows the stage is about, and how many of them are done. */
  function far(isTrial: boolean): { all: number; done: number } {
    const brought = count('added') + count('updated')
    if (!isTrial) return { all: count('new') + count('change') + brought, done: brought }
    const all = (work?.source.count ?? 0) - count('earlier')
    return { all, done: all - count('waiting') }
  }

  function outcomeOfTrial() {
    const [fresh, changes, faulty] = [count('new'), count('change'), count('invalid')]
    return html`
      <section>
        <h2 id="stage" tabindex="-1">${text.triedTitle}</h2>
        <p>${text.triedText(html`<bdi>${work?.source.file.name}</bdi>`)}</p>
        ${counts([
          ['good', words.canBeAdded(fresh)],
          ['good', words.canBeChanged(changes)],
          ['info', words.areKnown(count('known'))],
          ['info', text.wereEarlier(count('earlier'))],
          ['bad', text.haveErrors(faulty)],
        ])}
        ${ignored.length ? html`<p class="hint">${text.ignoredColumns(html`<bdi>${ignored.join(', ')}</bdi>`)}</p>` : nothing}
        ${count('earlier') ? fromTheBeginning() : nothing}
        ${
          fresh + changes
            ? html`
                <div class="card">
                  ${page.wishes?.() ?? nothing}
                  <div class="actions">
                    <button class="button primary" type="button" @click=${begin}>${words.importNow(fresh + changes)}</button>
                    ${otherFile()}
                  </div>
                  ${faulty ? html`<p class="hint">${words.faultyAreLeftOut}</p>` : nothing}
                </div>
              `
            : html`
                <p class="notice">${faulty ? text.nothingToAddButErrors : words.nothingToAdd}</p>
                <div class="actions">${otherFile()} <a class="button" href=${list}>${words.backToList}</a></div>
              `
        }
        ${faultyRows()} ${knownRows()}
      </section>
    `
  }

  function fromTheBeginning() {
    const all = () => work && void tryAll(work.source, 0)
    return html`<p><button class="button" type="button" @click=${all}>${text.checkAll}</button></p>`
  }

  function outcome() {
    return html`
      <section>
        <h2 id="stage" tabindex="-1">${words.doneTitle(count('added'), count('updated'))}</h2>
        ${page.afterwards ? html`<p>${page.afterwards()}</p>` : nothing}
        ${counts([
          ['good', words.wereAdded(count('added'))],
          ['good', words.wereChanged(count('updated'))],
          ['info', words.areKnown(count('known'))],
          ['info', text.wereEarlier(count('earlier'))],
          ['bad', text.haveErrors(count('invalid'))],
        ])}
        <div class="actions">
          <a class="button primary" href=${list}>${words.backToList}</a>
          <button class="button" type="button" @click=${() => void saveResult()}>${icon('download')} ${text.resultDownload}</button>
          ${otherFile()}
        </div>
        ${faultyRows()} ${knownRows()}
      </section>
    `
  }

  function counts(lines: ['good' | 'info' | 'bad', string | null][]) {
    return html`
      <ul class="counts">
        ${lines.map(([look, line]) => (line ? html`<li class=${look}>${icon(look)} ${line}</li>` : nothing))}
      </ul>
    `
  }

  function faultyRows() {
    const rows = work?.ledger.shown.invalid ?? []
    if (!rows.length) return nothing
    const save = html`<button class="button" type="button" @click=${() => void saveResult()}>
      ${icon('download')} ${text.trialDownload}
    </button>`
    return html`
      <div class="head">
        <h3 id="faulty">${text.faultyRows}</h3>
        ${stage === 'tried' ? save : nothing}
      </div>
      ${rowTable('faulty', rows, count('invalid'), text.whatIsWrong, said)}
    `
  }

  function knownRows() {
    const rows = (work?.ledger.shown.known ?? []).filter((row) => row.said.some(Boolean))
    if (!rows.length) return nothing
    return html`
      <details>
        <summary id="known">${words.knownRows}</summary>
        ${rowTable('known', rows, count('known'), words.knownAs, (row) => html`<bdi>${row.said.join(' ')}</bdi>`)}
      </details>
    `
  }

  function rowTable(labelledBy: string, rows: Shown[], all: number, lastColumn: string, last: (row: Shown) => unknown) {
    const [first, second] = words.who
    return html`
      <table class="list" role="table" aria-labelledby=${labelledBy}>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">${text.row}</th>
            <th role="columnheader" scope="col">${first}</th>
            <th role="columnheader" scope="col">${second}</th>
            <th role="columnheader" scope="col">${lastColumn}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows.map(
            (row) => html`
              <tr role="row">
                <th role="rowheader" scope="row"><span class="row-label">${text.row} </span>${row.number}</th>
                <td role="cell" data-label=${first}><bdi>${row.who[0] || '–'}</bdi></td>
                <td role="cell" data-label=${second}><bdi>${row.who[1] || '–'}</bdi></td>
                <td role="cell" data-label=${lastColumn}>${last(row)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
      ${all > MOST_SHOWN ? html`<p class="hint">${text.moreRows(all - MOST_SHOWN)}</p>` : nothing}
    `
  }

  function said(row: Shown) {
    return html`<ul class="plain">
      ${row.said.map((message) => html`<li>${message}</li>`)}
    </ul>`
  }

  function messages(errors: FieldError[]): string[] {
    return errors.map((error) => errorMessage(labels[error.field as Column] ?? error.field, error))
  }

  /** Saves the file as it was, with what became of each row. It is read once more, so that it need not be kept. */
  async function saveResult(): Promise<void> {
    if (!work) return
    const { source, ledger } = work
    const { header } = source
    const parts: BlobPart[] = [writeCsv([[...header, text.outcomeColumn, text.detailColumn]])]
    let index = 0
    try {
      for await (const batch of records(source, isColumn)) {
        const lines = batch.map(({ cells }) => {
          const line = [...header.map((_, place) => cells[place] ?? ''), words.outcomes[ledger.state(index)], ledger.detail(index)]
          index += 1
          return line
        })
        // What is in a Blob need not be in the page's own memory.
        if (lines.length) parts.push(new Blob([writeCsv(lines)]))
      }
    } catch {
      return refuseFile(text.fileChanged)
    }
    saveCsv(words.resultFile, parts)
  }

  function otherFile() {
    return html`<button class="button" type="button" @click=${startOver}>${text.otherFile}</button>`
  }

  function startOver(): void {
    work = null
    fault = null
    stage = 'choose'
    problem = null
    draw()
    document.getElementById('file')?.focus()
  }

  function begin(): void {
    enter('adding')
    void goOnAdding()
  }

  function count(state: State): number {
    return work?.ledger.counts[state] ?? 0
  }
}
