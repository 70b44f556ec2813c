/** Rows of people: what each asks for, and what is wrong with it at sight. */
import type { FieldError, ImportRow, ValueError } from '../api/contract.ts'
import { checkEmail, checkEndDate, checkName, checkPhone } from '../api/person-rules.ts'
import { isoDay } from './columns.ts'
import type { Kind, ReadRow } from './kind.ts'

type Column = 'name' | 'email' | 'title' | 'phone' | 'language' | 'ends_on' | 'administrator'

const YES = ['yes', 'y', 'true', '1', 'x', 'ja', 'j', 'wahr']
const NO = ['', 'no', 'n', 'false', '0', 'nein', 'falsch']

export const people: Kind<ImportRow, Column> = {
  name: 'people',
  names: {
    name: ['full name', 'vollständiger Name', 'Vor- und Nachname'],
    email: ['mail', 'email address', 'E-Mail-Adresse'],
    title: ['job title', 'position', 'Funktion', 'Berufsbezeichnung', 'Stellenbezeichnung'],
    phone: ['phone number', 'telephone', 'Telefon', 'Telefonnummer'],
    language: ['Sprache'],
    ends_on: ['end date', 'Enddatum', 'letzter Tag'],
    administrator: ['admin'],
  },
  required: ['name', 'email'],
  most: 16,
  read,
  who: ({ name, email }) => [name, email],
}

/** `today` is a day in the form 2026-11-22. */
export function read(
  typed: (column: Column) => string,
  seen: Set<string>,
  today?: string,
): ReadRow<ImportRow> {
  const input: ImportRow = { name: typed('name'), email: typed('email') }
  const errors: FieldError[] = []
  const note = (field: Column, error: ValueError | null) =>
    error && errors.push({ field, ...error })

  note('name', input.name ? checkName(input.name) : { code: 'missing' })
  note('email', input.email ? checkEmail(input.email) : { code: 'missing' })
  const email = input.email.normalize('NFKC').toLowerCase()
  if (email && seen.has(email)) note('email', { code: 'repeated' })
  seen.add(email)

  const [title, phone, language] = [typed('title'), typed('phone'), typed('language')]
  const [endsOn, administrator] = [isoDay(typed('ends_on')), typed('administrator').toLowerCase()]
  if (title) {
    input.title = title
    note('title', checkName(title))
  }
  if (phone) {
    input.phone = phone
    note('phone', checkPhone(phone))
  }
  if (language) {
    input.language = languageTag(language)
    note('language', /^[a-z]{2,3}(-[A-Z]{2})?$/.test(input.language) ? null : { code: 'language' })
  }
  if (endsOn) {
    input.ends_on = endsOn
    note('ends_on', checkEndDate(endsOn, today))
  }
  if (YES.includes(administrator)) input.administrator = true
  else if (!NO.includes(administrator)) note('administrator', { code: 'yes-or-no' })
  if (endsOn && input.administrator) note('ends_on', { code: 'role-held' })
  return { input, errors }
}

/** "DE" and "pt_br" are understood. */
function languageTag(text: string): string {
  const [language = '', region] = text.split(/[-_]/)
  return region ? `${language.toLowerCase()}-${region.toUpperCase()}` : language.toLowerCase()
}
