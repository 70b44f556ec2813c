import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  formatDay,
  formatMoment,
  formatWeekday,
  languageName,
  lapseReason,
  planState,
  planStatus,
  roleNames,
  rolesInSentence,
  sentence,
  time,
} from './codes.ts'

test('a date is the same in every time zone', () => {
  assert.equal(formatDay('2026-11-22', 'en-GB'), '22 November 2026')
})

test('a time is shown in the given time zone', () => {
  assert.equal(
    formatMoment('2026-11-22T23:30:00Z', 'en-GB', 'Europe/Berlin'),
    '23 November 2026 at 00:30',
  )
})

test('roles are listed by name', () => {
  assert.equal(roleNames(['administrator', 'billing_contact']), 'Administrator, Billing contact')
})

test('roles in a sentence are lower case and joined by "and"', () => {
  assert.equal(
    rolesInSentence(['administrator', 'billing_contact', 'shipping_contact']),
    'administrator, billing contact and shipping contact',
  )
})

test("times and dates follow the user's time zone", () => {
  assert.equal(time('2026-11-22T23:30:00Z', 'en-GB', 'Europe/Berlin'), '00:30')
  assert.equal(
    formatWeekday('2026-11-22T23:30:00Z', 'en-GB', 'Europe/Berlin'),
    'Monday, 23 November 2026',
  )
})

test('a lapsed plan has the tone "bad"', () => {
  assert.deepEqual(planState('lapsed'), { label: 'Expired', tone: 'bad' })
})

const plan = {
  name: 'Support',
  starts_on: '2026-01-01',
  ends_on: '2026-12-31',
  state: 'lapsed',
} as const

test('a lapse reason says that the plan has expired or not started', () => {
  assert.equal(lapseReason(plan, '2027-02-01'), 'The plan Support expired on 31 December 2026.')
  assert.equal(lapseReason(plan, '2025-12-31'), 'The plan Support starts on 1 January 2026.')
})

test('a plan that starts in the future is not called expired', () => {
  assert.deepEqual(planStatus(plan, '2025-12-31'), { label: 'Starts on 1 Jan 2026', tone: 'plain' })
  assert.deepEqual(planStatus(plan, '2027-02-01'), { label: 'Expired', tone: 'bad' })
  assert.deepEqual(planStatus({ ...plan, state: 'current' }, '2025-12-31'), {
    label: 'Current',
    tone: 'good',
  })
})

test("the server's wording becomes a sentence", () => {
  assert.equal(sentence('must look like name@example.org'), 'Must look like name@example.org.')
  assert.equal(sentence('Why?'), 'Why?')
  assert.equal(sentence(' '), '')
})

test('a language has its own name', () => {
  assert.equal(languageName('nl'), 'Nederlands')
})
