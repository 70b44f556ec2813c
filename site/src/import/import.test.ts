import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as german from '../../languages/de/import.ts'
import * as english from '../../languages/en/import.ts'
import type { AccountImportRow, FieldError, ImportRow } from '../api/contract.ts'
import { localProblem } from '../api/problem.ts'
import { accounts } from './accounts.ts'
import { columnOf, listedName, placesOf } from './columns.ts'
import type { Answered, Kind } from './kind.ts'
import { Ledger, MOST_SHOWN } from './ledger.ts'
import { people, read } from './people.ts'
import { scanFile } from './records.ts'
import { addRows, type Send, tryRows, type Work } from './run.ts'

const TODAY = '2026-11-22'
const NOTHING = () => undefined

test('columns of people are known by their English and German names, in any case and order', () => {
  for (const header of [
    ['E-Mail', 'Name', 'Funktion', 'Telefon', 'Sprache', 'Enddatum', 'Administrator'],
    ['email', 'NAME', 'title', 'phone', 'language', 'ends_on', 'administrator'],
    [' E-mail address ', 'Full name', 'Job title', 'Telephone', 'Language', 'End date', 'Admin'],
  ]) {
    const [row, places] = readOne(header, [
      'ben@people.example',
      'Ben Novak',
      'Buyer',
      '030 1234567',
      'DE',
      '31.12.2030',
      'no',
    ])
    assert.deepEqual([places.ignored, places.lacking], [[], []], header.join())
    assert.deepEqual(row, {
      input: {
        email: 'ben@people.example',
        name: 'Ben Novak',
        title: 'Buyer',
        phone: '030 1234567',
        language: 'de',
        ends_on: '2030-12-31',
      },
      errors: [],
    })
  }
})

test('a column that is lacking is called as the list of columns calls it', () => {
  const { lacking } = placesOf(accounts.names, accounts.required, ['first', 'second'])
  const called = (listed: [string, string][]) =>
    lacking.map((column) => listedName(accounts.names, listed, column))
  assert.deepEqual(called(english.accounts.columns), ['external_id', 'name'])
  assert.deepEqual(called(german.accounts.columns), ['Nummer', 'Name'])
  for (const { people: words } of [english, german]) {
    for (const [index, column] of (
      Object.keys(people.names) as (keyof typeof people.names)[]
    ).entries()) {
      assert.equal(listedName(people.names, words.columns, column), words.columns[index]?.[0])
    }
  }
})

test('columns, days and kinds of accounts are understood in both languages', () => {
  const row = [
    'K-1',
    'Example Ltd',
    'Kunde',
    'P-1',
    'Support',
    '1.1.2026',
    '2027-12-31',
    'Europe/Berlin',
    'a@b.example',
    "'+49 30 1",
    'https://b.example',
    'Ledger',
  ]
  for (const header of [
    [
      'Kundennummer',
      'Firma',
      'Art',
      'Partner',
      'Servicevertrag',
      'Erster Tag',
      'Letzter Tag',
      'Zeitzone',
      'E-Mail',
      'Telefon',
      'Webseite',
      'Lizenzen',
    ],
    [
      'external_id',
      'name',
      'kind',
      'partner',
      'plan',
      'starts_on',
      'ends_on',
      'time_zone',
      'email',
      'phone',
      'website',
      'licences',
    ],
  ]) {
    const { typed, ignored } = placesOf(accounts.names, accounts.required, header)
    assert.deepEqual(ignored, [], header.join())
    assert.deepEqual(
      accounts.read((column) => typed(row, column), new Set()),
      {
        input: {
          external_id: 'K-1',
          name: 'Example Ltd',
          kind: 'customer',
          partner: 'P-1',
          plan: 'Support',
          starts_on: '2026-01-01',
          ends_on: '2027-12-31',
          time_zone: 'Europe/Berlin',
          email: 'a@b.example',
          phone: '+49 30 1',
          website: 'https://b.example',
          licences: 'Ledger',
        },
        errors: [],
      },
    )
  }
})

