import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProfessionalSummary } from '../api/contract.ts'
import { type RecentWrite, type Shown, withRecentWrites } from './recent.ts'

const ALL: Shown = { search: '', order: 'ascending', first: true, last: true }

test('deleted people are no longer listed', () => {
  const listed = [person('Ada'), person('Ben')]
  assert.deepEqual(
    names(withRecentWrites(listed, [{ ...written(person('Ben')), person: null }], ALL)),
    ['Ada'],
  )
})

test('changed people show their new values', () => {
  const changed = { ...person('Ben'), name: 'Benedict' }
  assert.deepEqual(
    names(withRecentWrites([person('Ada'), person('Ben')], [written(changed)], ALL)),
    ['Ada', 'Benedict'],
  )
})

test('new people appear in their place', () => {
  const listed = [person('Ada'), person('Zoë')]
  assert.deepEqual(names(withRecentWrites(listed, [written(person('Élodie'))], ALL)), [
    'Ada',
    'Élodie',
    'Zoë',
  ])
  assert.deepEqual(
    names(
      withRecentWrites([...listed].reverse(), [written(person('Élodie'))], {
        ...ALL,
        order: 'descending',
      }),
    ),
    ['Zoë', 'Élodie', 'Ada'],
  )
})

test('new people do not appear on other pages of the list', () => {
  const listed = [person('Kim'), person('Lee')]
  assert.deepEqual(
    names(withRecentWrites(listed, [written(person('Zoë'))], { ...ALL, last: false })),
    ['Kim', 'Lee'],
  )
  assert.deepEqual(
    names(withRecentWrites(listed, [written(person('Ada'))], { ...ALL, first: false })),
    ['Kim', 'Lee'],
  )
  assert.deepEqual(
    names(withRecentWrites(listed, [written(person('Zoë'))], { ...ALL, search: 'k' })),
    ['Kim', 'Lee'],
  )
  assert.deepEqual(
    names(withRecentWrites([], [written(person('Zoë'))], { ...ALL, search: 'ZOE' })),
    ['Zoë'],
  )
})

function person(name: string): ProfessionalSummary {
  return {
    professional: name,
    account: 'A',
    name,
    email: `${name}@people.example`,
    pending_email: null,
    title: null,
    phone: null,
    language: 'en',
    ends_on: null,
    roles: [],
    state: 'not_invited',
    invitation: null,
    identity: null,
    last_sign_in: null,
  }
}

function written(one: ProfessionalSummary): RecentWrite {
  return { at: 0, account: 'A', professional: one.professional, name: one.name, person: one }
}

function names(people: ProfessionalSummary[]): string[] {
  return people.map(({ name }) => name)
}
