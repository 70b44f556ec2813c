import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actorName, details, namesPeople } from './activity-words.ts'

const ADA = '01JD7H2M8BB0B1C2D3E4F5G6BB'
const names = new Map([[ADA, 'Ada Holm']])

test('what acts without a person is named in words of the page', () => {
  assert.equal(
    actorName({ act: 'mail-sent', actor: { name: 'x', as: 'schedule', home: null } }),
    'The mail service',
  )
  assert.equal(
    actorName({ act: 'plan-lapsed', actor: { name: 'x', as: 'schedule', home: null } }),
    'Portico',
  )
  assert.equal(
    actorName({
      act: 'professional-added',
      actor: { name: 'Paula Reyes', as: 'partner', home: 'Helpful Partner' },
    }),
    'Paula Reyes',
  )
})

test('facts are told in words, with names in place of ids', () => {
  const facts = {
    administrators: `${ADA}, 01JD7H2M8BB0B1C2D3E4F5G6ZZ`,
    billing_contact: ADA,
    shipping_contact: 'nobody',
  }
  assert.ok(namesPeople({ facts }))
  assert.deepEqual(details({ act: 'roles-assigned', facts }, names), [
    'administrators: Ada Holm, a deleted person',
    'billing contact: Ada Holm',
    'shipping contact: nobody',
  ])
  assert.deepEqual(details({ act: 'mail-sent', facts: { mail: 'linked' } }, names), [
    'Notice of a newly linked sign-in',
  ])
  assert.deepEqual(
    details({ act: 'professional-deleted', facts: { handed_over_to: ADA } }, names),
    ['roles handed over to Ada Holm'],
  )
  assert.deepEqual(
    details({ act: 'plan-lapsed', facts: { plan: 'Support', since: '2026-11-22' } }, names),
    ['plan: Support', 'since 22 November 2026'],
  )
})

test('a change lists its fields, and says nothing of what did not happen', () => {
  const told = (facts: Record<string, string>) =>
    details({ act: 'professional-updated', facts }, names)
  assert.deepEqual(told({ changed: 'name, ends_on', invited: 'no' }), [
    'changed: name and end date',
  ])
  assert.deepEqual(told({ changed: 'nothing', invited: 'yes' }), ['with an invitation'])
  assert.deepEqual(details({ act: 'professional-added', facts: { invited: 'no' } }, names), [
    'without an invitation',
  ])
})

test('a fact that the site does not know is shown as it is', () => {
  assert.deepEqual(details({ act: 'account-updated', facts: { moon_phase: 'full' } }, names), [
    'moon phase: full',
  ])
})
