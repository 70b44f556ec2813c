/** The results of an import: the preview, then the outcome. */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/import.ts'
import { icon } from '../ui/icon/icon.ts'
import { MOST_SHOWN, type ResultFile, type Shown } from './result-file.ts'
import type { Words } from './words.ts'

interface Outcome {
  words: Words
  resultFile: ResultFile
  /** URL of the list that shows the imported records. */
  list: string
  saveResult: () => void
  startOver: () => void
}

interface Preview extends Outcome {
  fileName: string
  /** Columns of the file that are ignored. */
  ignored: string[]
  /** The options to choose before the import. */
  options: TemplateResult | null
  startImport: () => void
  /** Previews all rows, including those that an earlier import has processed. */
  previewAll: () => void
}

export function previewView(preview: Preview) {
  const {
    words,
    resultFile,
    list,
    fileName,
    ignored,
    options,
    startImport,
    previewAll,
    startOver,
  } = preview
  const { counts } = resultFile
  const [fresh, changes, faulty] = [counts.new, counts.change, counts.invalid]
  return html`
    <section>
      <h2 id="step" tabindex="-1">${text.previewTitle}</h2>
      <p>${text.previewText(html`<bdi>${fileName}</bdi>`)}</p>
      ${countList([
        ['good', words.canBeAdded(fresh)],
        ['good', words.canBeChanged(changes)],
        ['info', words.areKnown(counts.known)],
        ['info', text.wereEarlier(counts.earlier)],
        ['bad', text.haveErrors(faulty)],
      ])}
      ${
        ignored.length
          ? html`<p class="hint">${text.ignoredColumns(html`<bdi>${ignored.join(', ')}</bdi>`)}</p>`
          : nothing
      }
      ${
        counts.earlier
          ? html`<p>
              <button class="button" type="button" @click=${previewAll}>${text.checkAll}</button>
            </p>`
          : nothing
      }
      ${
        fresh + changes
          ? html`
              <div class="card">
                ${options ?? nothing}
                <div class="actions">
                  <button class="button primary" type="button" @click=${startImport}>
                    ${words.importNow(fresh + changes)}
                  </button>
                  ${otherFile(startOver)}
                </div>
                ${faulty ? html`<p class="hint">${words.faultyAreLeftOut}</p>` : nothing}
              </div>
            `
          : html`
              <p class="notice">${faulty ? text.nothingToAddButErrors : words.nothingToAdd}</p>
              <div class="actions">
                ${otherFile(startOver)} <a class="button" href=${list}>${words.backToList}</a>
              </div>
            `
      }
      ${faultyRows(preview, saveButton(preview, text.previewDownload))} ${knownRows(preview)}
    </section>
  `
}

/** `afterwards` is a sentence about the imported records. */
export function doneView(outcome: Outcome, afterwards: string | null) {
  const { words, resultFile, list, startOver } = outcome
  const { counts } = resultFile
  return html`
    <section>
      <h2 id="step" tabindex="-1">${words.doneTitle(counts.added, counts.updated)}</h2>
      ${afterwards ? html`<p>${afterwards}</p>` : nothing}
      ${countList([
        ['good', words.wereAdded(counts.added)],
        ['good', words.wereChanged(counts.updated)],
        ['info', words.areKnown(counts.known)],
        ['info', text.wereEarlier(counts.earlier)],
        ['bad', text.haveErrors(counts.invalid)],
      ])}
      <div class="actions">
        <a class="button primary" href=${list}>${words.backToList}</a>
        ${saveButton(outcome, text.resultDownload)} ${otherFile(startOver)}
      </div>
      ${faultyRows(outcome, nothing)} ${knownRows(outcome)}
    </section>
  `
}

function countList(lines: ['good' | 'info' | 'bad', string | null][]) {
  return html`
    <ul class="counts">
      ${lines.map(([look, line]) =>
        line ? html`<li class=${look}>${icon(look)} ${line}</li>` : nothing,
      )}
    </ul>
  `
}

function faultyRows({ words, resultFile }: Outcome, beside: unknown) {
  const rows = resultFile.shown.invalid
  if (!rows.length) return nothing
  return html`
    <div class="head">
      <h3 id="faulty">${text.faultyRows}</h3>
      ${beside}
    </div>
    ${rowTable('faulty', words, rows, resultFile.counts.invalid, text.whatIsWrong, details)}
  `
}

function knownRows({ words, resultFile }: Outcome) {
  const rows = resultFile.shown.known.filter((row) => row.details.some(Boolean))
  if (!rows.length) return nothing
  return html`
    <details>
      <summary id="known">${words.knownRows}</summary>
      ${rowTable(
        'known',
        words,
        rows,
        resultFile.counts.known,
        words.knownAs,
        (row) => html`<bdi>${row.details.join(' ')}</bdi>`,
      )}
    </details>
  `
}

function rowTable(
  labelledBy: string,
  words: Words,
  rows: Shown[],
  all: number,
  lastColumn: string,
  last: (row: Shown) => unknown,
) {
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
              <th role="rowheader" scope="row">
                <span class="row-label">${text.row} </span>${row.number}
              </th>
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

function details(row: Shown) {
  return html`<ul class="plain">
    ${row.details.map((message) => html`<li>${message}</li>`)}
  </ul>`
}

function saveButton({ saveResult }: Outcome, label: string) {
  return html`<button class="button" type="button" @click=${saveResult}>
    ${icon('download')} ${label}
  </button>`
}

/** A button that starts again with another file. */
export function otherFile(startOver: () => void) {
  return html`<button class="button" type="button" @click=${startOver}>${text.otherFile}</button>`
}
