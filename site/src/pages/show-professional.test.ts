import '../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answers, button, openPage, ProblemResponse, shown, until } from '../../test/page.ts'
import { account, professional, SESSION } from '../../test/samples.ts'
import { start } from './show-professional.ts'

const PERSON = '/api/accounts/A/professionals/Q'

async function open(answers: Answers = {}) {
  const page = openPage('/people/profile/?account=A&professional=Q', {
    'GET /api/session': () => SESSION,
    'GET /api/accounts/A': () => account(),
    [`GET ${PERSON}`]: () => professional(),
    ...answers,
  })
  await start()
  return page
}

test('deleting asks for confirmation and returns to the list', async () => {
  const page = await open({ [`DELETE ${PERSON}`]: () => ({}) })
  button('Delete')?.click()
  const dialog = await until(() => document.querySelector('dialog'))
  assert.match(dialog.textContent ?? '', /Bob Babbage/)
  dialog.querySelector<HTMLElement>('button[type="submit"]')?.click()
  await until(() => page.visited.length)
  assert.deepEqual(page.visited, ['/people/?account=A'])
})

test('cancelling a deletion changes nothing', async () => {
  const page = await open()
  button('Delete')?.click()
  await until(() => document.querySelector('dialog'))
  button('Cancel')?.click()
  await until(() => !document.querySelector('dialog'))
  assert.ok(!page.requests.some(({ route }) => route.startsWith('DELETE')))
  assert.deepEqual(page.visited, [])
})

test('a mandatory role is handed over in the same step', async () => {
  const roles = ['billing_contact']
  const eligible = [{ professional: 'R', name: 'Grace Osei' }]
  const answers = [new ProblemResponse(409, 'role-required', { roles, eligible }), {}]
  const page = await open({ [`DELETE ${PERSON}`]: () => answers.shift() })
  button('Delete')?.click()
  const dialog = await until(() => document.querySelector('dialog'))
  dialog.querySelector<HTMLElement>('button[type="submit"]')?.click()
  const successor = await until(() => dialog.querySelector<HTMLInputElement>('#successor-R'))
  successor.checked = true
  dialog.querySelector<HTMLElement>('button[type="submit"]')?.click()
  await until(() => page.visited.length)
  assert.equal(answers.length, 0)
})

test('whoever the server does not list is found by name, if they can take over', async () => {
  const required = {
    roles: ['administrator'],
    needs_active: true,
    eligible: [{ professional: 'R', name: 'Grace Osei' }],
    has_more: true,
  }
  const found = [
    professional({ professional: 'S', name: 'Zoe Linked', state: 'linked' }),
    professional({ professional: 'T', name: 'Zoe Invited', state: 'queued' }),
    professional({ professional: 'U', name: 'Zoe Ending', state: 'linked', ends_on: '2027-01-01' }),
    professional({ state: 'linked' }),
  ]
  await open({
    [`DELETE ${PERSON}`]: () => new ProblemResponse(409, 'role-required', required),
    'GET /api/accounts/A/professionals': () => ({ items: found, next: null }),
  })
  button('Delete')?.click()
  const dialog = await until(() => document.querySelector('dialog'))
  dialog.querySelector<HTMLElement>('button[type="submit"]')?.click()
  const search = await until(() => dialog.querySelector<HTMLInputElement>('#successor-search'))
  assert.ok(dialog.querySelector('#successor-R'))
  search.value = 'Zoe'
  search.dispatchEvent(new Event('input'))
  await until(() => dialog.querySelector('#successor-S'))
  assert.deepEqual(
    [...dialog.querySelectorAll('input[type="radio"]')].map(({ id }) => id),
    ['successor-S'],
  )
})

test('once someone has linked, staff are led to the appointment', async () => {
  const you = {
    as: 'staff' as const,
    professional: null,
    allowed_actions: ['view-account' as const, 'appoint-administrator' as const],
  }
  await open({
    'GET /api/accounts/A': () => account({ you, has_linked: false }),
    [`DELETE ${PERSON}`]: () => new ProblemResponse(403, 'appointment-required'),
  })
  button('Delete')?.click()
  const dialog = await until(() => document.querySelector('dialog'))
  dialog.querySelector<HTMLElement>('button[type="submit"]')?.click()
  const link = await until(() => dialog.querySelector<HTMLAnchorElement>('a[href$="#appoint"]'))
  assert.match(link.textContent ?? '', /take the role away/)
  assert.equal(dialog.querySelector('button[type="submit"]'), null)
})

test('a problem shows above the profile, which stays', async () => {
  await open({
    [`GET ${PERSON}`]: () =>
      professional({
        you: {
          self: false,
          allowed_actions: ['view-professional', 'send-invitation'],
          mail_preferences: null,
        },
      }),
    [`POST ${PERSON}/invitation`]: () => new ProblemResponse(500, 'internal'),
  })
  document.querySelector<HTMLElement>('#view .actions button')?.click()
  await until(() => shown('alert'))
  assert.equal(shown('heading'), 'Bob Babbage')
})
