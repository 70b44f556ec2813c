import '../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Answers,
  button,
  openPage,
  ProblemResponse,
  shown,
  type,
  until,
} from '../../test/page.ts'
import { account, professional, SESSION } from '../../test/samples.ts'
import { start } from './invite.ts'

const INVITE = 'POST /api/accounts/A/professionals'

async function open(answers: Answers = {}) {
  const page = openPage('/people/add/?account=A', {
    'GET /api/session': () => SESSION,
    'GET /api/accounts/A': () => account(),
    ...answers,
  })
  await start()
  return page
}

test('a person is added with what was typed, and their profile is shown', async () => {
  const page = await open({ [INVITE]: () => professional() })
  type('name', ' Bob Babbage ')
  type('email', 'bob@customer.example')
  button('Save')?.click()
  await until(() => page.visited.length)
  assert.deepEqual(page.requests.find(({ route }) => route === INVITE)?.body, {
    name: 'Bob Babbage',
    email: 'bob@customer.example',
    language: 'en',
    administrator: false,
    send_invitation: true,
  })
  assert.deepEqual(page.visited, ['/people/profile/?account=A&professional=Q&done=invited'])
})

test('errors found by the page show beside their field and in a summary', async () => {
  const page = await open()
  type('name', 'Bob Babbage')
  button('Save')?.click()
  const summary = await until(() => document.getElementById('error-summary'))
  assert.equal(document.activeElement, summary)
  assert.equal(document.getElementById('email')?.getAttribute('aria-invalid'), 'true')
  assert.match(document.title, /^Error: /)
  assert.ok(!page.requests.some(({ route }) => route === INVITE))
  type('email', 'bob@customer.example')
  assert.equal(document.getElementById('error-summary'), null)
})

test('errors found by the server show the same way and keep everything typed', async () => {
  const errors = [{ field: 'name', code: 'no-letter', reason: 'must have a letter' }]
  await open({ [INVITE]: () => new ProblemResponse(422, 'invalid', { errors }) })
  type('name', 'Bob')
  type('email', 'bob@customer.example')
  button('Save')?.click()
  await until(() => document.getElementById('name-error'))
  assert.equal((document.getElementById('email') as HTMLInputElement).value, 'bob@customer.example')
})

test('an address in use links to the profile that has it', async () => {
  const taken = { professional: 'R', name: 'Grace Osei' }
  await open({ [INVITE]: () => new ProblemResponse(409, 'duplicate-email', taken) })
  type('name', 'Bob')
  type('email', 'grace@customer.example')
  button('Save')?.click()
  const link = await until(() => button('Grace Osei'))
  assert.equal(link.getAttribute('href'), '/people/profile/?account=A&professional=R')
})

test('a page that is opened again starts empty', async () => {
  await open()
  button('Save')?.click()
  await until(() => document.getElementById('error-summary'))
  await open()
  assert.equal(document.getElementById('error-summary'), null)
  assert.equal(document.title, `${shown('heading')} – Example Customer – Portal`)
})
