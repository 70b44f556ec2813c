/** The part of papaparse that the site uses. Its own types would bring those of Node into the pages. */
declare module 'papaparse' {
  interface ParseError {
    type: 'Quotes' | 'Delimiter' | 'FieldMismatch'
    /** The record, from 0. */
    row?: number
  }
  const Papa: {
    parse(text: string, options: { delimiter: string; preview?: number }): { data: string[][]; errors: ParseError[] }
    unparse(records: string[][], options?: { newline?: string; escapeFormulae?: RegExp }): string
  }
  export default Papa
}