test('columns that nobody understands are named, and so are those that have to be there', () => {
  const { ignored, lacking } = placesOf(people.names, people.required, [
    'Name',
    'Shoe size',
    '',
    'Name',
  ])
  assert.deepEqual(ignored, ['Shoe size', 'Name'])
  assert.deepEqual(lacking, ['email'])
})

test('every fault of a person is found', () => {
  const header = ['name', 'email', 'phone', 'language', 'ends_on', 'administrator']
  const [row] = readOne(header, [
    'https://evil.example',
    'ben at home',
    'call me',
    'German',
    '2020-01-01',
    'perhaps',
  ])
  const codes = [
    'name address-inside',
    'email email',
    'phone telephone',
    'language language',
    'ends_on past',
    'administrator yes-or-no',
  ]
  assert.deepEqual(
    row.errors.map(({ field, code }) => `${field} ${code}`),
    codes,
  )
  const [administrator] = readOne(
    ['name', 'email', 'ends_on', 'administrator'],
    ['Ada', 'ada@people.example', '2030-01-01', 'Ja'],
  )
  assert.deepEqual(
    administrator.errors.map(({ field, code }) => `${field} ${code}`),
    ['ends_on role-held'],
  )
})

test('an address that stands in the file twice is taken once', async () => {
  const work = await workOn(
    people,
    'name,email\nAda,ada@people.example\nAda again, ADA@people.example\n',
  )
  await tryRows(work, always({ kind: 'new' }), NOTHING)
  assert.deepEqual([work.ledger.counts.new, work.ledger.counts.invalid], [1, 1])
  assert.deepEqual(work.ledger.shown.invalid, [
    { number: 3, who: ['Ada again', 'ADA@people.example'], said: ['email repeated'] },
  ])
})

test('a trial tells what the page and the server see of a row, each field once', async () => {
  const work = await workOn(accounts, 'number,name,phone\n,,x\n')
  const errors: FieldError[] = [
    { field: 'external_id', code: 'external-id' },
    { field: 'name', code: 'empty' },
    { field: 'plan', code: 'missing' },
  ]
  await tryRows(work, always({ kind: 'invalid', errors }), NOTHING)
  assert.deepEqual(work.ledger.shown.invalid[0]?.said, [
    'external_id missing',
    'name missing',
    'plan missing',
  ])
})

test('a request takes as many rows as it may, in rows and in bytes', async () => {
  const asked: number[] = []
  const send = <Input>(rows: Input[]) => {
    asked.push(rows.length)
    assert.ok(JSON.stringify(rows).length < 60_000)
    return Promise.resolve({
      ok: true as const,
      value: rows.map((): Answered => ({ kind: 'new' })),
    })
  }
  await tryRows(await workOn(people, members(45)), send, NOTHING)
  assert.deepEqual(asked.splice(0), [16, 16, 13])
  const rows = Array.from({ length: 30 }, (_, row) => `K-${row},Long,${'x'.repeat(10_000)}\n`)
  const long = `number,name,licences\n${rows.join('')}`
  await tryRows(await workOn(accounts, long), send, NOTHING)
  assert.deepEqual(asked, [4, 4, 4, 4, 4, 4, 4, 2])
})

test('an import goes on where it failed, and adds nobody twice', async () => {
  const work = await workOn(people, members(60))
  await tryRows(work, always({ kind: 'new' }), NOTHING)
  const listed = new Set<string>()
  let failsAt: number | null = 2
  let requests = 0
  const send: Send<ImportRow> = (rows) => {
    requests += 1
    const results = rows.map(({ name, email }): Answered => {
      if (listed.has(email)) return { kind: 'known', detail: name }
      listed.add(email)
      return { kind: 'new' }
    })
    // It was done, but the answer is lost.
    if (requests === failsAt)
      return Promise.resolve({ ok: false, problem: localProblem('offline') })
    return Promise.resolve({ ok: true, value: results })
  }
  assert.equal((await addRows(work, send, NOTHING))?.kind, 'offline')
  assert.equal(work.ledger.counts.added, 16)
  failsAt = null
  assert.equal(await addRows(work, send, NOTHING), null)
  assert.equal(work.ledger.counts.added, 60, 'also those whose answer was lost')
  assert.equal(requests, 5)
})

