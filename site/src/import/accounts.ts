/**
 * Rows of accounts, as the vendor's own books have them.
 *
 * What may stand in them, the server knows.
 */
import type { AccountImportRow, FieldError } from '../api/contract.ts'
import { isoDay } from './columns.ts'
import type { Kind } from './kind.ts'

type Column = keyof AccountImportRow

const OPTIONAL = ['partner', 'plan', 'time_zone', 'email', 'phone', 'website', 'licences'] as const
const DAYS = ['starts_on', 'ends_on'] as const
const KINDS: Record<string, string> = {
  kunde: 'customer',
  customer: 'customer',
  partner: 'partner',
}

export const accounts: Kind<AccountImportRow, Column> = {
  name: 'accounts',
  names: {
    external_id: ['number', 'customer number', 'Kundennummer', 'Nummer'],
    name: ['Firma'],
    kind: ['Art'],
    partner: [],
    plan: ['service plan', 'Servicevertrag', 'Vertrag'],
    starts_on: ['first day', 'erster Tag', 'Beginn'],
    ends_on: ['last day', 'letzter Tag', 'Ende'],
    time_zone: ['Zeitzone'],
    email: [],
    phone: ['telephone', 'Telefon'],
    website: ['Webseite'],
    licences: ['licenses', 'Lizenzen'],
  },
  required: ['external_id', 'name'],
  most: 100,
  read: (typed, seen) => {
    const input: AccountImportRow = { external_id: typed('external_id'), name: typed('name') }
    const errors: FieldError[] = []
    for (const column of ['external_id', 'name'] as const)
      if (!input[column]) errors.push({ field: column, code: 'missing' })
    if (input.external_id && seen.has(input.external_id))
      errors.push({ field: 'external_id', code: 'repeated-id' })
    seen.add(input.external_id)
    const kind = typed('kind')
    // What is none of them, the server refuses.
    if (kind) input.kind = (KINDS[kind.toLowerCase()] ?? kind) as NonNullable<typeof input.kind>
    for (const column of OPTIONAL) if (typed(column)) input[column] = typed(column)
    for (const column of DAYS) if (typed(column)) input[column] = isoDay(typed(column))
    return { input, errors }
  },
  who: ({ external_id, name }) => [external_id, name],
}
