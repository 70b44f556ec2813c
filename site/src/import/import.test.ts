import assert from 'node:assert/strict'
import { test } from 'node:test'
import vectors from '../../../functions/core/import-columns.test.json'
import type { AccountImportResult, FieldError } from '../api/contract.ts'
import { localProblem } from '../api/problem.ts'
import {
  columnsOf,
  findColumn,
  findColumns,
  hintOf,
  nameKey,
  type RecordKind,
  rowsPerRequest,
  titleOf,
} from './columns.ts'
import { Importer, type OnProgress, type RowResult, type Send } from './importer.ts'
import { PlannedPartners } from './planned-partners.ts'
import { records, scanFile } from './records.ts'
import { MOST_SHOWN, ResultFile } from './result-file.ts'
import { type Row, readRow } from './row.ts'

const KINDS: RecordKind[] = ['accounts', 'professionals']
const CREATED: RowResult = { outcome: 'created' }

test('names are compared as the API and the operator’s command do', () => {
  for (const [key, names] of Object.entries(vectors.keys))
    for (const name of names) assert.equal(nameKey(name), key, name)
})

test('columns are found by their names in every language', () => {
  for (const kind of KINDS)
    for (const [column, names] of Object.entries(vectors.columns[kind]))
      for (const name of names) assert.equal(findColumn(kind, name)?.name, column, name)
  for (const kind of KINDS) {
    const columns = columnsOf(kind)
    for (const header of [columns.map(titleOf), columns.map(({ name }) => name)]) {
      const found = findColumns(kind, header)
      assert.deepEqual([found.ignored, found.missing], [[], []])
    }
  }
})

test('every column has a title and a hint, and requests take rows', () => {
  for (const kind of KINDS) {
    assert.ok(columnsOf(kind).every((column) => titleOf(column) && hintOf(column)))
    assert.ok(rowsPerRequest(kind) > 0)
  }
})

test('unknown columns and missing required columns are named', () => {
  const { ignored, missing } = findColumns('professionals', [
    'Name',
    'Shoe size',
    '',
    'Name',
    'Konto',
  ])
  assert.deepEqual(ignored, ['Shoe size', 'Name', 'Konto'], 'a page is about one account')
  assert.deepEqual(missing.map(titleOf), ['E-mail'])
})

test('cells are sent as they are, without blank optional ones', () => {
  const header = ['E-Mail', 'Vollständiger Name', 'Funktion', 'Enddatum', 'Administrator']
  const read = (...cells: string[]) => readRow(findColumns('professionals', header), 0, 2, cells)
  assert.deepEqual(read(' Ada@People.example', '', ' ', '31.12.2030', 'ja'), {
    index: 0,
    number: 2,
    cells: {
      email: ' Ada@People.example',
      name: '',
      ends_on: '31.12.2030',
      administrator: 'ja',
    },
    key: 'ada@people.example',
  })
  assert.deepEqual(read().cells, { email: '', name: '' })
})

test('columns that are named in code are in the list', () => {
  const named: Record<RecordKind, string[]> = {
    accounts: ['external_id', 'name', 'partner'],
    professionals: ['name', 'email'],
  }
  for (const kind of KINDS) {
    const names = columnsOf(kind).map(({ name }) => name)
    for (const name of named[kind]) assert.ok(names.includes(name), name)
  }
})

test('a dry run remembers the partners that it would create', async () => {
  const planned = new PlannedPartners()
  const rows = await rowsOf('accounts', 'number,name,kind,partner\nP-1, P,Partner\nK-1,K,,P-1\n')
  assert.deepEqual(planned.namedIn(rows), [])
  const results: AccountImportResult[] = [
    { outcome: 'created', account: null, kind: 'partner' },
    { outcome: 'created', account: null, kind: 'customer' },
  ]
  planned.record(rows, results)
  assert.deepEqual(planned.namedIn([...rows, ...rows]), ['P-1'])
  planned.clear()
  assert.deepEqual(planned.namedIn(rows), [])
})

test('a file is recognized by its content, not by its name', async () => {
  const scan = async (text: string, name: string) =>
    (await scanFile(new File([text], name), () => true)).fingerprint
  const long = members(10_000)
  assert.equal(await scan(long, 'a.csv'), await scan(long, 'b.csv'))
  assert.notEqual(
    await scan(long, 'a.csv'),
    await scan(long.replace('Member 7,', 'Member X,'), 'a.csv'),
  )
})

test('an address that is in the file twice is imported once', async () => {
  const file = 'name,email\nAda,ada@people.example\nAda again, ADA@people.example\n'
  const { importer, results } = await importerOf('professionals', file, always(CREATED))
  await importer.preview()
  assert.deepEqual([results.counts.new, results.counts.invalid], [1, 1])
  assert.deepEqual(results.shown.invalid, [
    { number: 3, who: ['Ada again', 'ADA@people.example'], details: ['email repeated'] },
  ])
})

test('a request has at most the allowed number of rows and bytes', async () => {
  const sent: number[] = []
  const send: Send = (rows) => {
    sent.push(rows.length)
    assert.ok(JSON.stringify(rows.map(({ cells }) => cells)).length < 60_000)
    return Promise.resolve({ ok: true, value: rows.map(() => CREATED) })
  }
  await (await importerOf('professionals', members(45), send)).importer.preview()
  assert.deepEqual(sent.splice(0), [16, 16, 13])
  const rows = Array.from({ length: 30 }, (_, row) => `K-${row},Long,${'x'.repeat(10_000)}\n`)
  const long = `number,name,licences\n${rows.join('')}`
  await (await importerOf('accounts', long, send)).importer.preview()
  assert.deepEqual(sent, [4, 4, 4, 4, 4, 4, 4, 2])
})