test('an account whose change was answered to nobody counts as changed', async () => {
  const work = await workOn(accounts, 'number,name\nA,One\nB,Two\nC,Three\n')
  const tried: Answered[] = [
    { kind: 'new' },
    { kind: 'changed', detail: 'changed: name' },
    { kind: 'known', detail: '' },
  ]
  await tryRows(work, () => Promise.resolve({ ok: true, value: tried }), NOTHING)
  await addRows(
    work,
    () => Promise.resolve({ ok: false, problem: localProblem('offline') }),
    NOTHING,
  )
  const asked: string[] = []
  await addRows(
    work,
    (rows) => {
      asked.push(...rows.map(({ external_id }) => external_id))
      return always<AccountImportRow>({ kind: 'known', detail: '' })(rows)
    },
    NOTHING,
  )
  assert.deepEqual(asked, ['A', 'B'], 'what is as the file says is not sent')
  assert.deepEqual(
    [work.ledger.counts.added, work.ledger.counts.updated, work.ledger.counts.known],
    [1, 1, 1],
  )
})

test('what an earlier import has done is not asked about, but its addresses count', async () => {
  const work = await workOn(people, `${members(30)}Again,member3@people.example\n`, 25)
  const asked: string[] = []
  await tryRows(
    work,
    (rows) => {
      asked.push(...rows.map(({ name }) => name))
      return always<ImportRow>({ kind: 'new' })(rows)
    },
    NOTHING,
  )
  assert.deepEqual(asked, [
    'Member 25',
    'Member 26',
    'Member 27',
    'Member 28',
    'Member 29',
    'Again',
  ])
  assert.deepEqual(
    [work.ledger.counts.earlier, work.ledger.counts.new, work.ledger.counts.invalid],
    [25, 5, 1],
  )
})

test('it hears up to which row everything is done', async () => {
  const work = await workOn(people, members(45))
  const heard: number[] = []
  await tryRows(work, always({ kind: 'new' }), (through) => heard.push(through))
  assert.deepEqual(heard, [16, 32, 45])
})

test('of many faulty rows some are shown, and all are in the ledger', () => {
  const ledger = new Ledger(1000)
  for (let row = 0; row < 1000; row += 1)
    ledger.set(row, 'invalid', { number: row + 2, who: ['', ''], said: ['Name is missing.'] })
  assert.deepEqual(
    [ledger.shown.invalid.length, ledger.counts.invalid, ledger.detail(999)],
    [MOST_SHOWN, 1000, 'Name is missing.'],
  )
})

function readOne(header: string[], cells: string[]) {
  const places = placesOf(people.names, people.required, header)
  return [read((column) => places.typed(cells, column), new Set(), TODAY), places] as const
}

async function workOn<Input, Column extends string>(
  kind: Kind<Input, Column>,
  text: string,
  earlier = 0,
): Promise<Work<Input, Column>> {
  const source = await scanFile(
    new File([text], 'file.csv'),
    (cell) => columnOf(kind.names, cell) !== null,
  )
  const words = (errors: { field: string; code: string }[]) =>
    errors.map(({ field, code }) => `${field} ${code}`)
  return { kind, source, ledger: new Ledger(source.count, earlier), words, uncertain: new Set() }
}

function members(count: number): string {
  const member = (_: unknown, row: number) => `Member ${row},member${row}@people.example\n`
  return `name,email\n${Array.from({ length: count }, member).join('')}`
}

/** Returns the same of every row. */
function always<Input>(answer: Answered): Send<Input> {
  return (rows) => Promise.resolve({ ok: true, value: rows.map(() => answer) })
}
