/**
 * What a result shows of its page: the title and a piece of the text, with the words that were
 * found marked.
 */
import type { Hit } from './finder.ts'
import { words } from './fold.ts'

/** A piece of text; those with `isHit` are marked. */
export interface Part {
  text: string
  isHit: boolean
}

/**
 * How long an excerpt is, in characters, and how much of it stands before the first word that was
 * found.
 */
const LENGTH = 220
const BEFORE = 50

/** Divides `text` into what was found and what is between. */
export function mark(text: string, terms: Set<string>): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { start, end, term } of words(text)) {
    if (!terms.has(term)) continue
    if (start > at) parts.push({ text: text.slice(at, start), isHit: false })
    parts.push({ text: text.slice(start, end), isHit: true })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), isHit: false })
  return parts
}

/**
 * The description of a page, or a piece of its text if that has more of the words that were found.
 */
export function excerpt({ document: { description, body }, terms }: Hit): Part[] {
  const best = densest(body, terms)
  if (description && distinct(description, terms) >= best.count)
    return mark(shorten(description, 0), terms)
  return mark(shorten(body, best.start), terms)
}

/** Where in `text` an excerpt has the most different words that were found, and how many. */
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

/** A piece of `text` around `start` on one line, cut between words. */
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
