/**
 * The pages that import a CSV file: it is chosen, tried without changing anything, brought in, and
 * its result is saved.
 */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/import.ts'
import type { Account, FieldError } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { UnclosedQuote } from '../lib/csv.ts'
import { saveCsv } from '../lib/save-file.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { renderPage, setTitle } from '../shell/view.ts'
import { errorMessage } from '../ui/form/form.ts'
import { chooseView } from './choose-view.ts'
import { columnsOf, findColumn, findColumns, type RecordKind, titleOf } from './columns.ts'
import { Importer, type Send } from './importer.ts'
import { doneView, otherFile, trialView } from './outcome-view.ts'
import { clearProgress, storedProgress, storeProgress } from './progress.ts'
import { type Source, scanFile } from './records.ts'
import { ResultFile } from './result-file.ts'
import type { Words } from './words.ts'
import { workingView } from './working-view.ts'

/** More is hours of work, for which the operator's command is made. */
const MOST_ROWS = 100_000
/** What is larger is something else. In bytes. */
const LARGEST_FILE = 100_000_000

type Stage = 'choose' | 'reading' | 'trying' | 'tried' | 'adding' | 'done'

export interface ImportPage {
  account: Account
  /** The page of the account's bar that this one belongs to. */
  tab: Parameters<typeof accountBar>[1]
  kind: RecordKind
  words: Words
  /** Where the imported can be seen. */
  list: string
  /** Begins anew with another file. */
  begin: () => void
  send: Send
  /** What is asked before the rows are brought in. */
  wishes?: () => TemplateResult
  /** What is said when they were. */
  afterwards?: () => string
}

/** Shows the page. */
export function showImport(page: ImportPage): void {
  const { account, kind, words, list } = page
  const what = `${kind}:${account.account}`
  const isColumn = (cell: string) => findColumn(kind, cell) !== null

  let stage: Stage = 'choose'
  /** The file that is being imported. */
  let source: Source | null = null
  let importer: Importer | null = null
  let ignored: string[] = []
  /** Why a file cannot be read. */
  let fault: string | null = null
  /** Why the server could not be asked about the rest. */
  let problem: Problem | null = null
  let waitsFor: number | null = null

  draw()
  for (const event of ['dragover', 'drop'] as const) {
    // A file that misses the field must not take the place of the page.
    document.addEventListener(event, (misplaced) => misplaced.preventDefault())
  }
  addEventListener('beforeunload', (event) => {
    if (stage === 'adding') event.preventDefault()
  })

  function draw(): void {
    setTitle(words.title, account.name)
    renderPage(html`${accountBar(account, page.tab)} ${content()}`)
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
        return chooseView({ kind, words, mostRows: MOST_ROWS, fault, read })
      case 'reading':
        return html`<p class="notice" role="status">${text.reading}</p>`
      case 'trying':
        return trying()
      case 'tried':
        return tried()
      case 'adding':
        return adding()
      case 'done':
        return doneView(outcome(), page.afterwards?.() ?? null)
    }
  }

  function trying() {
    const { waiting, earlier } = resultFile().counts
    const all = resultFile().count - earlier
    const done = all - waiting
    const again = () => void goOnTrying()
    const said = text.tryingProgress(done, all)
    return workingView({
      heading: text.tryingTitle,
      all,
      done,
      said,
      waitsFor,
      problem,
      again,
      beside: otherFile(startOver),
      below: nothing,
    })
  }

  function adding() {
    const { new: fresh, change, added, updated } = resultFile().counts
    const done = added + updated
    const all = fresh + change + done
    const again = () => void goOnAdding()
    const below = html`<p class="hint">${words.goOnIsSafe}</p>`
    const said = words.addingProgress(done, all)
    return workingView({
      heading: text.addingTitle,
      all,
      done,
      said,
      waitsFor,
      problem,
      again,
      beside: nothing,
      below,
    })
  }

  function tried() {
    const fileName = source?.file.name ?? ''
    const tryEarlier = () => source && void tryAll(source, 0)
    return trialView({
      ...outcome(),
      fileName,
      ignored,
      wishes: page.wishes?.() ?? null,
      begin,
      tryEarlier,
    })
  }

  function outcome() {
    return { words, resultFile: resultFile(), list, saveResult: () => void saveResult(), startOver }
  }

  async function read(chosen: File): Promise<void> {
    fault = null
    if (chosen.size > LARGEST_FILE) return refuseFile(words.tooLarge)
    stage = 'reading'
    draw()
    let scanned: Source
    try {
      scanned = await scanFile(chosen, isColumn)
    } catch (error) {
      return refuseFile(
        error instanceof UnclosedQuote ? text.openQuote(error.record) : text.unreadableFile,
      )
    }
    const { header, count, fingerprint } = scanned
    const columns = findColumns(kind, header)
    if (columns.missing.length)
      return refuseFile(
        text.lackingColumns(columns.missing.map(titleOf), header.join(', ').slice(0, 200)),
      )
    if (!count) return refuseFile(words.noRows)
    if (count > MOST_ROWS) return refuseFile(text.tooManyRows(count, MOST_ROWS))
    ignored = columns.ignored
    await tryAll(scanned, storedProgress(what, fingerprint))
  }

  async function tryAll(scanned: Source, earlier: number): Promise<void> {
    page.begin()
    source = scanned
    const results = new ResultFile(scanned.count, earlier)
    importer = new Importer(kind, scanned, results, page.send, messages, onProgress)
    enter('trying')
    await goOnTrying()
  }

  function refuseFile(why: string): void {
    source = null
    importer = null
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

  function onProgress(through: number, seconds: number | null): void {
    if (stage === 'adding' && seconds === null && source)
      storeProgress(what, source.fingerprint, through)
    waitsFor = seconds
    draw()
  }

  async function goOn(isTrial: boolean, next: Stage): Promise<void> {
    if (!importer) return
    problem = null
    draw()
    try {
      problem = await (isTrial ? importer.preview() : importer.import())
    } catch {
      // Somebody has saved it anew, or taken it away.
      return refuseFile(text.fileChanged)
    }
    if (!problem) {
      if (!isTrial) clearProgress(what)
      return enter(next)
    }
    draw()
    document.getElementById('go-on')?.focus()
  }

  function messages(errors: FieldError[]): string[] {
    const titles = new Map(columnsOf(kind).map((column) => [column.name, titleOf(column)]))
    return errors.map((error) => errorMessage(titles.get(error.field) ?? error.field, error))
  }

  async function saveResult(): Promise<void> {
    if (!source) return
    try {
      saveCsv(words.resultFile, await resultFile().toCsv(source, isColumn, words))
    } catch {
      refuseFile(text.fileChanged)
    }
  }

  function startOver(): void {
    source = null
    importer = null
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

  function resultFile(): ResultFile {
    return importer?.resultFile ?? new ResultFile(0)
  }
}
