/** The rows of a file of people: which column is which, what each row asks for, and what is wrong with it at sight. */
import type { ImportRow } from '../contract.ts'
import { withoutApostrophe } from '../csv.ts'
import { type Fault, faultOfEmail, faultOfEndDate, faultOfName, faultOfPhone } from '../person-rules.ts'
import type { FieldError } from '../problem.ts'

/** More are not read from one file: at 16 a request it is minutes of work already. */
export const MOST_ROWS = 5000

export const COLUMNS = ['name', 'email', 'title', 'phone', 'language', 'ends_on', 'administrator'] as const
export type Column = (typeof COLUMNS)[number]

/** What columns may be called, whatever the language of the page: files travel between colleagues. Compared as `plain` makes them. */
const NAMES: Record<Column, string[]> = {
  name: ['name', 'fullname', 'vollständigername', 'vorundnachname'],
  email: ['email', 'mail', 'emailaddress', 'emailadresse'],
  title: ['title', 'jobtitle', 'position', 'funktion', 'berufsbezeichnung', 'stellenbezeichnung'],
  phone: ['phone', 'phonenumber', 'telephone', 'telefon', 'telefonnummer'],
  language: ['language', 'sprache'],
  ends_on: ['endson', 'enddate', 'enddatum', 'letztertag'],
  administrator: ['administrator', 'admin'],
}

const YES = ['yes', 'y', 'true', '1', 'x', 'ja', 'j', 'wahr']
const NO = ['', 'no', 'n', 'false', '0', 'nein', 'falsch']

/** What became, or would become, of a row. */
export type Verdict =
  | { kind: 'new' }
  | { kind: 'added' }
  | { kind: 'exists'; name: string }
  | { kind: 'invalid'; errors: FieldError[] }

export interface Row {
  /** As a spreadsheet numbers it: the header is row 1. */
  number: number
  /** The row's cells as they stand in the file. */
  cells: string[]
  input: ImportRow
  /** null until the row was asked about. */
  verdict: Verdict | null
}

export interface Table {
  header: string[]
  rows: Row[]
  /** Columns that nobody understands, as the file names them. */
  ignored: string[]
  /** Columns that have to be there, and are not. */
  lacking: Column[]
}

/** Whether a cell of the header names a column. */
export function isColumn(cell: string): boolean {
  return columnOf(cell) !== null
}

/** Understands the records of a file, the first of which names the columns. */
export function readTable(records: string[][], today?: string): Table {
  const [header = [], ...rest] = records
  const places = new Map<Column, number>()
  const ignored: string[] = []
  for (const [index, cell] of header.entries()) {
    const column = columnOf(cell)
    if (column && !places.has(column)) places.set(column, index)
    else if (cell.trim()) ignored.push(cell.trim())
  }
  const lacking = (['name', 'email'] as const).filter((column) => !places.has(column))
  const seen = new Set<string>()
  const rows = rest.flatMap((cells, index) => {
    if (cells.every((cell) => !cell.trim())) return []
    const typed = (column: Column) => cleaned(cells[places.get(column) ?? -1] ?? '')
    return [readRow(index + 2, cells, typed, seen, today)]
  })
  return { header, rows, ignored, lacking }
}

function readRow(number: number, cells: string[], typed: (column: Column) => string, seen: Set<string>, today?: string): Row {
  const input: ImportRow = { name: typed('name'), email: typed('email') }
  const errors: FieldError[] = []
  const note = (field: Column, fault: Fault | null) => fault && errors.push({ field, ...fault })

  note('name', input.name ? faultOfName(input.name) : { code: 'missing' })
  note('email', input.email ? faultOfEmail(input.email) : { code: 'missing' })
  const email = input.email.normalize('NFKC').toLowerCase()
  if (email && seen.has(email)) note('email', { code: 'repeated' })
  seen.add(email)

  const [title, phone, language] = [typed('title'), typed('phone'), typed('language')]
  const [endsOn, administrator] = [isoDay(typed('ends_on')), typed('administrator').toLowerCase()]
  if (title) note('title', faultOfName((input.title = title)))
  if (phone) note('phone', faultOfPhone((input.phone = phone)))
  if (language) {
    input.language = languageTag(language)
    note('language', /^[a-z]{2,3}(-[A-Z]{2})?$/.test(input.language) ? null : { code: 'language' })
  }
  if (endsOn) note('ends_on', faultOfEndDate((input.ends_on = endsOn), today))
  if (YES.includes(administrator)) input.administrator = true
  else if (!NO.includes(administrator)) note('administrator', { code: 'yes-or-no' })
  if (endsOn && input.administrator) note('ends_on', { code: 'role-held' })
  return { number, cells, input, verdict: errors.length ? { kind: 'invalid', errors } : null }
}

function columnOf(cell: string): Column | null {
  return COLUMNS.find((column) => NAMES[column].includes(plain(cell))) ?? null
}

/** "E-Mail " and "e_mail" are the same column. */
function plain(cell: string): string {
  return cell.normalize('NFC').toLowerCase().replaceAll(/[\s_*-]/g, '')
}

/** Text pasted from elsewhere is full of spaces that do not break. */
function cleaned(cell: string): string {
  return withoutApostrophe(cell).replaceAll('\u{a0}', ' ').trim()
}

/** Spreadsheets in German write 31.12.2026. Dates with slashes stay as they are: nobody can tell the day from the month. */
function isoDay(text: string): string {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? []
  return day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text
}

/** "DE" and "pt_br" are understood. */
function languageTag(text: string): string {
  const [language = '', region] = text.split(/[-_]/)
  return region ? `${language.toLowerCase()}-${region.toUpperCase()}` : language.toLowerCase()
}
