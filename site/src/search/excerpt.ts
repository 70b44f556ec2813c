/** Excerpts for search results, with the matching words marked. */
import type { Hit } from './finder.ts'
import { words } from './fold.ts'

/** A piece of text; `isHit` marks a match. */
export interface Fragment {
  text: string
  isHit: boolean
}

/** Length of an excerpt, and how much of it precedes the first match, in characters. */
const LENGTH = 220
const BEFORE = 50

/** Splits `text` into matches and what is between them. */
export function mark(text: string, terms: Set<string>): Fragment[] {
  const fragments: Fragment[] = []
  let at = 0
  for (const { start, end, term } of words(text)) {
    if (!terms.has(term)) continue
    if (start > at) fragments.push({ text: text.slice(at, start), isHit: false })
    fragments.push({ text: text.slice(start, end), isHit: true })
    at = end
  }
  if (at < text.length) fragments.push({ text: text.slice(at), isHit: false })
  return fragments
}

/** Returns the page's description, or an excerpt of its text if that contains more of the terms. */
export function excerpt({ document: { description, body }, terms }: Hit): Fragment[] {
  const best = densest(body, terms)
  if (description && distinct(description, terms) >= best.count)
    return mark(shorten(description, 0), terms)
  return mark(shorten(body, best.start), terms)
}

/** Finds the excerpt's start with the most different terms, and counts them. */
function densest(text: string, terms: Set<string>): { start: number; count: number } {
  const found = words(text).filter(({ term }) => terms.has(term))
  let best = { start: 0, count: 0 }
  for (const [at, { start }] of found.entries()) {
    const near = new Set<string>()
    for (const word of found.slice(at)) {
      if (word.end > start - BEFORE + LENGTH) break
      near.add(word.term)
    }
    if (near.size > best.count) best = { start, count: near.size }
    if (best.count === terms.size) break
  }
  return best
}

function distinct(text: string, terms: Set<string>): number {
  return new Set(words(text).flatMap(({ term }) => (terms.has(term) ? [term] : []))).size
}

/** Returns `text` around `start` on one line, cut between words. */
function shorten(text: string, start: number): string {
  const from = start <= BEFORE ? 0 : text.indexOf(' ', start - BEFORE) + 1 || start
  const rest = text.slice(Math.min(from, start))
  const cut =
    rest.length <= LENGTH
      ? rest
      : rest.slice(0, Math.max(rest.lastIndexOf(' ', LENGTH), LENGTH / 2))
  const line = cut.replaceAll(/\s+/g, ' ').trim()
  return `${from > 0 ? '… ' : ''}${line}${cut.length < rest.length ? ' …' : ''}`
}