test('an import continues where it failed and adds nobody twice', async () => {
  const listed = new Set<string>()
  let failsAt: number | null = 2
  let requests = 0
  const send: Send = (rows, { dryRun }) => {
    if (dryRun) return Promise.resolve({ ok: true, value: rows.map(() => CREATED) })
    requests += 1
    const results = rows.map(({ key }): RowResult => {
      if (listed.has(key)) return { outcome: 'unchanged', detail: key }
      listed.add(key)
      return CREATED
    })
    // The rows were imported, but the response is lost.
    if (requests === failsAt)
      return Promise.resolve({ ok: false, problem: localProblem('offline') })
    return Promise.resolve({ ok: true, value: results })
  }
  const { importer, results } = await importerOf('professionals', members(60), send)
  await importer.preview()
  assert.equal((await importer.import())?.kind, 'offline')
  assert.equal(results.counts.added, 16)
  failsAt = null
  assert.equal(await importer.import(), null)
  assert.equal(results.counts.added, 60, 'also those whose response was lost')
  assert.equal(requests, 5)
})

test('an account counts as changed if the response to its change was lost', async () => {
  const previewed: RowResult[] = [
    CREATED,
    { outcome: 'updated', detail: 'changed: name' },
    { outcome: 'unchanged', detail: '' },
  ]
  const sent: string[] = []
  let isOnline = false
  const send: Send = (rows, { dryRun }) => {
    if (dryRun) return Promise.resolve({ ok: true, value: previewed })
    if (!isOnline) return Promise.resolve({ ok: false, problem: localProblem('offline') })
    sent.push(...rows.map(({ key }) => key))
    return Promise.resolve({
      ok: true,
      value: rows.map(() => ({ outcome: 'unchanged', detail: '' })),
    })
  }
  const file = 'number,name\nA,One\nB,Two\nC,Three\n'
  const { importer, results } = await importerOf('accounts', file, send)
  await importer.preview()
  await importer.import()
  isOnline = true
  await importer.import()
  assert.deepEqual(sent, ['A', 'B'], 'unchanged accounts are not sent')
  const { added, updated, known } = results.counts
  assert.deepEqual([added, updated, known], [1, 1, 1])
})

test('rows of an earlier import are not sent, but their addresses count as used', async () => {
  const sent: string[] = []
  const send: Send = (rows) => {
    sent.push(...rows.map(({ cells }) => cells.name ?? ''))
    return always(CREATED)(rows, { dryRun: true })
  }
  const file = `${members(30)}Again,member3@people.example\n`
  const { importer, results } = await importerOf('professionals', file, send, 25)
  await importer.preview()
  assert.deepEqual(sent, ['Member 25', 'Member 26', 'Member 27', 'Member 28', 'Member 29'])
  const { earlier, new: fresh, invalid } = results.counts
  assert.deepEqual([earlier, fresh, invalid], [25, 5, 1])
})

test('errors are described in the page’s words', async () => {
  const errors: FieldError[] = [
    { field: 'name', code: 'empty' },
    { field: 'plan', code: 'missing' },
  ]
  const { importer, results } = await importerOf(
    'accounts',
    'number,name\nK-1,\n',
    always({ outcome: 'invalid', errors }),
  )
  await importer.preview()
  assert.deepEqual(results.shown.invalid, [
    { number: 2, who: ['K-1', ''], details: ['name empty', 'plan missing'] },
  ])
})

test('progress is the number of leading rows that are done', async () => {
  const reported: number[] = []
  const { importer } = await importerOf(
    'professionals',
    members(45),
    always(CREATED),
    0,
    (through) => reported.push(through),
  )
  await importer.preview()
  assert.deepEqual(reported, [16, 32, 45])
})

test('the page shows some of many invalid rows, and the result has all', () => {
  const results = new ResultFile(1000)
  for (let row = 0; row < 1000; row += 1)
    results.set(row, 'invalid', { number: row + 2, who: ['', ''], details: ['Name is missing.'] })
  assert.deepEqual(
    [results.shown.invalid.length, results.counts.invalid, results.detail(999)],
    [MOST_SHOWN, 1000, 'Name is missing.'],
  )
})

async function importerOf(
  kind: RecordKind,
  text: string,
  send: Send,
  earlier = 0,
  onProgress: OnProgress = () => undefined,
) {
  const isColumn = (cell: string) => findColumn(kind, cell) !== null
  const source = await scanFile(new File([text], 'file.csv'), isColumn)
  const results = new ResultFile(source.count, earlier)
  const describe = (errors: FieldError[]) => errors.map(({ field, code }) => `${field} ${code}`)
  return { results, importer: new Importer(kind, source, results, send, describe, onProgress) }
}

async function rowsOf(kind: RecordKind, text: string): Promise<Row[]> {
  const isColumn = (cell: string) => findColumn(kind, cell) !== null
  const source = await scanFile(new File([text], 'file.csv'), isColumn)
  const columns = findColumns(kind, source.header)
  const rows: Row[] = []
  for await (const batch of records(source, isColumn))
    for (const { number, cells } of batch) rows.push(readRow(columns, rows.length, number, cells))
  return rows
}

function members(count: number): string {
  const member = (_: unknown, row: number) => `Member ${row},member${row}@people.example\n`
  return `name,email\n${Array.from({ length: count }, member).join('')}`
}

/** Sends nothing and returns the same result for every row. */
function always(result: RowResult): Send {
  return (rows) => Promise.resolve({ ok: true, value: rows.map(() => result) })
}
