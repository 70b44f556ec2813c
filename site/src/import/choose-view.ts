/**
 * The first step of an import: explains it, takes the file and lists the possible columns.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/import.ts'
import { saveCsv } from '../lib/save-file.ts'
import { icon } from '../ui/icon/icon.ts'
import { columnsOf, hintOf, type RecordKind, titleOf } from './columns.ts'
import type { Words } from './words.ts'

interface Choice {
  kind: RecordKind
  words: Words
  mostRows: number
  /** Why the chosen file cannot be imported. */
  fileError: string | null
  read: (chosen: File) => Promise<void>
}

export function chooseView(choice: Choice) {
  return html`${introduction(choice.words)} ${chooser(choice)} ${columns(choice)}`
}

function introduction(words: Words) {
  return html`
    <p class="lead">${words.lead}</p>
    <ol class="import-steps">
      ${words.steps.map((step) => html`<li>${step}</li>`)}
    </ol>
  `
}

function chooser({ words, mostRows, fileError, read }: Choice) {
  return html`
    ${fileError ? html`<div class="notice bad" role="alert"><p>${fileError}</p></div>` : nothing}
    <div class="drop" @drop=${(event: DragEvent) => onDropped(event, read)}>
      ${icon('upload')}
      <div class="field">
        <label for="file">${text.csvFile}</label>
        <input
          id="file"
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          aria-describedby="file-hint"
          @change=${(event: Event) => onChosen(event, read)}
        />
        <span class="hint" id="file-hint">${words.fileHint(mostRows)}</span>
      </div>
    </div>
  `
}

function columns({ kind, words }: Choice) {
  return html`
    <section>
      <div class="head">
        <h2>${text.columnsTitle}</h2>
        <button
          class="button"
          type="button"
          @click=${() => saveCsv(words.templateFile, [templateOf(kind)])}
        >
          ${icon('download')} ${text.templateDownload}
        </button>
      </div>
      <p class="hint">${text.columnsHint}</p>
      <dl class="facts card">
        ${columnsOf(kind).map(
          (column) => html`
            <div>
              <dt>${titleOf(column)}</dt>
              <dd>${hintOf(column)}</dd>
            </div>
          `,
        )}
      </dl>
    </section>
  `
}

/** Returns a file with only the header. */
function templateOf(kind: RecordKind): string {
  return `${columnsOf(kind).map(titleOf).join(text.templateDelimiter)}\r\n`
}

function onChosen(event: Event, read: Choice['read']): void {
  const input = event.currentTarget as HTMLInputElement
  const [chosen] = input.files ?? []
  // Lets the user choose the same file again once it is corrected.
  if (chosen) void read(chosen).finally(() => (input.value = ''))
}

function onDropped(event: DragEvent, read: Choice['read']): void {
  const [dropped] = event.dataTransfer?.files ?? []
  if (dropped) void read(dropped)
}
