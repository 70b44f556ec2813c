import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Professional } from '../api/contract.ts'
import { additions, changes } from './professional-input.ts'

const ada: Professional = {
  professional: 'P',
  account: 'A',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  pending_email: null,
  title: 'Analyst',
  phone: null,
  language: 'en',
  ends_on: null,
  roles: [],
  state: 'linked',
  invitation: null,
  identity: null,
  last_sign_in: null,
  you: { self: false, allowed_actions: [], mail_preferences: null },
}

test('only changed values are sent', () => {
  const typed = {
    name: 'Ada King',
    email: 'ada@example.com',
    title: 'Analyst',
    phone: '',
    language: 'en',
    ends_on: '',
  }
  assert.deepEqual(changes(ada, typed), { name: 'Ada King' })
})

test('an emptied field is sent as null', () => {
  assert.deepEqual(changes(ada, { title: '' }), { title: null })
})

test('a new professional has only the values that were typed or ticked', () => {
  const typed = { name: 'Bob', email: 'bob@example.com', title: '', send_invitation: 'on' }
  assert.deepEqual(additions(typed), {
    name: 'Bob',
    email: 'bob@example.com',
    administrator: false,
    send_invitation: true,
  })
})
