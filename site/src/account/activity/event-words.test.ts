import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as text from '#language/activity.ts'
import { EVENTS } from '../../../test/events.generated.ts'
import type { ActivityEvent, EventKind } from '../../api/contract.ts'
import { EVENT_ICONS } from './event-icons.ts'
import { actorName, eventDetails, eventPerson, eventText } from './event-words.ts'

const ADA = { id: '01JD7H2M8BAAB1C2D3E4F5G6AA', name: 'Ada Holm' }
const BEN = { id: '01JD7H2M8BB0B1C2D3E4F5G6BB', name: 'Ben Novak' }

/** Returns the documented event of a kind. */
function documented(kind: EventKind): ActivityEvent {
  const event = EVENTS.find(({ type }) => type === kind)
  assert.ok(event, kind)
  return event
}

test('each documented kind has an icon, and no other has', () => {
  assert.deepEqual(Object.keys(EVENT_ICONS).sort(), EVENTS.map(({ type }) => type).sort())
})

test('each documented event has a sentence and readable details', () => {
  for (const event of EVENTS) {
    const { strings, values } = eventText(event, 'Who', 'Whom')
    const sentence = String.raw({ raw: strings }, ...values)
    assert.match(sentence, /Who/, event.type)
    const about = eventPerson(event)
    const words = eventDetails(event).join(', ')
    assert.doesNotMatch(words, /undefined|null|\[object|[0-9A-Z]{26}/, event.type)
    assert.ok(!about || !words.includes(about.id), event.type)
  }
})

test('actors that are not people are named in the page’s words', () => {
  const actor = { name: 'x', as: 'schedule', home: null } as const
  assert.equal(actorName({ event: documented('mail-sent'), actor }), text.mailService)
  assert.equal(actorName({ event: documented('plan-lapsed'), actor }), text.schedule)
  const mailbox = { ...actor, as: 'mailbox' } as const
  const disputed = documented('link-disputed')
  assert.equal(actorName({ event: disputed, actor: mailbox }), text.noticeReader)
  const requested = documented('invitation-requested')
  assert.equal(actorName({ event: requested, actor: mailbox }), text.addressReader)
  const paula = { name: 'Paula Reyes', as: 'partner', home: 'Helpful Partner' } as const
  const added = documented('professional-added')
  assert.equal(actorName({ event: added, actor: paula }), 'Paula Reyes')
})

test('an event is about its professional, and a mail about its recipient', () => {
  assert.deepEqual(eventPerson({ type: 'invitation-revoked', professional: BEN }), BEN)
  assert.deepEqual(eventPerson({ type: 'mail-sent', mail: 'linked', recipient: ADA }), ADA)
  assert.equal(eventPerson({ type: 'mail-sent', mail: 'linked', recipient: null }), null)
  assert.equal(eventPerson({ type: 'account-created', imported: false, waiting: false }), null)
})

test('people are named by the names they had', () => {
  assert.deepEqual(
    eventDetails({
      type: 'roles-assigned',
      administrators_added: [BEN, ADA],
      administrators_removed: [],
      billing_contact: ADA,
      shipping_contact: null,
    }),
    ['new administrators: Ben Novak and Ada Holm', 'billing contact: Ada Holm'],
  )
  assert.deepEqual(
    eventDetails({ type: 'professional-deleted', professional: BEN, handed_over_to: ADA }),
    ['roles handed over to Ada Holm'],
  )
})

test('an appointment that makes nobody administrator says what else it does', () => {
  const taken = {
    type: 'administrator-appointed',
    professional: null,
    in_place_of: [ADA],
    new_address_of: null,
    reason: null,
    requested_by: 'Sid Second',
  } as const satisfies ActivityEvent
  assert.ok(eventText(taken, 'Who', null).values.every((value) => value === 'Who'))
  assert.deepEqual(eventDetails(taken), [
    'no longer administrators: Ada Holm',
    'requested by Sid Second',
  ])
  const corrected = { ...taken, in_place_of: [], new_address_of: BEN, requested_by: null }
  assert.deepEqual(eventDetails(corrected), ['new e-mail address for Ben Novak'])
})

test('a change lists its fields and omits what did not happen', () => {
  const updated = { type: 'professional-updated', professional: BEN } as const
  assert.deepEqual(eventDetails({ ...updated, changed: ['name', 'ends_on'], invited: false }), [
    'changed: name and end date',
  ])
  assert.deepEqual(eventDetails({ ...updated, changed: [], invited: true }), ['with an invitation'])
  const added = { type: 'professional-added', professional: BEN, imported: false } as const
  assert.deepEqual(eventDetails({ ...added, invited: false }), ['without an invitation'])
})

test('a plan has its dates', () => {
  const plan = { name: 'Support', ends_on: '2026-11-21' }
  assert.deepEqual(eventDetails({ type: 'plan-ending', plan }), [
    'plan: Support',
    'until 21 November 2026',
  ])
  assert.deepEqual(eventDetails({ type: 'plan-lapsed', plan, since: '2026-11-22' }), [
    'plan: Support',
    'since 22 November 2026',
  ])
})

test('a kind from a newer server has a sentence without details', () => {
  const newer = { type: 'moon-landed' } as unknown as ActivityEvent
  assert.ok(eventText(newer, 'Who', 'Whom').values.includes('Who'))
  assert.deepEqual(eventDetails(newer), [])
})
