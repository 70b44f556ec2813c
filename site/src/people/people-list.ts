/**
 * Part of an account's people by name: searched as one types, sorted, and turned page by page
 * without losing the place.
 */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/people.ts'
import { locale } from '#language/words.ts'
import { listProfessionals } from '../api/client.ts'
import type { Account, List, Moment, Order, ProfessionalSummary } from '../api/contract.ts'
import type { Result } from '../api/problem.ts'
import { currentPageWith, pageUrl, urlParameter } from '../lib/address.ts'
import { icon } from '../ui/icon.ts'
import { problemNotice } from '../ui/problem-view.ts'
import { stateTag, tag } from '../ui/tag.ts'
import { roleName } from '../words/codes.ts'
import { emailText } from './professional-facts.ts'
import { recent, withRecentWrites } from './recent.ts'

const PAGE_SIZE = 50
/** Typing that pauses for this long is worth a request, in milliseconds. */
const PAUSE_MS = 200
const SKELETON_ROWS = 8

/** What is asked for. All of it stands in the address. */
interface Query {
  search: string
  order: Order
  after: string | null
}

const id = urlParameter('account') ?? ''
let query = readQuery()
/**
 * What asked for the parts before this one, the first of the list first: the way back, kept with
 * the page's place in the history.
 */
let trail = readTrail()
let answer: Result<List<ProfessionalSummary>> | null = null
let isWaiting = false
let request = new AbortController()
let typing: ReturnType<typeof setTimeout> | undefined
let redraw = () => {}

/** Begins to ask for the list; `draw` is called whenever there is something new to show. */
export function beginList(draw: () => void): void {
  redraw = draw
  addEventListener('popstate', () => {
    query = readQuery()
    trail = readTrail()
    const input = document.getElementById('search')
    if (input instanceof HTMLInputElement) input.value = query.search
    void refresh()
  })
  void refresh()
}

/** Asks for the list anew. What is shown stays until the answer is there. */
export async function refresh(): Promise<void> {
  request.abort()
  request = new AbortController()
  const { signal } = request
  isWaiting = true
  redraw()
  const { search, order, after } = query
  const result = await listProfessionals(
    id,
    { search, order: order === 'descending' ? order : null, after },
    signal,
  )
  // Somebody has typed on: another answer is on its way.
  if (signal.aborted) return
  answer = result
  isWaiting = false
  redraw()
}

/**
 * The search with other `tools` beside it, the list in its present state, and the way to its other
 * parts.
 */
export function peopleList(account: Account, tools: unknown, whenEmpty: () => TemplateResult) {
  return html`
    <div class="list-tools">${searchForm()} ${tools}</div>
    <p class="hint list-count" role="status">
      ${isWaiting || !answer?.ok ? nothing : count(items(answer.value), answer.value.next)}
    </p>
    ${body(account, whenEmpty)}
  `
}

function body(account: Account, whenEmpty: () => TemplateResult) {
  if (!answer) return skeleton()
  if (!answer.ok)
    return html`<div role="alert">${problemNotice(answer.problem, () => void refresh())}</div>`
  const people = items(answer.value)
  if (!people.length && query.search) return nobodyFound()
  if (!people.length && !query.after) return whenEmpty()
  return html`${table(
    people.map((person) => row(account, person)),
    isWaiting,
  )}
  ${paging(answer.value.next)}`
}

function items({ items: listed, next }: List<ProfessionalSummary>): ProfessionalSummary[] {
  const { search, order, after } = query
  return withRecentWrites(listed, recent(id), { search, order, first: !after, last: !next })
}

function searchForm() {
  return html`
    <form class="search" role="search" @submit=${onSubmit}>
      <div class="field">
        <label for="search">${text.searchByName}</label>
        <div class="search-box">
          ${icon('search')}
          <input
            id="search"
            name="search"
            type="search"
            dir="auto"
            value=${query.search}
            autocomplete="off"
            spellcheck="false"
            maxlength="100"
            @input=${onTyped}
            @compositionend=${onTyped}
          />
        </div>
      </div>
    </form>
  `
}

function onTyped(event: InputEvent | CompositionEvent): void {
  // Half a syllable of a script that is composed of several keys finds nobody.
  if ('isComposing' in event && event.isComposing) return
  clearTimeout(typing)
  const { value } = event.currentTarget as HTMLInputElement
  typing = setTimeout(() => searchFor(value), PAUSE_MS)
}

function onSubmit(event: SubmitEvent): void {
  event.preventDefault()
  clearTimeout(typing)
  searchFor((event.currentTarget as HTMLFormElement).search.value)
}

function searchFor(value: string): void {
  const search = value.trim()
  if (search === query.search && answer?.ok) return
  go({ ...query, search, after: null }, [], 'replaceState')
}

function sort(): void {
  go(
    { ...query, order: query.order === 'ascending' ? 'descending' : 'ascending', after: null },
    [],
    'replaceState',
  )
}

