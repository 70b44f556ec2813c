import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayIn } from './day.ts'

const now = new Date('2026-12-31T11:30:00Z')

test('the date is that of the time zone', () => {
  assert.equal(dayIn('UTC', now), '2026-12-31')
  assert.equal(dayIn('Pacific/Auckland', now), '2027-01-01')
  assert.equal(dayIn('Pacific/Honolulu', new Date('2026-12-31T09:59:00Z')), '2026-12-30')
})

test('an unknown time zone uses the date in UTC', () => {
  assert.equal(dayIn('Mars/Olympus', now), '2026-12-31')
  assert.equal(dayIn('', now), '2026-12-31')
})
