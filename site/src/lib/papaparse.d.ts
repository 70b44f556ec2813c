/**
 * The part of papaparse that the site uses.
 *
 * Its own types would bring those of Node into the pages.
 */
declare module 'papaparse' {
  namespace Papa {
    interface ParseError {
      type: 'Quotes' | 'Delimiter' | 'FieldMismatch'
      /** The record, from 0. */
      row?: number
    }
    interface Parsed {
      data: string[][]
      errors: ParseError[]
      /** `cursor` is where what was not parsed begins. */
      meta: { linebreak: string; cursor: number }
    }
    function parse(text: string, options: { delimiter: string; preview?: number }): Parsed
    function unparse(
      records: string[][],
      options?: { newline?: string; escapeFormulae?: RegExp },
    ): string
    /**
     * What parses a part of a file: with `ignoresLast` it leaves the last record, which may go on
     * in the next part.
     */
    class Parser {
      constructor(options: { delimiter: string; newline: string })
      parse(text: string, base: number, ignoresLast: boolean): Parsed
    }
  }
  export default Papa
}
