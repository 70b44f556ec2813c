import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImportResult, ImportRow } from '../src/contract.ts'
import { readTable, type Row } from '../src/import/rows.ts'
import { addRows, tryRows, type Send } from '../src/import/run.ts'
import { localProblem, type Problem } from '../src/problem.ts'

const TODAY = '2026-11-22'

test('columns are known by their English and German names, in any case and order', () => {
  for (const header of [
    ['E-Mail', 'Name', 'Funktion', 'Telefon', 'Sprache', 'Enddatum', 'Administrator'],
    ['email', 'NAME', 'title', 'phone', 'language', 'ends_on', 'administrator'],
    [' E-mail address ', 'Full name', 'Job title', 'Telephone', 'Language', 'End date', 'Admin'],
  ]) {
    const row = ['ben@people.example', 'Ben Novak', 'Buyer', '030 1234567', 'DE', '31.12.2030', 'no']
    const { rows, ignored, lacking } = readTable([header, row], TODAY)
    assert.deepEqual([ignored, lacking], [[], []], header.join())
    assert.deepEqual(rows[0]?.input, {
      email: 'ben@people.example',
      name: 'Ben Novak',
      title: 'Buyer',
      phone: '030 1234567',
      language: 'de',
      ends_on: '2030-12-31',
    })
    assert.equal(rows[0]?.verdict, null)
  }
})

test('columns that nobody understands are named, and so are those that have to be there', () => {
  const { ignored, lacking } = readTable([['Name', 'Shoe size', '', 'Name']], TODAY)
  assert.deepEqual(ignored, ['Shoe size', 'Name'])
  assert.deepEqual(lacking, ['email'])
})

test('every fault of a row is found, and the row is numbered as in the file', () => {
  const header = ['name', 'email', 'phone', 'language', 'ends_on', 'administrator']
  const [good, bad, ...others] = readTable(
    [
      header,
      ['Ada', 'ada@people.example', '', '', '', ''],
      ['', '', '', '', '', ''],
      ['https://evil.example', 'ben at home', 'call me', 'German', '2020-01-01', 'perhaps'],
    ],
    TODAY,
  ).rows
  assert.deepEqual([good?.number, good?.verdict, others], [2, null, []])
  assert.equal(bad?.number, 4)
  assert.deepEqual(codes(bad), ['name address-inside', 'email email', 'phone telephone', 'language language', 'ends_on past', 'administrator yes-or-no'])
})

test('an address that stands in the file twice is taken once', () => {
  const { rows } = readTable([['name', 'email'], ['Ada', 'ada@people.example'], ['Ada again', ' ADA@people.example']], TODAY)
  assert.deepEqual(rows.map(codes), [[], ['email repeated']])
})

test('who is an administrator has no end date', () => {
  const { rows } = readTable([['name', 'email', 'ends_on', 'administrator'], ['Ada', 'ada@people.example', '2030-01-01', 'Ja']], TODAY)
  assert.deepEqual(codes(rows[0]), ['ends_on role-held'])
})

test("an export's apostrophe before a telephone number is taken off", () => {
  const { rows } = readTable([['name', 'email', 'phone'], ['Ada', 'ada@people.example', "'+49 30 1234567"]], TODAY)
  assert.equal(rows[0]?.input.phone, '+49 30 1234567')
})

test('rows are asked about sixteen at a time, but for those that are faulty at sight', async () => {
  const asked: number[] = []
  const rows = people(45)
  rows[3]!.verdict = { kind: 'invalid', errors: [] }
  const send: Send = (chunk) => {
    asked.push(chunk.length)
    return Promise.resolve({ ok: true, value: { results: chunk.map(added) } })
  }
  assert.equal(await tryRows(rows, send, () => {}), null)
  assert.deepEqual(asked, [16, 16, 12])
  assert.equal(rows.filter(({ verdict }) => verdict?.kind === 'new').length, 44)
})

test('an import goes on where it failed, and adds nobody twice', async () => {
  const listed = new Set<string>()
  const rows = people(60)
  let failsAt: number | null = 2
  let requests = 0
  const send: Send = (chunk) => {
    requests += 1
    const results = chunk.map(({ name, email }): ImportResult => {
      if (listed.has(email)) return { outcome: 'exists', professional: 'P', name }
      listed.add(email)
      return { outcome: 'added', professional: 'P' }
    })
    // It was done, but the answer is lost.
    if (requests === failsAt) return Promise.resolve({ ok: false, problem: localProblem('offline') as Problem })
    return Promise.resolve({ ok: true, value: { results } })
  }
  for (const row of rows) row.verdict = { kind: 'new' }
  assert.equal((await addRows(rows, send, () => {}))?.kind, 'offline')
  assert.equal(rows.filter(({ verdict }) => verdict?.kind === 'added').length, 16)
  failsAt = null
  assert.equal(await addRows(rows, send, () => {}), null)
  assert.equal(rows.filter(({ verdict }) => verdict?.kind === 'added').length, 60, 'also those whose answer was lost')
  assert.equal(requests, 5)
})

function people(count: number): Row[] {
  const records = Array.from({ length: count }, (_, index) => [`Member ${index}`, `member${index}@people.example`])
  return readTable([['name', 'email'], ...records], TODAY).rows
}

function added(_: ImportRow): ImportResult {
  return { outcome: 'added', professional: null }
}

function codes(row: Row | undefined): string[] {
  return row?.verdict?.kind === 'invalid' ? row.verdict.errors.map(({ field, code }) => `${field} ${code}`) : []
}
