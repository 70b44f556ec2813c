/** Reads CSV files as spreadsheets write them, as a stream: only one piece is in memory. */
import Papa from 'papaparse'
import { detectFormat, UnclosedQuote } from '../lib/csv.ts'

/** A scanned file; its first record names the columns. */
export interface Source {
  file: File
  encoding: string
  header: string[]
  /** Number of records after the header that are not empty. */
  count: number
  /** Digest of the content; the file's name is not part of it. */
  fingerprint: string
}

export interface Record {
  /** Row number in a spreadsheet, where the header is row 1. */
  number: number
  cells: string[]
}

/** Checks whether a header cell names a column. */
export type IsColumn = (cell: string) => boolean

/** The file is not text, but for example a workbook or an image. */
export class NotText extends Error {}

/** The bytes are invalid in the encoding that was tried. */
class OtherEncoding extends Error {}

/** Size of a piece, in bytes; small enough for the page to stay responsive. */
const PIECE = 128 * 1024
/** Maximum length of a record, in characters; a longer one has a quote that is never closed. */
const LONGEST_RECORD = 1_000_000

/**
 * Reads the file once to find its encoding, header and length. The encoding is UTF-8, UTF-16 with a
 * byte order mark, or else Windows-1252, which older spreadsheets write. Throws `UnclosedQuote` and
 * `NotText`.
 */
export async function scanFile(file: File, isColumn: IsColumn): Promise<Source> {
  for (const encoding of await encodings(file)) {
    try {
      return await scanAs(file, encoding, isColumn)
    } catch (error) {
      if (!(error instanceof OtherEncoding)) throw error
    }
  }
  throw new NotText('no known encoding')
}

/** Yields the records after the header that are not empty, in batches. */
export async function* records(
  { file, encoding }: Pick<Source, 'file' | 'encoding'>,
  isColumn: IsColumn,
): AsyncGenerator<Record[]> {
  for await (const part of all(file, encoding, isColumn))
    yield part.filter(({ number, cells }) => number > 1 && !isEmpty(cells))
}

async function scanAs(file: File, encoding: string, isColumn: IsColumn): Promise<Source> {
  let [header, count]: [string[], number] = [[], 0]
  for await (const part of all(file, encoding, isColumn)) {
    for (const { number, cells } of part) {
      if (number === 1) header = cells
      else if (!isEmpty(cells)) count += 1
    }
  }
  return { file, encoding, header, count, fingerprint: await fingerprint(file) }
}

/** Yields all records, including empty ones, so that their numbers match a spreadsheet's. */
async function* all(file: File, encoding: string, isColumn: IsColumn): AsyncGenerator<Record[]> {
  let form: { delimiter: string; newline: string } | null = null
  let [rest, read] = ['', 0]
  for await (const text of texts(file, encoding)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: text has no NUL characters
    if (/^PK\x03\x04|\0/.test(text)) throw new NotText('a workbook or other binary file')
    rest += text
    if (!form) {
      const found = detectFormat(rest, isColumn)
      rest = rest.slice(found.begin)
      form = found
    }
    const part = new Papa.Parser(form).parse(rest, 0, true)
    yield numbered(part)
    rest = rest.slice(part.meta.cursor)
    if (rest.length > LONGEST_RECORD) throw new UnclosedQuote(read + 1)
  }
  // A line break at the end of the file starts no record.
  if (form && rest) yield numbered(new Papa.Parser(form).parse(rest, 0, false))

  function numbered({ data, errors }: Papa.Parsed): Record[] {
    const open = errors.find(({ type }) => type === 'Quotes')
    if (open) throw new UnclosedQuote(read + (open.row ?? 0) + 1)
    return data.map((cells) => {
      read += 1
      return { number: read, cells }
    })
  }
}

async function* texts(file: File, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for (let begin = 0; begin < file.size; begin += PIECE) {
    const bytes = await file.slice(begin, begin + PIECE).arrayBuffer()
    let text: string
    try {
      text = decoder.decode(bytes, { stream: begin + PIECE < file.size })
    } catch {
      throw new OtherEncoding(encoding)
    }
    if (text) yield text
  }
}

/** Returns a digest of the file's content, computed piece by piece. */
async function fingerprint(file: File): Promise<string> {
  let digest = new Uint8Array(32)
  for (let begin = 0; begin < file.size; begin += PIECE) {
    const piece = new Uint8Array(await file.slice(begin, begin + PIECE).arrayBuffer())
    const chained = new Uint8Array(digest.length + piece.length)
    chained.set(digest)
    chained.set(piece, digest.length)
    digest = new Uint8Array(await crypto.subtle.digest('SHA-256', chained))
  }
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function encodings(file: File): Promise<string[]> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (first === 0xff && second === 0xfe) return ['utf-16le']
  if (first === 0xfe && second === 0xff) return ['utf-16be']
  return ['utf-8', 'windows-1252']
}

function isEmpty(cells: string[]): boolean {
  return cells.every((cell) => !cell.trim())
}
