import assert from 'node:assert/strict'
import test from 'node:test'
import { renewed } from './plan-renewal.ts'

const plan = (starts_on: string, ends_on: string) => ({
  name: 'Support',
  starts_on,
  ends_on,
  state: 'current' as const,
})

test('a running plan is extended by a year without a gap', () => {
  assert.deepEqual(renewed(plan('2026-01-01', '2026-12-31'), '2026-11-22'), {
    starts_on: '2026-01-01',
    ends_on: '2027-12-31',
  })
  assert.deepEqual(renewed(plan('2026-01-01', '2026-11-22'), '2026-11-22'), {
    starts_on: '2026-01-01',
    ends_on: '2027-11-22',
  })
})

test('an expired plan restarts today', () => {
  assert.deepEqual(renewed(plan('2025-01-01', '2025-12-31'), '2026-11-22'), {
    starts_on: '2026-11-22',
    ends_on: '2027-11-21',
  })
  assert.deepEqual(renewed(null, '2027-01-01'), { starts_on: '2027-01-01', ends_on: '2027-12-31' })
})

test('29 February is renewed to 28 February', () => {
  assert.equal(renewed(plan('2027-03-01', '2028-02-29'), '2028-02-01').ends_on, '2029-02-28')
})
