/**
 * What was written a moment ago, in this tab.
 *
 * Lists lag behind writes a little, so a page that comes after a write shows what the write
 * returned, not what the list says.
 */
import type { Order, ProfessionalSummary } from '../api/contract.ts'

/** A list is never further behind than this, in milliseconds. */
const LAG_MS = 120_000
const KEY = 'portico-recent'

/** A person as a write has left them; null once deleted. */
export interface RecentWrite {
  at: number
  account: string
  professional: string
  name: string
  person: ProfessionalSummary | null
}

/** What of a list is shown. */
export interface Shown {
  search: string
  order: Order
  /** Whether it is the list's first part, and its last. */
  first: boolean
  last: boolean
}

/** Records that somebody was added, changed or restored. */
export function rememberPerson(person: ProfessionalSummary): void {
  const { account, professional, name } = person
  remember({ at: Date.now(), account, professional, name, person })
}

/** Records that somebody was deleted. */
export function rememberDeleted({ account, professional, name }: ProfessionalSummary): void {
  remember({ at: Date.now(), account, professional, name, person: null })
}

/** What was written in an account lately, the newest last. */
export function recent(account: string): RecentWrite[] {
  return read().filter((one) => one.account === account)
}

/** Forgets it, as when the toast that tells of it is closed. */
export function forget(professional: string): void {
  write(read().filter((one) => one.professional !== professional))
}

/**
 * Forgets everything, as when the person signs out: the next one at this computer must not read it.
 */
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
    // Storage that is switched off remembers nothing, which only shows the list as it is.
    return []
  }
}

function write(all: RecentWrite[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(all))
  } catch {
    // Without storage nothing is remembered, as above.
  }
}

/**
 * Brings part of a list up to date: without whoever was deleted, with newer values, and with
 * whoever belongs there by now.
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
    // Before the first or after the last one it belongs to another part of the list, if there is
    // one.
    if (place === 0 && !shown.first) continue
    if (place === -1 && !shown.last) continue
    items.splice(place === -1 ? items.length : place, 0, person)
  }
  return items
}

/** A name as the server sorts and finds it: lower case, without marks. */
function sortKey(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '')
  return plain.split(' ').filter(Boolean).join(' ')
}
