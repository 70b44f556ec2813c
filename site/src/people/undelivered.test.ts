import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Invitation, ProfessionalAction, ProfessionalState } from '../api/contract.ts'
import { hiddenDeliveryState, offersNewAddress } from './undelivered.ts'

const ALL: ProfessionalAction[] = ['view-professional', 'update-professional', 'send-invitation']

function offers(state: ProfessionalState, may = ALL): boolean {
  return offersNewAddress({
    state,
    you: { self: false, allowed_actions: may, mail_preferences: null },
  })
}

test('a new address is offered when the old one may be wrong', () => {
  assert.ok(offers('bounced'))
  assert.ok(offers('failed'))
  for (const state of [
    'queued',
    'sent',
    'delayed',
    'delivered',
    'complained',
    'expired',
    'linked',
  ] as const)
    assert.ok(!offers(state), state)
})

test('a new address is offered only to those allowed to edit and invite', () => {
  assert.ok(!offers('bounced', ['view-professional']))
  assert.ok(!offers('bounced', ['view-professional', 'update-professional']))
  assert.ok(!offers('bounced', ['view-professional', 'send-invitation']))
})

test('an invitation’s delivery state is shown when the person’s state hides it', () => {
  const invitation = (state: Invitation['state']) => ({
    state,
    created_at: '2026-11-22T12:00:00Z',
    expires_at: '2026-11-29T12:00:00Z',
  })
  assert.equal(
    hiddenDeliveryState({ state: 'linked', invitation: invitation('bounced') }),
    'bounced',
  )
  assert.equal(
    hiddenDeliveryState({ state: 'linked', invitation: invitation('delayed') }),
    'delayed',
  )
  assert.equal(hiddenDeliveryState({ state: 'bounced', invitation: invitation('bounced') }), null)
  assert.equal(hiddenDeliveryState({ state: 'linked', invitation: invitation('delivered') }), null)
  assert.equal(hiddenDeliveryState({ state: 'not_invited', invitation: null }), null)
})
