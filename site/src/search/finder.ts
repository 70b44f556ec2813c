/**
 * Full-text search: whole words first, then prefixes, small typing errors and parts of compounds.
 */
import MiniSearch, { type Query, type SearchOptions, type SearchResult } from 'minisearch'
import type { Document } from './documents.ts'
import { fold, split } from './fold.ts'

/** A matching page, and the folded words that matched. */
export interface Hit {
  document: Document
  terms: Set<string>
}

/** Results, best first. */
export interface Findings {
  hits: Hit[]
  /** Whether every page contains all words of the query; otherwise none does. */
  isComplete: boolean
}

export type Finder = (query: string) => Findings

/** Weight of a match by field. */
const BOOST = { title: 8, slug: 4, description: 3, body: 1 }

/** Pages to index at a time; the browser draws and handles keys in between. */
const CHUNK = 100

/** Minimum length for matches inside words: "tag" is in too many. */
const COMPOUND = 5

/** Maximum number of compounds to search for. */
const COMPOUNDS = 30

/** Indexes `documents` without blocking the page. */
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
 * Returns a query for all words that count as `term`.
 *
 * The last term may still be being typed, so it always matches as a prefix.
 */
function wide(term: string, isLast: boolean, vocabulary: string[]): Query {
  const isNumber = /\p{N}/u.test(term)
  const near: SearchOptions = {
    prefix: isLast || term.length >= 3,
    // A wrong digit is a different number.
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
