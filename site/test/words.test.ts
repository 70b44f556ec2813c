import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act, day, language, lapse, moment, planState, roles, sentence } from '../src/words.ts'

test('a day is the same day in every time zone', () => {
  assert.equal(day('2026-11-22', 'en-GB'), '22 November 2026')
})

test('a moment is shown in the given time zone', () => {
  assert.equal(moment('2026-11-22T23:30:00Z', 'en-GB', 'Europe/Berlin'), '23 November 2026 at 00:30')
})

test('roles are listed in words', () => {
  assert.equal(roles(['administrator', 'billing_contact']), 'Administrator, Billing contact')
})

test('a lapsed plan is marked as bad', () => {
  assert.deepEqual(planState('lapsed'), { label: 'Lapsed', tone: 'bad' })
})

test('a plan is over, or has not begun', () => {
  const plan = { name: 'Support', starts_on: '2026-01-01', ends_on: '2026-12-31', state: 'lapsed' } as const
  assert.equal(lapse(plan, '2027-02-01', 'en-GB'), 'The plan Support ended on 31 December 2026.')
  assert.equal(lapse(plan, '2025-12-31', 'en-GB'), 'The plan Support begins on 1 January 2026.')
})

test('an act that the site does not know is shown by its code', () => {
  assert.equal(act('plan-renewed'), 'plan renewed')
})

test("the server's words become a sentence", () => {
  assert.equal(sentence('must look like name@example.org'), 'Must look like name@example.org.')
  assert.equal(sentence('Why?'), 'Why?')
  assert.equal(sentence(' '), '')
})

test('a language is called by its own name', () => {
  assert.equal(language('nl'), 'Nederlands')
})
