import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UnclosedQuote, writeCsv } from '../lib/csv.ts'
import { NotText, records, scanFile } from './records.ts'

const known = (cell: string) => ['name', 'email', 'title'].includes(cell.trim().toLowerCase())

test('commas, semicolons or tabs separate cells, and quoted cells may contain them', async () => {
  for (const delimiter of [',', ';', '\t']) {
    const text =
      ['name', 'email'].join(delimiter) +
      '\r\n' +
      ['"Novak, Ben; Dr."', 'ben@people.example'].join(delimiter) +
      '\r\n'
    assert.deepEqual(
      await read(text),
      [
        ['name', 'email'],
        ['Novak, Ben; Dr.', 'ben@people.example'],
      ],
      JSON.stringify(delimiter),
    )
  }
})

test('a first line such as sep=; sets the delimiter', async () => {
  assert.deepEqual(await read('sep=;\r\nname;email\r\nBen;b@people.example'), [
    ['name', 'email'],
    ['Ben', 'b@people.example'],
  ])
})

test('quoted cells hold delimiters, quotes and line breaks', async () => {
  assert.deepEqual(await read('name,title\n"Ben ""Benny"" Novak","Buyer,\r\nfood"\n'), [
    ['name', 'title'],
    ['Ben "Benny" Novak', 'Buyer,\r\nfood'],
  ])
})

test('rows are numbered as in a spreadsheet, and counted without the empty ones', async () => {
  const file = fileOf('name\n\nBen\n , \nEve\n')
  assert.equal((await scanFile(file, known)).count, 2)
  assert.deepEqual(await all(file), [
    { number: 3, cells: ['Ben'] },
    { number: 5, cells: ['Eve'] },
  ])
})

test('a quote that is never closed is reported with its row', async () => {
  const open = 'name,email\nBen,b@people.example\n"Ada,a@people.example\nEve,e@people.example\n'
  for (const text of [open, open + 'Eve,e@people.example\n'.repeat(100_000)]) {
    await assert.rejects(
      scanFile(fileOf(text), known),
      (error) => error instanceof UnclosedQuote && error.record === 3,
    )
  }
})

test('text is read in the encodings that spreadsheets write', async () => {
  const utf16 = [0xff, 0xfe, ...[...'name\nZoë'].flatMap((sign) => [sign.charCodeAt(0), 0])]
  for (const bytes of [
    [...Buffer.from('\ufeffname\nZoë')],
    [...Buffer.from('name\nZoë', 'latin1')],
    utf16,
  ]) {
    assert.deepEqual(await read(new Uint8Array(bytes)), [['name'], ['Zoë']])
  }
})

test('a Windows-1252 character far into the file applies that encoding to all of it', async () => {
  const bytes = Buffer.from(`name\n${'Ben\n'.repeat(200_000)}Zo\xeb\n`, 'latin1')
  const rows = await read(bytes)
  assert.deepEqual([rows.length, rows.at(-1)], [200_002, ['Zoë']])
})

test('characters, quotes and line breaks across two pieces are read whole', async () => {
  // Each piece of the file ends at a different place in the row.
  const row = ['Zoë 山田 “x”', 'a "b"\r\nc']
  for (let shift = 0; shift < 40; shift += 3) {
    const line = `"${row[0]}","${row[1]?.replaceAll('"', '""')}"\r\n`
    const rows = await read(`name,title\r\nn${'x'.repeat(shift)},\r\n${line.repeat(6000)}`)
    assert.equal(rows.length, 6002)
    assert.ok(
      rows.slice(2).every((cells) => cells[0] === row[0] && cells[1] === row[1]),
      `shifted by ${shift}`,
    )
  }
})

test('a workbook is not read as text', async () => {
  for (const text of ['PK\x03\x04 and more', 'name\0\n'])
    await assert.rejects(scanFile(fileOf(text), known), NotText)
})

test('written records are read back unchanged', async () => {
  const written = [
    ['name', 'title'],
    ['Ben "Benny"\r\nNovak', 'Buyer, food'],
    ['', ' Ada '],
  ]
  assert.deepEqual(await read(writeCsv(written)), written)
})

test('spreadsheets read no cell as a formula', async () => {
  for (const [formula, written] of [
    ['=HYPERLINK("http://evil.example")', '\'=HYPERLINK("http://evil.example")'],
    ['+49 30 1234567', "'+49 30 1234567"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\r=1', "'\r'=1"],
  ] as const) {
    const [, [cell = ''] = []] = await read(
      writeCsv([
        ['name', 'x'],
        [formula, 'x'],
      ]),
    )
    assert.equal(cell, written)
  }
})

function fileOf(content: string | Uint8Array): File {
  return new File([content as BlobPart], 'people.csv')
}

/** Returns the header and the rows. */
async function read(content: string | Uint8Array): Promise<string[][]> {
  const file = fileOf(content)
  const source = await scanFile(file, known)
  return [source.header, ...(await all(file, source.encoding)).map(({ cells }) => cells)]
}

async function all(file: File, encoding = 'utf-8') {
  let found: { number: number; cells: string[] }[] = []
  for await (const part of records({ file, encoding }, known)) found = found.concat(part)
  return found
}
