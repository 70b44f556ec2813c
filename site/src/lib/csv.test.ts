import assert from 'node:assert/strict'
import { test } from 'node:test'
import Papa from 'papaparse'
import { DELIMITERS, writeCsv } from './csv.ts'

test('what a spreadsheet would calculate gets an apostrophe', () => {
  for (const [text, written] of [
    ['Ada Lovelace', 'Ada Lovelace'],
    ['+49 30 1234', "'+49 30 1234"],
    ['=1+1', "'=1+1"],
    ['－1', "'－1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['  @SUM(A1)', "'  @SUM(A1)"],
    ["'90s", "'90s"],
    ['A; B-C', '"A; B-C"'],
    ['A;=1', '"A;\'=1"'],
    ['A; "=1"', '"A;\' ""=1"""'],
  ] as const)
    assert.equal(writeCsv([[text]]), `${written}\r\n`, text)
})

test('no program finds a formula, whatever it takes for the delimiter', () => {
  const alphabet = [...'ab=+@;,\t\n"\' ＝＋－＠-']
  // A linear congruential generator: the same cells in each run.
  let seed = 1
  const next = (most: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % most
  }
  const cell = () => Array.from({ length: next(8) }, () => alphabet[next(alphabet.length)]).join('')
  for (let round = 0; round < 2000; round += 1) {
    const text = writeCsv([[cell(), cell(), cell()]])
    for (const delimiter of DELIMITERS) {
      const { data } = Papa.parse(text, { delimiter })
      for (const found of data.flat())
        assert.ok(!/^ *[=+\-@＝＋－＠]/.test(found), JSON.stringify({ found, text, delimiter }))
    }
  }
})

test('the delimiters of any program are quoted', () => {
  assert.equal(
    writeCsv([['a', 'b, c', 'd;e', 'f\tg', 'h"i', '']]),
    'a,"b, c","d;e","f\tg","h""i",\r\n',
  )
})
