/** What an import is of: people, or accounts. */
import type { accounts, people } from '#language/import.ts'
import type { FieldError } from '../api/contract.ts'
import type { Names } from './columns.ts'

/** What the page says, where it differs between the two. */
export type Words = typeof people | typeof accounts

export interface ReadRow<Input> {
  input: Input
  /** What is wrong at sight. */
  errors: FieldError[]
}

export interface Kind<Input, Column extends string> {
  /** Tells what has been kept of one from what has been kept of the other. */
  name: string
  names: Names<Column>
  /** The columns that a file has to have. */
  required: readonly Column[]
  /** How many rows one request takes. */
  most: number
  /** Reads a row, given what told the rows above apart. */
  read: (typed: (column: Column) => string, seen: Set<string>) => ReadRow<Input>
  /** By what people know the row. */
  who: (input: Input) => [string, string]
}

/** What the server says of a row, in a trial and else. */
export type Answered =
  | { kind: 'new' }
  | { kind: 'changed'; detail: string }
  | { kind: 'known'; detail: string }
  | { kind: 'invalid'; errors: FieldError[] }
