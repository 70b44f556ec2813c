/**
 * The list of an account's people: search as you type, sorting, and paging that keeps the place.
 */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/people.ts'
import { locale } from '#language/words.ts'
import { listProfessionals } from '../api/client.ts'
import type { Account, List, Moment, Order, ProfessionalSummary } from '../api/contract.ts'
import type { Result } from '../api/problem.ts'
import { currentPageWith, pageUrl, urlParameter } from '../lib/address.ts'
import { icon } from '../ui/icon/icon.ts'
import { problemNotice } from '../ui/problem-notice.ts'
import { searchField, TYPING_PAUSE_MS } from '../ui/search-field.ts'
import { stateTag, tag } from '../ui/tag/tag.ts'
import { roleName } from '../words/codes.ts'
import { emailText } from './professional-facts.ts'
import { recent, withRecentWrites } from './recent.ts'

const PAGE_SIZE = 50
const SKELETON_ROWS = 8

/** The list's query, part of the address. */
interface Query {
  search: string
  order: Order
  after: string | null
}

type Trail = (string | null)[]

/** The list of people. Its query is part of the page's address. */
export class PeopleList {
  private query = readQuery()
  /**
   * Cursors of the previous pages, the first page's first: the way back. Kept in the history entry.
   */
  private trail = readTrail()
  private answer: Result<List<ProfessionalSummary>> | null = null
  private isWaiting = false
  private request = new AbortController()
  private typing: ReturnType<typeof setTimeout> | undefined

  /** `redraw` is called whenever the list changes. */
  constructor(
    private readonly id: string,
    private readonly redraw: () => void,
  ) {}

  /** Loads the list, now and after every step through the history. */
  open(): void {
    addEventListener('popstate', () => {
      this.query = readQuery()
      this.trail = readTrail()
      const input = document.getElementById('search')
      if (input instanceof HTMLInputElement) input.value = this.query.search
      void this.refresh()
    })
    void this.refresh()
  }

  /** Reloads the list and shows the old one meanwhile. */
  async refresh(): Promise<void> {
    this.request.abort()
    this.request = new AbortController()
    const { signal } = this.request
    this.isWaiting = true
    this.redraw()
    const { search, order, after } = this.query
    const result = await listProfessionals(
      this.id,
      { search, order: order === 'descending' ? order : null, after },
      signal,
    )
    // The user has typed on; a newer response is on its way.
    if (signal.aborted) return
    this.answer = result
    this.isWaiting = false
    this.redraw()
  }

  /** Draws the search with other `tools` beside it, the list, and the links to its other pages. */
  render(account: Account, tools: unknown, whenEmpty: () => TemplateResult) {
    return html`
      <div class="list-tools">${this.searchForm()} ${tools}</div>
      <p class="hint list-count" role="status">
        ${
          this.isWaiting || !this.answer?.ok
            ? nothing
            : this.count(this.items(this.answer.value), this.answer.value.next)
        }
      </p>
      ${this.body(account, whenEmpty)}
    `
  }

  private body(account: Account, whenEmpty: () => TemplateResult) {
    if (!this.answer) return skeleton()
    if (!this.answer.ok)
      return html`<div role="alert">
        ${problemNotice(this.answer.problem, () => void this.refresh())}
      </div>`
    const people = this.items(this.answer.value)
    if (!people.length && this.query.search) return this.nobodyFound()
    if (!people.length && !this.query.after) return whenEmpty()
    const showsSignIns = everySignInKnown(people)
    return html`${this.table(
      people.map((person) => row(account, person, showsSignIns)),
      showsSignIns,
      this.isWaiting,
    )}
    ${this.paging(this.answer.value.next)}`
  }

  private items({ items: listed, next }: List<ProfessionalSummary>): ProfessionalSummary[] {
    const { search, order, after } = this.query
    return withRecentWrites(listed, recent(this.id), { search, order, first: !after, last: !next })
  }

  private searchForm() {
    return html`
      <form class="search" role="search" @submit=${this.onSubmit}>
        ${searchField({
          id: 'search',
          label: text.searchByName,
          value: this.query.search,
          onTyped: this.onTyped,
        })}
      </form>
    `
  }

  private readonly onTyped = (value: string): void => {
    clearTimeout(this.typing)
    this.typing = setTimeout(() => this.searchFor(value), TYPING_PAUSE_MS)
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    clearTimeout(this.typing)
    this.searchFor((event.currentTarget as HTMLFormElement).search.value)
  }

  private searchFor(value: string): void {
    const search = value.trim()
    if (search === this.query.search && this.answer?.ok) return
    this.go({ ...this.query, search, after: null }, [], 'replaceState')
  }

  private readonly sort = (): void => {
    this.go(
      {
        ...this.query,
        order: this.query.order === 'ascending' ? 'descending' : 'ascending',
        after: null,
      },
      [],
      'replaceState',
    )
  }

  private go(wanted: Query, before: Trail, how: 'pushState' | 'replaceState'): void {
    this.query = wanted
    this.trail = before
    history[how]({ trail: this.trail }, '', this.address(this.query))
    void this.refresh()
  }

