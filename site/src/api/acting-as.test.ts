import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deletionDenial, mayChangeAddress } from './acting-as.ts'
import type { Account, AccountAction } from './contract.ts'

const APPOINTS: AccountAction[] = ['appoint-administrator']

function why(as: Account['you']['as'], administrators: string[], may = APPOINTS) {
  return deletionDenial(
    {
      roles: { administrators, billing_contact: 'ada', shipping_contact: 'ada' },
      you: { as, professional: null, allowed_actions: may },
    },
    'ada',
  )
}

test('partner and staff appoint a successor before they delete the only administrator', () => {
  for (const as of ['partner', 'staff'] as const) {
    assert.equal(why(as, ['ada']), 'only-administrator')
    assert.equal(why(as, ['ada', 'ben']), null)
  }
})

test('without the right to appoint administrators, nobody deletes one', () => {
  assert.equal(why('partner', ['ada'], ['list-professionals']), 'cannot-appoint')
  assert.equal(why('partner', ['ada', 'ben'], ['list-professionals']), 'cannot-appoint')
})

test('partner and staff delete people who are not administrators', () => {
  assert.equal(why('partner', ['ben']), null)
  assert.equal(why('partner', ['ben'], ['list-professionals']), null)
})

test('administrators can delete each other', () => {
  assert.equal(why('administrator', ['ada'], ['list-professionals']), null)
})

test('partner and staff cannot change the address of a linked administrator', () => {
  const linked = { name: 'Ada', email: null, provider: 'Test', linked_at: '2026-11-22T12:00:00Z' }
  const may = (as: Account['you']['as'], isLinked: boolean, acts = APPOINTS, who = 'ada') =>
    mayChangeAddress(
      {
        roles: { administrators: ['ada'], billing_contact: 'ada', shipping_contact: 'ada' },
        you: { as, professional: null, allowed_actions: acts },
      },
      { professional: who, identity: isLinked ? linked : null },
    )
  for (const as of ['partner', 'staff'] as const) {
    assert.equal(may(as, true), false)
    assert.equal(may(as, false), true)
    assert.equal(may(as, false, ['invite']), false)
    assert.equal(may(as, true, APPOINTS, 'ben'), true, 'no administrator')
  }
  assert.equal(may('administrator', true), true)
})
