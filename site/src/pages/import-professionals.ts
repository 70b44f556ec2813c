/** Import: many people at once from a CSV file, after a trial run that shows what would become of every row. */
import { html, nothing } from 'lit-html'
import * as text from '#language/people.ts'
import { importProfessionals, showAccount } from '../api.ts'
import { page } from '../address.ts'
import { accountBar } from '../account-view.ts'
import { OpenQuote, decode, readCsv, writeCsv } from '../csv.ts'
import { checkbox, errorMessage } from '../form.ts'
import { icon } from '../icon.ts'
import { type Column, MOST_ROWS, type Row, type Table, type Verdict, isColumn, readTable } from '../import/rows.ts'
import { type Send, addRows, tryRows } from '../import/run.ts'
import { explainedProblem } from '../problem-view.ts'
import type { Problem } from '../problem.ts'
import { saveCsv } from '../save-file.ts'
import { load, paint, required, signedIn, title } from '../view.ts'

/** A list of people is far smaller; what is larger is something else. In bytes. */
const LARGEST_FILE = 5_000_000
/** More rows than this are named in the result file only: nobody reads on. */
const MOST_SHOWN = 200

const LABELS: Record<Column, string> = {
  name: text.name,
  email: text.email,
  title: text.jobTitle,
  phone: text.phone,
  language: text.mailLanguage,
  ends_on: text.endDate,
  administrator: text.administrator,
}

type Stage = 'choose' | 'trying' | 'tried' | 'adding' | 'done'

await signedIn()
const id = await required('account')
const account = await load(() => showAccount(id))
const list = page('/people/', { account: id })
let stage: Stage = 'choose'
let file: { name: string; table: Table } | null = null
/** Why a file cannot be read. */
let fault: string | null = null
/** Why the server could not be asked about the rest. */
let problem: Problem | null = null
let waitsFor: number | null = null
let sendsInvitations = true

draw()
for (const kind of ['dragover', 'drop'] as const) {
  // A file that misses the field must not take the place of the page.
  document.addEventListener(kind, (event) => event.preventDefault())
}
addEventListener('beforeunload', (event) => {
  if (stage === 'adding') event.preventDefault()
})

function draw(): void {
  title(text.importTitle, account.name)
  paint(html`${accountBar(account, '')} ${account.you.may.includes('invite') ? content() : refusal()}`)
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
    case 'trying':
      return progress(text.tryingTitle, text.tryingProgress, goOnTrying)
    case 'tried':
      return outcomeOfTrial()
    case 'adding':
      return progress(text.addingTitle, text.addingProgress, goOnAdding)
    case 'done':
      return outcome()
  }
}

function introduction() {
  return html`
    <p class="lead">${text.importLead}</p>
    <ol class="import-steps">
      ${text.importSteps.map((step) => html`<li>${step}</li>`)}
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
        <span class="hint" id="file-hint">${text.csvFileHint(MOST_ROWS)}</span>
      </div>
    </div>
  `
}