  private count(people: ProfessionalSummary[], next: string | null): string {
    if (this.query.search && !this.query.after && !next) return text.found(people.length)
    if (!this.query.after && !next) return text.countAll(people.length)
    // Opened from a bookmark, this page does not know how many came before it.
    if (this.query.after && this.trail[0] !== null) return text.countPart(people.length)
    const before = this.trail.length * PAGE_SIZE
    return text.countFromTo(before + 1, before + people.length)
  }

  private table(rows: unknown, showsSignIns: boolean, isLate: boolean) {
    return html`
      <table
        class="list"
        role="table"
        aria-labelledby="people"
        aria-busy=${isLate ? 'true' : nothing}
      >
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" aria-sort=${this.query.order}>
              <button class="sort" type="button" @click=${this.sort}>
                ${text.name} ${icon(this.query.order === 'ascending' ? 'down' : 'up')}
                <span class="visually-hidden">${this.sortLabel()}</span>
              </button>
            </th>
            <th role="columnheader" scope="col">${text.email}</th>
            <th role="columnheader" scope="col">${text.roles}</th>
            <th role="columnheader" scope="col">${text.state}</th>
            ${
              showsSignIns
                ? html`<th role="columnheader" scope="col">${text.lastSignIn}</th>`
                : nothing
            }
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows}
        </tbody>
      </table>
    `
  }

  private sortLabel(): string {
    return this.query.order === 'ascending' ? text.sortDescending : text.sortAscending
  }

  private nobodyFound() {
    const all = currentPageWith({
      account: this.id,
      order: this.query.order === 'descending' ? this.query.order : null,
    })
    return html`
      <div class="empty">
        ${icon('search')}
        <p>${text.nobodyFound(html`<bdi>${this.query.search}</bdi>`)}</p>
        <p><a class="button" href=${all}>${text.showAll}</a></p>
      </div>
    `
  }

  /**
   * Draws the links to the previous and the next page.
   *
   * They are addresses too, so they open in new tabs.
   */
  private paging(next: string | null) {
    if (!next && !this.query.after) return nothing
    const before = this.trail.at(-1)
    return html`
      <nav class="paging" aria-label=${text.pages}>
        ${
          before !== undefined
            ? this.turn(
                text.previous,
                'prev',
                { ...this.query, after: before },
                this.trail.slice(0, -1),
              )
            : this.query.after
              ? this.turn(text.firstPage, 'first', { ...this.query, after: null }, [])
              : nothing
        }
        ${
          next
            ? this.turn(text.next, 'next', { ...this.query, after: next }, [
                ...this.trail,
                this.query.after,
              ])
            : nothing
        }
      </nav>
    `
  }

  private turn(label: string, rel: string, wanted: Query, before: Trail) {
    const onClick = (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      this.go(wanted, before, 'pushState')
      const heading = document.getElementById('people')
      heading?.focus({ preventScroll: true })
      heading?.scrollIntoView()
    }
    return html`<a class="button" rel=${rel} href=${this.address(wanted)} @click=${onClick}
      >${label}</a
    >`
  }

  private address({ search, order, after }: Query): string {
    return currentPageWith({
      account: this.id,
      search,
      order: order === 'descending' ? order : null,
      after,
    })
  }
}

/** Checks whether the caller may see when people signed in: an answer leaves it out otherwise. */
function everySignInKnown(people: ProfessionalSummary[]): boolean {
  return people.every((person) => person.last_sign_in !== undefined)
}

function row(account: Account, person: ProfessionalSummary, showsSignIns: boolean) {
  const profile = profilePage(account, person.professional)
  const name = html`<bdi>${person.name}</bdi>`
  return html`
    <tr role="row">
      <th role="rowheader" scope="row">${profile ? html`<a href=${profile}>${name}</a>` : name}</th>
      <td role="cell" data-label=${text.email}>${emailText(person.email)}</td>
      <td role="cell" data-label=${text.roles}>
        ${
          person.roles.length
            ? html`<span class="tags"
                >${person.roles.map((code) => tag(roleName(code), 'plain'))}</span
              >`
            : '–'
        }
      </td>
      <td role="cell" data-label=${text.state}>${stateTag(person.state)}</td>
      ${
        showsSignIns
          ? html`<td role="cell" data-label=${text.lastSignIn}>
              ${person.last_sign_in ? briefMoment(person.last_sign_in) : text.never}
            </td>`
          : nothing
      }
    </tr>
  `
}

/** Formats a time for narrow columns: "22 Nov 2026, 14:05". */
function briefMoment(time: Moment): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  )
}

/** Returns a profile's address; null for profiles that a person without a role may not see. */
function profilePage({ account, you }: Account, professional: string): string | null {
  if (you.as !== 'professional') return pageUrl('/people/profile/', { account, professional })
  return professional === you.professional ? pageUrl('/profile/', { account }) : null
}

/** Draws the skeleton of the list. */
function skeleton() {
  return html`
    <div class="list-skeleton" role="img" aria-label=${text.loadingPeople}>
      ${Array.from({ length: SKELETON_ROWS }, () => html`<span></span>`)}
    </div>
  `
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
