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

test('a day is the same day in every time zone', () => {
  assert.equal(formatDay('2026-11-22', 'en-GB'), '22 November 2026')
})

test('a moment is shown in the given time zone', () => {
  assert.equal(
    formatMoment('2026-11-22T23:30:00Z', 'en-GB', 'Europe/Berlin'),
    '23 November 2026 at 00:30',
  )
})

test('roles are listed in words', () => {
  assert.equal(roleNames(['administrator', 'billing_contact']), 'Administrator, Billing contact')
})

test('roles in a sentence begin small and are joined by a word', () => {
  assert.equal(
    rolesInSentence(['administrator', 'billing_contact', 'shipping_contact']),
    'administrator, billing contact and shipping contact',
  )
})

test("a day's entries show their time, under the day of the reader's time zone", () => {
  assert.equal(time('2026-11-22T23:30:00Z', 'en-GB', 'Europe/Berlin'), '00:30')
  assert.equal(
    formatWeekday('2026-11-22T23:30:00Z', 'en-GB', 'Europe/Berlin'),
    'Monday, 23 November 2026',
  )
})

test('a lapsed plan is marked as bad', () => {
  assert.deepEqual(planState('lapsed'), { label: 'Expired', tone: 'bad' })
})

test('a plan is over, or has not begun', () => {
  const plan = {
    name: 'Support',
    starts_on: '2026-01-01',
    ends_on: '2026-12-31',
    state: 'lapsed',
  } as const
  assert.equal(lapseReason(plan, '2027-02-01'), 'The plan Support expired on 31 December 2026.')
  assert.equal(lapseReason(plan, '2025-12-31'), 'The plan Support starts on 1 January 2026.')
})

test('a plan that begins in the future is not called lapsed', () => {
  const plan = {
    name: 'Support',
    starts_on: '2026-01-01',
    ends_on: '2026-12-31',
    state: 'lapsed',
  } as const
  assert.deepEqual(planStatus(plan, '2025-12-31'), { label: 'Starts on 1 Jan 2026', tone: 'plain' })
  assert.deepEqual(planStatus(plan, '2027-02-01'), { label: 'Expired', tone: 'bad' })
  assert.deepEqual(planStatus({ ...plan, state: 'current' }, '2025-12-31'), {
    label: 'Current',
    tone: 'good',
  })
})

test("the server's words become a sentence", () => {
  assert.equal(sentence('must look like name@example.org'), 'Must look like name@example.org.')
  assert.equal(sentence('Why?'), 'Why?')
  assert.equal(sentence(' '), '')
})

test('a language is called by its own name', () => {
  assert.equal(languageName('nl'), 'Nederlands')
})