function go(wanted: Query, before: Trail, how: 'pushState' | 'replaceState'): void {
  query = wanted
  trail = before
  history[how]({ trail }, '', address(query))
  void refresh()
}

function count(people: ProfessionalSummary[], next: string | null): string {
  if (query.search && !query.after && !next) return text.found(people.length)
  if (!query.after && !next) return text.countAll(people.length)
  // Who came to this part by a bookmark did not pass those before it.
  if (query.after && trail[0] !== null) return text.countPart(people.length)
  const before = trail.length * PAGE_SIZE
  return text.countFromTo(before + 1, before + people.length)
}

function table(rows: unknown, isLate: boolean) {
  return html`
    <table
      class="list"
      role="table"
      aria-labelledby="people"
      aria-busy=${isLate ? 'true' : nothing}
    >
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" aria-sort=${query.order}>
            <button class="sort" type="button" @click=${sort}>
              ${text.name} ${icon(query.order === 'ascending' ? 'down' : 'up')}
              <span class="visually-hidden"
                >${query.order === 'ascending' ? text.sortDescending : text.sortAscending}</span
              >
            </button>
          </th>
          <th role="columnheader" scope="col">${text.email}</th>
          <th role="columnheader" scope="col">${text.roles}</th>
          <th role="columnheader" scope="col">${text.state}</th>
          <th role="columnheader" scope="col">${text.lastSignIn}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows}
      </tbody>
    </table>
  `
}

function row(account: Account, person: ProfessionalSummary) {
  const profile = profilePage(account, person.professional)
  const name = html`<bdi>${person.name}</bdi>`
  return html`
    <tr role="row">
      <th role="rowheader" scope="row">${profile ? html`<a href=${profile}>${name}</a>` : name}</th>
      <td role="cell" data-label=${text.email}>${emailText(person.email)}</td>
      <td role="cell" data-label=${text.roles}>
        ${person.roles.length ? html`<span class="tags">${person.roles.map((code) => tag(roleName(code), 'plain'))}</span>` : '–'}
      </td>
      <td role="cell" data-label=${text.state}>${stateTag(person.state)}</td>
      <td role="cell" data-label=${text.lastSignIn}>
        ${person.last_sign_in ? briefMoment(person.last_sign_in) : text.never}
      </td>
    </tr>
  `
}

/** "22 Nov 2026, 14:05": a column has less room than a sentence. */
function briefMoment(time: Moment): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  )
}

/** Where to read a profile: those without a role see only their own. */
function profilePage({ account, you }: Account, professional: string): string | null {
  if (you.as !== 'professional') return pageUrl('/people/profile/', { account, professional })
  return professional === you.professional ? pageUrl('/profile/', { account }) : null
}

/** The shape of the list that is awaited. */
function skeleton() {
  return html`
    <div class="list-skeleton" role="img" aria-label=${text.loadingPeople}>
      ${Array.from({ length: SKELETON_ROWS }, () => html`<span></span>`)}
    </div>
  `
}

function nobodyFound() {
  const all = currentPageWith({
    account: id,
    order: query.order === 'descending' ? query.order : null,
  })
  return html`
    <div class="empty">
      ${icon('search')}
      <p>${text.nobodyFound(html`<bdi>${query.search}</bdi>`)}</p>
      <p><a class="button" href=${all}>${text.showEverybody}</a></p>
    </div>
  `
}

/** The way to the parts before and after this one. The links are addresses too, for other tabs. */
function paging(next: string | null) {
  if (!next && !query.after) return nothing
  const before = trail.at(-1)
  return html`
    <nav class="paging" aria-label=${text.pages}>
      ${
        before !== undefined
          ? turn(text.previous, 'prev', { ...query, after: before }, trail.slice(0, -1))
          : query.after
            ? turn(text.firstPage, 'first', { ...query, after: null }, [])
            : nothing
      }
      ${next ? turn(text.next, 'next', { ...query, after: next }, [...trail, query.after]) : nothing}
    </nav>
  `
}

function turn(label: string, rel: string, wanted: Query, before: Trail) {
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    go(wanted, before, 'pushState')
    const heading = document.getElementById('people')
    heading?.focus({ preventScroll: true })
    heading?.scrollIntoView()
  }
  return html`<a class="button" rel=${rel} href=${address(wanted)} @click=${onClick}>${label}</a>`
}

type Trail = (string | null)[]

function address({ search, order, after }: Query): string {
  return currentPageWith({
    account: id,
    search,
    order: order === 'descending' ? order : null,
    after,
  })
}

function readQuery(): Query {
  return {
    search: urlParameter('search') ?? '',
    order: urlParameter('order') === 'descending' ? 'descending' : 'ascending',
    after: urlParameter('after'),
  }
}

function readTrail(): Trail {
  const kept: unknown = (history.state as { trail?: unknown } | null)?.trail
  return Array.isArray(kept) ? (kept as Trail) : []
}
