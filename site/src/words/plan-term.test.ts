import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan } from '../api/contract.ts'
import { dayIn } from '../lib/day.ts'
import { isToCome, planTerm } from './plan-term.ts'

const plan = (state: Plan['state']): Plan => ({
  name: 'Support',
  starts_on: '2026-01-01',
  ends_on: '2026-12-31',
  state,
})

test('a current plan says in how many days it ends', () => {
  assert.equal(planTerm(plan('ending'), '2026-12-19'), 'Ends in 12 days')
  assert.equal(planTerm(plan('ending'), '2026-12-30'), 'Ends tomorrow')
  assert.equal(planTerm(plan('ending'), '2026-12-31'), 'Ends today')
})

test('an expired plan says since when, also in its grace period', () => {
  assert.equal(planTerm(plan('grace'), '2027-01-01'), 'Ended yesterday')
  assert.equal(planTerm(plan('lapsed'), '2027-01-10'), 'Ended 10 days ago')
})

test('a plan that has not started says when it will', () => {
  assert.equal(planTerm(plan('lapsed'), '2025-12-30'), 'Starts in 2 days')
})

test('only a lapsed plan is still to start, also in an unknown time zone', () => {
  assert.equal(isToCome(plan('lapsed'), '2025-12-31'), true)
  assert.equal(isToCome(plan('lapsed'), '2026-01-01'), false)
  assert.equal(isToCome(plan('current'), '2025-12-31'), false)
  assert.equal(
    isToCome({
      starts_on: dayIn('Etc/GMT-14', new Date(Date.now() + 86_400_000)),
      state: 'lapsed',
    }),
    true,
  )
  assert.equal(isToCome({ starts_on: '2020-01-01', state: 'lapsed' }), false)
})

test('no term is shown when the clocks of browser and server disagree', () => {
  assert.equal(planTerm(plan('current'), '2027-01-01'), null)
  assert.equal(planTerm(plan('lapsed'), '2026-12-31'), null)
})
