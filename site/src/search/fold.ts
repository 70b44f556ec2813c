/** Splits text into words and normalises their spelling for the search. */

/** A word's position and its folded spelling. */
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
 * Returns the search spelling of `word`: without case and accents, and with one spelling for all
 * ways to write an umlaut. "Schlüssel", "Schluessel" and "SCHLUSSEL" match, and so do "Straße" and
 * "Strasse". Other words may lose an "e" ("neue" becomes "neu"); the query does too, so they still
 * match.
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
 * Splits `text` into words.
 *
 * "9.0.2" is one word; "HF-9021" and "HF9021" are the same two.
 */
export function split(text: string): string[] {
  return text.match(WORD) ?? []
}

/** Returns the words of `text` with their positions. */
export function words(text: string): Word[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    term: fold(word),
  }))
}

const WORD = /\p{N}+(?:\.\p{N}+)*|[\p{L}\p{M}]+/gu