function columns() {
  return html`
    <section>
      <div class="head">
        <h2>${text.columnsTitle}</h2>
        <button class="button" type="button" @click=${() => saveCsv(text.templateFile, text.template)}>
          ${icon('download')} ${text.templateDownload}
        </button>
      </div>
      <p class="hint">${text.columnsHint}</p>
      <dl class="facts card">
        ${text.columns.map(
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
  if (chosen) void read(chosen).then(() => (input.value = ''))
}

function onDropped(event: DragEvent): void {
  const [dropped] = event.dataTransfer?.files ?? []
  if (dropped) void read(dropped)
}

async function read(chosen: File): Promise<void> {
  fault = null
  if (chosen.size > LARGEST_FILE) return refuseFile(text.tooLarge)
  let table: Table
  try {
    const content = decode(await chosen.arrayBuffer())
    // No text has such signs: it is a workbook, a picture or the like.
    if (/^PK\x03\x04|\0/.test(content)) return refuseFile(text.unreadableFile)
    table = readTable(readCsv(content, isColumn))
  } catch (error) {
    return refuseFile(error instanceof OpenQuote ? text.openQuote(error.record) : text.unreadableFile)
  }
  const { header, rows, lacking } = table
  if (lacking.length) return refuseFile(text.lackingColumns(lacking.map((column) => LABELS[column]), header.join(', ').slice(0, 200)))
  if (!rows.length) return refuseFile(text.noRows)
  if (rows.length > MOST_ROWS) return refuseFile(text.tooManyRows(rows.length, MOST_ROWS))
  file = { name: chosen.name, table }
  enter('trying')
  await goOnTrying()
}

function refuseFile(why: string): void {
  fault = why
  draw()
}

async function goOnTrying(): Promise<void> {
  await goOn(tryRows, true, 'tried')
}

async function goOnAdding(): Promise<void> {
  await goOn(addRows, false, 'done')
}

async function goOn(run: typeof tryRows, isTrial: boolean, next: Stage): Promise<void> {
  problem = null
  draw()
  const send: Send = (rows) => importProfessionals(id, { dry_run: isTrial, send_invitations: sendsInvitations, rows })
  const stoppedBy = await run(rowsOf(), send, (seconds) => {
    waitsFor = seconds
    draw()
  })
  if (!stoppedBy) return enter(next)
  problem = stoppedBy
  draw()
  document.getElementById('go-on')?.focus()
}

function progress(heading: string, said: (done: number, all: number) => string, again: () => Promise<void>) {
  const rows = rowsOf()
  const isTrial = stage === 'trying'
  const concerned = rows.filter(({ verdict }) => isTrial || verdict?.kind === 'new' || verdict?.kind === 'added')
  const done = concerned.filter(({ verdict }) => verdict && (isTrial || verdict.kind !== 'new')).length
  return html`
    <section class="card">
      <h2 id="stage" tabindex="-1">${heading}</h2>
      <progress max=${concerned.length} value=${done} aria-labelledby="stage"></progress>
      <p>${waitsFor ? text.waitsFor(waitsFor) : said(done, concerned.length)}</p>
      ${
        problem
          ? html`
              <div role="alert">${explainedProblem(problem)}</div>
              <div class="actions">
                <button class="button primary" type="button" id="go-on" @click=${() => void again()}>${text.goOn}</button>
                ${isTrial ? otherFile() : nothing}
              </div>
              ${isTrial ? nothing : html`<p class="hint">${text.goOnIsSafe}</p>`}
            `
          : nothing
      }
    </section>
  `
}

function outcomeOfTrial() {
  const rows = rowsOf()
  const fresh = having(rows, 'new')
  return html`
    <section>
      <h2 id="stage" tabindex="-1">${text.triedTitle}</h2>
      <p>${text.triedText(html`<bdi>${file?.name}</bdi>`)}</p>
      ${counts([
        ['good', text.canBeAdded(fresh.length)],
        ['info', text.onListAlready(having(rows, 'exists').length)],
        ['bad', text.haveErrors(having(rows, 'invalid').length)],
      ])}
      ${ignoredColumns()}
      ${
        fresh.length
          ? html`
              <div class="card">
                <div @change=${onInvitationsChanged}>
                  ${checkbox('send_invitations', text.sendInvitations, sendsInvitations, text.sendInvitationsHint)}
                </div>
                <div class="actions">
                  <button class="button primary" type="button" @click=${begin}>${text.importNow(fresh.length)}</button>
                  ${otherFile()}
                </div>
                ${having(rows, 'invalid').length ? html`<p class="hint">${text.faultyAreLeftOut}</p>` : nothing}
              </div>
            `
          : html`
              <p class="notice">${having(rows, 'invalid').length ? text.nothingToAddButErrors : text.nothingToAdd}</p>
              <div class="actions">${otherFile()} <a class="button" href=${list}>${text.backToList}</a></div>
            `
      }
      ${faulty(rows)} ${known(rows)}
    </section>
  `
}

function outcome() {
  const rows = rowsOf()
  return html`
    <section>
      <h2 id="stage" tabindex="-1">${text.doneTitle(having(rows, 'added').length)}</h2>
      <p>${sendsInvitations ? text.doneInvited : text.doneNotInvited}</p>
      ${counts([
        ['good', text.wereAdded(having(rows, 'added').length)],
        ['info', text.onListAlready(having(rows, 'exists').length)],
        ['bad', text.haveErrors(having(rows, 'invalid').length)],
      ])}
      <div class="actions">
        <a class="button primary" href=${list}>${text.backToList}</a>
        <button class="button" type="button" @click=${saveResult}>${icon('download')} ${text.resultDownload}</button>
        ${otherFile()}
      </div>
      ${faulty(rows)} ${known(rows)}
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

function ignoredColumns() {
  const { ignored } = file?.table ?? { ignored: [] }
  return ignored.length ? html`<p class="hint">${text.ignoredColumns(html`<bdi>${ignored.join(', ')}</bdi>`)}</p>` : nothing
}

function faulty(rows: Row[]) {
  const wrong = having(rows, 'invalid')
  if (!wrong.length) return nothing
  return html`
    <div class="head">
      <h3 id="faulty">${text.faultyRows}</h3>
      ${stage === 'tried' ? html`<button class="button" type="button" @click=${saveResult}>${icon('download')} ${text.trialDownload}</button>` : nothing}
    </div>
    ${rowTable('faulty', wrong, text.whatIsWrong, (row) => errors(row.verdict))}
  `
}

function known(rows: Row[]) {
  const there = having(rows, 'exists')
  if (!there.length) return nothing
  return html`
    <details>
      <summary id="known">${text.knownRows}</summary>
      ${rowTable('known', there, text.listedAs, (row) => html`<bdi>${row.verdict?.kind === 'exists' ? row.verdict.name : ''}</bdi>`)}
    </details>
  `
}

function rowTable(labelledBy: string, rows: Row[], lastColumn: string, last: (row: Row) => unknown) {
  return html`
    <table class="list" role="table" aria-labelledby=${labelledBy}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">${text.row}</th>
          <th role="columnheader" scope="col">${text.name}</th>
          <th role="columnheader" scope="col">${text.email}</th>
          <th role="columnheader" scope="col">${lastColumn}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.slice(0, MOST_SHOWN).map(
          (row) => html`
            <tr role="row">
              <th role="rowheader" scope="row"><span class="row-label">${text.row} </span>${row.number}</th>
              <td role="cell" data-label=${text.name}><bdi>${row.input.name || '–'}</bdi></td>
              <td role="cell" data-label=${text.email}><bdi>${row.input.email || '–'}</bdi></td>
              <td role="cell" data-label=${lastColumn}>${last(row)}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
    ${rows.length > MOST_SHOWN ? html`<p class="hint">${text.moreRows(rows.length - MOST_SHOWN)}</p>` : nothing}
  `
}

function errors(verdict: Verdict | null) {
  return html`<ul class="plain">
    ${messages(verdict).map((message) => html`<li>${message}</li>`)}
  </ul>`
}

function messages(verdict: Verdict | null): string[] {
  if (verdict?.kind !== 'invalid') return []
  return verdict.errors.map((error) => errorMessage(LABELS[error.field as Column] ?? error.field, error))
}

/** Saves the file as it was, with what became of each row. */
function saveResult(): void {
  const { header } = file?.table ?? { header: [] }
  const records = rowsOf().map((row) => {
    const { verdict } = row
    const detail = verdict?.kind === 'exists' ? verdict.name : messages(verdict).join(' ')
    return [...header.map((_, index) => row.cells[index] ?? ''), verdict ? text.outcomes[verdict.kind] : '', detail]
  })
  saveCsv(text.resultFile, writeCsv([[...header, text.outcomeColumn, text.detailColumn], ...records]))
}

function otherFile() {
  return html`<button class="button" type="button" @click=${startOver}>${text.otherFile}</button>`
}

function startOver(): void {
  file = null
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

function onInvitationsChanged(event: Event): void {
  sendsInvitations = (event.target as HTMLInputElement).checked
}

function having(rows: Row[], kind: Verdict['kind']): Row[] {
  return rows.filter(({ verdict }) => verdict?.kind === kind)
}

function rowsOf(): Row[] {
  return file?.table.rows ?? []
}

function refusal() {
  return html`
    <p>${text.mayNotAdd(html`<bdi>${account.name}</bdi>`)}</p>
    <p class="actions"><a class="button primary" href=${list}>${text.ourAccounts}</a></p>
  `
}
