import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkEmail, checkEndDate, checkName, checkPhone } from './person-rules.ts'

test('all kinds of names are accepted', () => {
  for (const name of [
    'Ada Lovelace',
    'J. R. R. Tolkien',
    'J.R.R. T',
    "O'Brien-Núñez",
    '山田 太郎',
    'علی‌رضا',
    'Dr. Zoë X',
    'X Æ A-12',
    'Nguyễn Thị Phương Thảo',
    'น้ำเพชร พิสุทธิ์',
    'שָׁלוֹם בֶּן־שִׁמְעוֹן',
    'श्रीमती ज़ोया ख़ाँ',
    'လျှောက်',
  ]) {
    assert.equal(checkName(name), null, name)
  }
})

test('a name contains no link and no invisible characters', () => {
  const refused: [string, string][] = [
    ['   ', 'empty'],
    ['—', 'no-letter'],
    ['http://evil.example', 'address-inside'],
    ['evil.example', 'link-inside'],
    ['Ada www.evil', 'address-inside'],
    ['go to evil.com now', 'link-inside'],
    ['(evil.com)', 'link-inside'],
    ['a@b.example', 'address-inside'],
    ['<b>Ada</b>', 'address-inside'],
    ['x/y', 'link-inside'],
    ['evil\u3002com', 'link-inside'],
    ['Ada\nBcc: x', 'invisible'],
    ['Ada\u202ex', 'invisible'],
    ['Ada\u200b', 'invisible'],
    ['Ada\u00a0Lovelace', 'invisible'],
    ['\u2800Ada', 'invisible'],
    ['Ada\u{1d159}', 'invisible'],
    ['Z\u0350\u0351\u0352algo', 'stacked-marks'],
    [`ส${'\u0e49'.repeat(9)}`, 'stacked-marks'],
    ['Ada \ue000', 'unknown-character'],
    ['Ada \u{10fffd}', 'unknown-character'],
    ['Ada \u0378', 'unknown-character'],
  ]
  for (const [name, code] of refused)
    assert.equal(checkName(name)?.code, code, JSON.stringify(name))
})

test('a name has at most a hundred characters, however many bytes they take', () => {
  assert.equal(checkName('𝒜'.repeat(100)), null)
  assert.deepEqual(checkName('a'.repeat(101)), { code: 'too-long', most: 100 })
})

test('an e-mail address must be deliverable', () => {
  for (const email of [
    'Ada@Example.ORG',
    ' ada@example.org ',
    'ada@bücher.example',
    "o'brien+x@a-b.example",
  ]) {
    assert.equal(checkEmail(email), null, email)
  }
  const refused = [
    '',
    'ada',
    'ada@',
    '@example.org',
    'ada@localhost',
    'ada@127.0.0.1',
    'a b@example.org',
    'ada@-example.org',
    'a..b@example.org',
    'Ada <ada@example.org>',
    'ada@exam_ple.org',
  ]
  for (const email of refused) assert.equal(checkEmail(email)?.code, 'email', email)
  assert.equal(checkEmail('ädа@example.org')?.code, 'email-accent')
  assert.deepEqual(checkEmail(`${'a'.repeat(250)}@example.org`), { code: 'too-long', most: 254 })
})

test('a telephone number must be possible to dial', () => {
  assert.equal(checkPhone('+49 (30) 123-4567 x12'), null)
  for (const phone of ['call me', '12', '1'.repeat(41)])
    assert.equal(checkPhone(phone)?.code, 'telephone', phone)
})

test('an end date must exist and not be in the past', () => {
  assert.equal(checkEndDate('2026-11-22', '2026-11-22'), null)
  assert.equal(checkEndDate('2026-11-21', '2026-11-22')?.code, 'past')
  for (const day of ['2026-02-31', '22.11.2026', '2026-1-1', 'soon'])
    assert.equal(checkEndDate(day, '2026-01-01')?.code, 'date', day)
})
