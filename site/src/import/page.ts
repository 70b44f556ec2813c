/** The pages that import a CSV file: choose the file, preview it, import it, save the result. */
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
import { doneView, otherFile, previewView } from './outcome-view.ts'
import { clearProgress, storedProgress, storeProgress } from './progress.ts'
import { type Source, scanFile } from './records.ts'
import { ResultFile } from './result-file.ts'
import type { Words } from './words.ts'
import { workingView } from './working-view.ts'

/** Maximum number of rows. More take hours; the operator's command imports them. */
const MOST_ROWS = 100_000
/** Maximum file size, in bytes. A larger file is no list of people or accounts. */
const LARGEST_FILE = 100_000_000

type Step = 'choose' | 'reading' | 'previewing' | 'previewed' | 'importing' | 'done'

export interface ImportPage {
  account: Account
  /** The tab of the account bar that the page belongs to. */
  tab: Parameters<typeof accountBar>[1]
  kind: RecordKind
  words: Words
  /** URL of the list that shows the imported records. */
  list: string
  /** Called before each preview of a file. */
  reset: () => void
  send: Send
  /** The options to choose before the import. */
  options?: () => TemplateResult
  /** A sentence about the imported records. */
  afterwards?: () => string
}

/** Shows the page. */
export function showImport(page: ImportPage): void {
  const { account, kind, words, list } = page
  const what = `${kind}:${account.account}`
  const isColumn = (cell: string) => findColumn(kind, cell) !== null

  let step: Step = 'choose'
  /** The file that is being imported. */
  let source: Source | null = null
  let importer: Importer | null = null
  let ignored: string[] = []
  /** Why the chosen file cannot be imported. */
  let fileError: string | null = null
  /** Why the server did not process the remaining rows. */
  let problem: Problem | null = null
  let waitsFor: number | null = null

  draw()
  for (const event of ['dragover', 'drop'] as const) {
    // Keeps the browser from opening a file that is dropped outside the field.
    document.addEventListener(event, (misplaced) => misplaced.preventDefault())
  }
  addEventListener('beforeunload', (event) => {
    if (step === 'importing') event.preventDefault()
  })

  function draw(): void {
    setTitle(words.title, account.name)
    renderPage(html`${accountBar(account, page.tab)} ${content()}`)
  }

  /** Shows a step and focuses its heading, so that screen readers announce it. */
  function show(next: Step): void {
    step = next
    problem = null
    draw()
    document.getElementById('step')?.focus()
  }

  function content() {
    switch (step) {
      case 'choose':
        return chooseView({ kind, words, mostRows: MOST_ROWS, fileError, read })
      case 'reading':
        return html`<p class="notice" role="status">${text.reading}</p>`
      case 'previewing':
        return previewing()
      case 'previewed':
        return previewed()
      case 'importing':
        return importing()
      case 'done':
        return doneView(outcome(), page.afterwards?.() ?? null)
    }
  }

  function previewing() {
    const { waiting, earlier } = resultFile().counts
    const all = resultFile().count - earlier
    const done = all - waiting
    const again = () => void continuePreview()
    const progressText = text.previewProgress(done, all)
    return workingView({
      heading: text.previewingTitle,
      all,
      done,
      progressText,
      waitsFor,
      problem,
      again,
      beside: otherFile(startOver),
      below: nothing,
    })
  }

  function importing() {
    const { new: fresh, change, added, updated } = resultFile().counts
    const done = added + updated
    const all = fresh + change + done
    const again = () => void continueImport()
    const below = html`<p class="hint">${words.goOnIsSafe}</p>`
    const progressText = words.importProgress(done, all)
    return workingView({
      heading: text.importingTitle,
      all,
      done,
      progressText,
      waitsFor,
      problem,
      again,
      beside: nothing,
      below,
    })
  }

  function previewed() {
    const fileName = source?.file.name ?? ''
    const previewAll = () => source && void startPreview(source, 0)
    return previewView({
      ...outcome(),
      fileName,
      ignored,
      options: page.options?.() ?? null,
      startImport,
      previewAll,
    })
  }

  function outcome() {
    return { words, resultFile: resultFile(), list, saveResult: () => void saveResult(), startOver }
  }

  async function read(chosen: File): Promise<void> {
    fileError = null
    if (chosen.size > LARGEST_FILE) return refuseFile(words.tooLarge)
    step = 'reading'
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
        text.missingColumns(columns.missing.map(titleOf), header.join(', ').slice(0, 200)),
      )
    if (!count) return refuseFile(words.noRows)
    if (count > MOST_ROWS) return refuseFile(text.tooManyRows(count, MOST_ROWS))
    ignored = columns.ignored
    await startPreview(scanned, storedProgress(what, fingerprint))
  }

  async function startPreview(scanned: Source, earlier: number): Promise<void> {
    page.reset()
    source = scanned
    const results = new ResultFile(scanned.count, earlier)
    importer = new Importer(kind, scanned, results, page.send, messages, onProgress)
    show('previewing')
    await continuePreview()
  }

  function refuseFile(reason: string): void {
    source = null
    importer = null
    fileError = reason
    step = 'choose'
    draw()
  }

  function continuePreview(): Promise<void> {
    return run(true, 'previewed')
  }

  function continueImport(): Promise<void> {
    return run(false, 'done')
  }

  function onProgress(through: number, seconds: number | null): void {
    if (step === 'importing' && seconds === null && source)
      storeProgress(what, source.fingerprint, through)
    waitsFor = seconds
    draw()
  }

  async function run(isPreview: boolean, next: Step): Promise<void> {
    if (!importer) return
    problem = null
    draw()
    try {
      problem = await (isPreview ? importer.preview() : importer.import())
    } catch {
      // The file was saved again, moved or deleted.
      return refuseFile(text.fileChanged)
    }
    if (!problem) {
      if (!isPreview) clearProgress(what)
      return show(next)
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
    fileError = null
    step = 'choose'
    problem = null
    draw()
    document.getElementById('file')?.focus()
  }

  function startImport(): void {
    show('importing')
    void continueImport()
  }

  function resultFile(): ResultFile {
    return importer?.resultFile ?? new ResultFile(0)
  }
}
