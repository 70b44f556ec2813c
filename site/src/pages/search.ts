/** Search as you type, in the browser, on the index of the page's language. */
import { html, nothing, render, type TemplateResult } from 'lit-html'
import * as words from '#language/search.ts'
import { currentPageWith, urlParameter } from '../lib/address.ts'
import { requireElement } from '../lib/element.ts'
import { documents, type Entry } from '../search/documents.ts'
import { excerpt, type Fragment, mark } from '../search/excerpt.ts'
import { type Finder, finder, type Hit } from '../search/finder.ts'

/** Results to draw at a time. */
const SHOWN = 20

/** Typing must pause this long before a search, in milliseconds. */
const PAUSE = 120

/** Starts the page. */
export async function start(): Promise<void> {
  const form = requireElement('find', HTMLFormElement)
  const box = requireElement('q', HTMLInputElement)
  const status = requireElement('find-status')
  const results = requireElement('find-results')
  const browse = requireElement('browse')
  const name = document.title

  let find: Promise<Finder> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown = SHOWN

  box.value = urlParameter('q') ?? ''
  if (!matchMedia('(pointer: coarse)').matches || !box.value) box.focus()
  box.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void search(), PAUSE)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    clearTimeout(timer)
    void search().then(() => stops()[0]?.focus())
  })
  addEventListener('keydown', onKey)
  await search()

  /** Searches for the typed query, unless it changes while the index loads. */
  async function search(): Promise<void> {
    const query = box.value.trim()
    shown = SHOWN
    remember(query)
    browse.hidden = query !== ''
    if (!query) return draw('', nothing)
    if (!find)
      draw(
        words.loading,
        html`<div class="skeleton" aria-hidden="true">
          <span></span><span></span><span></span>
        </div>`,
      )
    try {
      find ??= load()
      const { hits, isComplete } = (await find)(query)
      if (query === box.value.trim()) show(query, hits, isComplete)
    } catch {
      find = undefined
      draw(
        words.failed,
        html`<p>
          <button class="button" type="button" @click=${retry}>${words.tryAgain}</button>
        </p>`,
      )
    }
  }

  /** Tries again. Its button disappears, so the focus moves to the search box. */
  function retry(): void {
    box.focus()
    void search()
  }

  async function load(): Promise<Finder> {
    const response = await fetch(results.dataset.index ?? '')
    if (!response.ok) throw new Error(`the index could not be fetched: ${response.status}`)
    return finder(documents((await response.json()) as Entry[]))
  }

  function show(query: string, hits: Hit[], isComplete: boolean): void {
    if (hits.length === 0) return draw(words.none(query), html`<p>${words.advice}</p>`)
    const rest = hits.length - shown
    draw(
      isComplete ? words.found(hits.length, query) : words.partialMatches,
      html`
        <ol class="results">
          ${hits.slice(0, shown).map(result)}
        </ol>
        ${
          rest > 0
            ? html`<p>
                <button class="button" type="button" @click=${more}>
                  ${words.more(Math.min(rest, SHOWN))}
                </button>
              </p>`
            : nothing
        }
      `,
    )

    function more(): void {
      const next = shown
      shown += SHOWN
      show(query, hits, isComplete)
      stops()[next]?.focus()
    }
  }

  function draw(message: string, content: unknown): void {
    status.textContent = message
    render(content, results)
  }

  /** Keeps the query in the address, for sharing and for the way back. */
  function remember(query: string): void {
    history.replaceState(history.state, '', currentPageWith({ q: query }))
    document.title = query ? `${query} – ${name}` : name
  }

  /** Arrow keys move between the box and the results; Escape clears the search. */
  function onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing)
      return
    const all: HTMLElement[] = [box, ...stops()]
    const at = all.indexOf(document.activeElement as HTMLElement)
    if (at === -1) return
    if (event.key === 'Escape') clear()
    else if (event.key === 'ArrowDown') all[at + 1]?.focus()
    else if (event.key === 'ArrowUp') all[at - 1]?.focus()
    else return
    event.preventDefault()
  }

  function clear(): void {
    clearTimeout(timer)
    box.value = ''
    box.focus()
    void search()
  }

  /** Returns the elements that the arrow keys stop at. */
  function stops(): HTMLElement[] {
    return [...results.querySelectorAll<HTMLElement>('a, button')]
  }
}

function result(hit: Hit): TemplateResult {
  const { url, title, above } = hit.document
  return html`
    <li class="result">
      ${above.length ? html`<p class="result-above">${above.join(' › ')}</p>` : nothing}
      <h2><a href=${url}>${marked(mark(title, hit.terms))}</a></h2>
      <p>${marked(excerpt(hit))}</p>
    </li>
  `
}

function marked(fragments: Fragment[]) {
  return fragments.map(({ text, isHit }) => (isHit ? html`<mark>${text}</mark>` : text))
}
