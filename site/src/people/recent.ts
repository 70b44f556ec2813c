/**
 * Recent writes in this tab.
 *
 * Lists lag slightly behind writes, so pages that follow a write show its result instead of the
 * list's older state.
 */
import type { Order, ProfessionalSummary } from '../api/contract.ts'

/** Longest time by which a list lags behind, in milliseconds. */
const LAG_MS = 120_000
const KEY = 'portico-recent'

/** A person after a write; null once deleted. */
export interface RecentWrite {
  at: number
  account: string
  professional: string
  name: string
  person: ProfessionalSummary | null
}

/** The part of a list that is shown. */
export interface Shown {
  search: string
  order: Order
  /** Whether this is the list's first page, and its last. */
  first: boolean
  last: boolean
}

/** Records that a person was added, changed or restored. */
export function rememberPerson(person: ProfessionalSummary): void {
  const { account, professional, name } = person
  remember({ at: Date.now(), account, professional, name, person })
}

/** Records that a person was deleted. */
export function rememberDeleted({ account, professional, name }: ProfessionalSummary): void {
  remember({ at: Date.now(), account, professional, name, person: null })
}

/** Returns an account's recent writes, oldest first. */
export function recent(account: string): RecentWrite[] {
  return read().filter((one) => one.account === account)
}

/** Forgets the writes to a professional. */
export function forget(professional: string): void {
  write(read().filter((one) => one.professional !== professional))
}

/** Forgets all writes on sign-out: the next user of this computer must not read them. */
export function forgetAll(): void {
  write([])
}

function remember(one: RecentWrite): void {
  write([...read().filter(({ professional }) => professional !== one.professional), one])
}

function read(): RecentWrite[] {
  try {
    const all = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as RecentWrite[]
    return all.filter(({ at }) => Date.now() - at < LAG_MS)
  } catch {
    // Without storage, lists show the server's state.
    return []
  }
}

function write(all: RecentWrite[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(all))
  } catch {
    // Without storage, nothing is remembered.
  }
}

/**
 * Applies recent writes to a page of a list: removes deleted people, updates changed ones, and
 * inserts new ones.
 */
export function withRecentWrites(
  listed: ProfessionalSummary[],
  writes: RecentWrite[],
  shown: Shown,
): ProfessionalSummary[] {
  const items = listed.flatMap((item) => {
    const newer = writes.find(({ professional }) => professional === item.professional)
    return newer ? (newer.person ?? []) : item
  })
  const missing = writes.flatMap(({ person }) => {
    return person && !items.some(({ professional }) => professional === person.professional)
      ? person
      : []
  })
  const compare = (one: ProfessionalSummary, other: ProfessionalSummary) => {
    const [a, b] = [sortKey(one.name), sortKey(other.name)]
    return (a < b ? -1 : a > b ? 1 : 0) * (shown.order === 'ascending' ? 1 : -1)
  }
  for (const person of missing) {
    if (!sortKey(person.name).startsWith(sortKey(shown.search))) continue
    const place = items.findIndex((item) => compare(person, item) < 0)
    // At either end, the person may belong to another page.
    if (place === 0 && !shown.first) continue
    if (place === -1 && !shown.last) continue
    items.splice(place === -1 ? items.length : place, 0, person)
  }
  return items
}

/** Returns a name's sort key, as on the server: lower case, without marks. */
function sortKey(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '')
  return plain.split(' ').filter(Boolean).join(' ')
}
