/**
 * Types for the part of papaparse that the site uses.
 *
 * The published types would add Node's types to the pages.
 */
declare module 'papaparse' {
  namespace Papa {
    interface ParseError {
      type: 'Quotes' | 'Delimiter' | 'FieldMismatch'
      /** Index of the record, from 0. */
      row?: number
    }
    interface Parsed {
      data: string[][]
      errors: ParseError[]
      /** `cursor` is the offset of the first character not parsed. */
      meta: { linebreak: string; cursor: number }
    }
    function parse(text: string, options: { delimiter: string; preview?: number }): Parsed
    /**
     * Parses a file chunk by chunk. With `ignoresLast` it omits the last record, which may continue
     * in the next chunk.
     */
    class Parser {
      constructor(options: { delimiter: string; newline: string })
      parse(text: string, base: number, ignoresLast: boolean): Parsed
    }
  }
  export default Papa
}
