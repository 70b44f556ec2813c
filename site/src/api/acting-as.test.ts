import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deletionDenial, mayChangeAddress } from './acting-as.ts'
import type { Account, AccountAction } from './contract.ts'

const APPOINTS: AccountAction[] = ['appoint-administrator']

function why(as: Account['you']['as'], administrators: string[], may = APPOINTS) {
  return deletionDenial(
    {
      roles: { administrators, billing_contact: 'ada', shipping_contact: 'ada' },
      you: { as, professional: null, may },
    },
    'ada',
  )
}

test('from outside another administrator is appointed before the only one is deleted', () => {
  for (const as of ['partner', 'staff'] as const) {
    assert.equal(why(as, ['ada']), 'only-administrator')
    assert.equal(why(as, ['ada', 'ben']), null)
  }
})

test('who may not appoint an administrator deletes none', () => {
  assert.equal(why('partner', ['ada'], ['list-professionals']), 'cannot-appoint')
  assert.equal(why('partner', ['ada', 'ben'], ['list-professionals']), 'cannot-appoint')
})

test('whoever is no administrator is deleted, also from outside', () => {
  assert.equal(why('partner', ['ben']), null)
  assert.equal(why('partner', ['ben'], ['list-professionals']), null)
})

test('administrators hand over their own account’s role', () => {
  assert.equal(why('administrator', ['ada'], ['list-professionals']), null)
})

test('from outside an administrator’s address is changed only before they link', () => {
  const linked = { name: 'Ada', email: null, provider: 'Test', linked_at: '2026-11-22T12:00:00Z' }
  const may = (as: Account['you']['as'], isLinked: boolean, acts = APPOINTS, who = 'ada') =>
    mayChangeAddress(
      {
        roles: { administrators: ['ada'], billing_contact: 'ada', shipping_contact: 'ada' },
        you: { as, professional: null, may: acts },
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
