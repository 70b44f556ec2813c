/**
 * Finds documents by words: whole ones first, then beginnings, small typing errors, and parts of
 * compounds.
 */
import MiniSearch, { type Query, type SearchOptions, type SearchResult } from 'minisearch'
import type { Document } from './documents.ts'
import { fold, split } from './fold.ts'

/** A page that was found, and the words (folded) by which it was. */
export interface Hit {
  document: Document
  terms: Set<string>
}

/** What was found, best first. */
export interface Findings {
  hits: Hit[]
  /** Whether each page has every word of the query; otherwise none has them all. */
  isComplete: boolean
}

export type Finder = (query: string) => Findings

/** How much a word in each place says about a page. */
const BOOST = { title: 8, slug: 4, description: 3, body: 1 }

/** Pages that are indexed at a time; between them the browser gets to draw and to take keys. */
const CHUNK = 100

/** A word shorter than this is not looked for inside others: "tag" is in too many. */
const COMPOUND = 5

/** How many words a compound may be looked for as. */
const COMPOUNDS = 30

/** Indexes `documents`. The page stays usable meanwhile. */
export async function finder(documents: Document[]): Promise<Finder> {
  const folded = new Map<string, string>()
  const index = new MiniSearch<Document>({
    fields: Object.keys(BOOST),
    tokenize: split,
    processTerm: (word) => {
      const term = folded.get(word) ?? fold(word)
      folded.set(word, term)
      return term
    },
    searchOptions: { boost: BOOST, tokenize: (term) => [term], processTerm: (term) => term },
  })
  await index.addAllAsync(documents, { chunkSize: CHUNK })
  const vocabulary = [...new Set(folded.values())]

  return (query) => {
    const terms = [...new Set(split(query).map(fold))]
    if (terms.length === 0) return { hits: [], isComplete: true }
    const queries = terms.map((term, at) => wide(term, at === terms.length - 1, vocabulary))
    let found = index.search({ combineWith: 'AND', queries })
    const isComplete = found.length > 0 || terms.length === 1
    if (!isComplete) found = index.search({ combineWith: 'OR', queries })
    return { hits: found.flatMap((result) => hit(result, documents)), isComplete }
  }
}

/**
 * All words that count as `term`.
 *
 * The last word of a query may still be being typed, so it is a beginning however short.
 */
function wide(term: string, isLast: boolean, vocabulary: string[]): Query {
  const isNumber = /\p{N}/u.test(term)
  const near: SearchOptions = {
    prefix: isLast || term.length >= 3,
    // One wrong letter in a number makes another number.
    fuzzy: isNumber || term.length < 4 ? false : term.length < 9 ? 1 : 2,
    weights: { prefix: 0.5, fuzzy: 0.2 },
  }
  const queries: Query[] = [{ ...near, queries: [term] }]
  // German writes "Servicevertrag" for what English calls "service plan".
  const compounds =
    term.length < COMPOUND || isNumber ? [] : vocabulary.filter((word) => word.indexOf(term, 1) > 0)
  if (compounds.length)
    queries.push({ queries: compounds.slice(0, COMPOUNDS), boostTerm: () => 0.3 })
  return { combineWith: 'OR', queries }
}

function hit({ id, terms }: SearchResult, documents: Document[]): Hit[] {
  const document = documents[id]
  return document ? [{ document, terms: new Set(terms) }] : []
}
