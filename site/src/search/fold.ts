/** How the search reads text: what a word is, and which spellings are the same word. */

/** A word of a text: where it stands in it, and its folded spelling. */
export interface Word {
  start: number
  end: number
  term: string
}

const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
}

/**
 * Returns the spelling under which `word` is found: without case and accents, and with the German
 * ways of writing an umlaut as one. "Schlüssel", "Schluessel" and "SCHLUSSEL" are the same, and so
 * are "Straße" and "Strasse". Other words lose an "e" ("neue" becomes "neu"), which harms nothing,
 * since the query loses it too.
 */
export function fold(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøđłı]/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(/([aou])e/g, '$1')
}

/**
 * The words of `text` as they stand in it.
 *
 * "9.0.2" is one word; "HF-9021" and "HF9021" are the same two.
 */
export function split(text: string): string[] {
  return text.match(WORD) ?? []
}

/** The words of `text` with their places, for marking them. */
export function words(text: string): Word[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    term: fold(word),
  }))
}

const WORD = /\p{N}+(?:\.\p{N}+)*|[\p{L}\p{M}]+/gu
