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

test('a problem shows above the profile, which stays', async () => {
  await open({
    [`GET ${PERSON}`]: () =>
      professional({
        you: { self: false, allowed_actions: ['view-professional', 'send-invitation'] },
      }),
    [`POST ${PERSON}/invitation`]: () => new ProblemResponse(500, 'internal'),
  })
  document.querySelector<HTMLElement>('#view .actions button')?.click()
  await until(() => shown('alert'))
  assert.equal(shown('heading'), 'Bob Babbage')
})
