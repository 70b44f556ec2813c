import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OpenQuote, decode, readCsv, withoutApostrophe, writeCsv } from '../src/csv.ts'

const known = (cell: string) => ['name', 'email', 'title'].includes(cell.trim().toLowerCase())

test('cells are separated by commas, semicolons or tabs, whatever stands in them', () => {
  for (const delimiter of [',', ';', '\t']) {
    const text = ['name', 'email'].join(delimiter) + '\r\n' + ['"Novak, Ben; Dr."', 'ben@people.example'].join(delimiter) + '\r\n'
    assert.deepEqual(readCsv(text, known), [['name', 'email'], ['Novak, Ben; Dr.', 'ben@people.example']], JSON.stringify(delimiter))
  }
})

test('a file that is told its delimiter in a line of its own is read by it', () => {
  assert.deepEqual(readCsv('sep=;\r\nname;email\r\nBen;b@people.example', known), [['name', 'email'], ['Ben', 'b@people.example']])
})

test('quoted cells hold delimiters, quotes and line breaks', () => {
  assert.deepEqual(readCsv('name,title\n"Ben ""Benny"" Novak","Buyer,\r\nfood"\n', known), [['name', 'title'], ['Ben "Benny" Novak', 'Buyer,\r\nfood']])
})

test('empty records keep their places, so that rows are numbered as in a spreadsheet', () => {
  assert.deepEqual(readCsv('name\n\nBen\n', known), [['name'], [''], ['Ben']])
})

test('a quote that is never closed is said, with its row', () => {
  assert.throws(() => readCsv('name,email\nBen,b@people.example\n"Ada,a@people.example\nEve,e@people.example\n', known), (error) => error instanceof OpenQuote && error.record === 3)
})

test('text is read in the encodings that spreadsheets write', () => {
  assert.equal(decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x5a, 0x6f, 0xc3, 0xab]).buffer), 'Zoë', 'UTF-8 with its mark')
  assert.equal(decode(new Uint8Array([0x5a, 0x6f, 0xeb]).buffer), 'Zoë', 'Windows-1252')
  assert.equal(decode(new Uint8Array([0xff, 0xfe, 0x5a, 0, 0x6f, 0, 0xeb, 0]).buffer), 'Zoë', 'UTF-16, as "Unicode text"')
  assert.equal(decode(new ArrayBuffer(0)), '')
})

test('what is written is read again as it was', () => {
  const records = [['name', 'title'], ['Ben "Benny"\r\nNovak', 'Buyer, food'], ['', ' Ada ']]
  assert.deepEqual(readCsv(writeCsv(records), known), records)
})

test('no cell is a formula to a spreadsheet, and the apostrophe is taken off again', () => {
  for (const formula of ['=HYPERLINK("http://evil.example")', '+49 30 1234567', '-1', '@SUM(A1)', '\tx', '\r=1']) {
    const [[cell = ''] = []] = readCsv(writeCsv([[formula, 'x']]), known)
    assert.equal(cell, `'${formula}`)
    assert.equal(withoutApostrophe(cell), formula)
  }
  assert.equal(withoutApostrophe("'t Hooft"), "'t Hooft")
})
