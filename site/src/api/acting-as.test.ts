import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deletionDenial, mayChangeAddress } from './acting-as.ts'
import type { Account, AccountAction } from './contract.ts'

const APPOINTS: AccountAction[] = ['appoint-administrator']

function why(
  as: Account['you']['as'],
  administrators: string[],
  may = APPOINTS,
  has_linked = false,
) {
  return deletionDenial(
    {
      has_linked,
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

test('once anybody has linked, partner and staff take the role by an appointment first', () => {
  for (const as of ['partner', 'staff'] as const) {
    assert.equal(why(as, ['ada', 'ben'], APPOINTS, true), 'needs-appointment')
    assert.equal(why(as, ['ben'], APPOINTS, true), null)
  }
  assert.equal(why('administrator', ['ada', 'ben'], APPOINTS, true), null)
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

test('partner and staff cannot change an administrator’s address once anybody has linked', () => {
  const may = (
    as: Account['you']['as'],
    has_linked: boolean,
    acts = APPOINTS,
    who = 'ada',
    confirmation: Account['confirmation'] = 'confirmed',
  ) =>
    mayChangeAddress(
      {
        has_linked,
        confirmation,
        roles: { administrators: ['ada'], billing_contact: 'ada', shipping_contact: 'ada' },
        you: { as, professional: null, allowed_actions: acts },
      },
      { professional: who },
    )
  for (const as of ['partner', 'staff'] as const) {
    assert.equal(may(as, true), false)
    assert.equal(may(as, false), true)
    assert.equal(may(as, false, ['invite']), false)
    assert.equal(may(as, true, APPOINTS, 'ben'), true, 'no administrator')
    assert.equal(may(as, false, ['view-account'], 'ada', 'waiting'), true, 'nobody is invited')
  }
  assert.equal(may('administrator', true), true)
})
