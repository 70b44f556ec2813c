import '../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answers, button, openPage, shown, type TestPage, until } from '../../test/page.ts'
import { SESSION } from '../../test/samples.ts'
import type { StepUp } from '../api/problem.ts'
import { keepDraft, watchButtons } from '../ui/step-up/draft.ts'
import { start } from './start-sign-in.ts'

/** Opens the page, with what the tab has stored. */
async function open(query: string, session: unknown, answers: Answers = {}): Promise<TestPage> {
  const kept = { ...sessionStorage } as unknown as Record<string, string>
  const page = openPage(`/sign-in/${query}`, {
    'GET /api/session': () => session,
    'GET /api/sign-in': () => ({
      providers: [{ id: 'local', name: 'Local', asserts_factors: true, admin_consent: null }],
      keep_days: 30,
    }),
    ...answers,
  })
  for (const [key, value] of Object.entries(kept)) sessionStorage.setItem(key, value)
  await start()
  return page
}

/** Opens the page; returns the parameters of the link to the provider. */
async function link(query: string, session: unknown = null): Promise<Record<string, string>> {
  await open(query, session)
  const href = button('Continue with Local')?.getAttribute('href') ?? ''
  return Object.fromEntries(new URL(href, 'https://portal.example').searchParams)
}

test('each outcome asks the provider for what was missing', async () => {
  const way = { provider: 'local', return: '/people/' }
  for (const [query, wanted] of [
    ['', { provider: 'local' }],
    ['?return=/people/', way],
    ['?return=https://evil.example/', { provider: 'local' }],
    ['?return=/people/&choose=true', { ...way, choose: 'true' }],
    ['?return=/people/&problem=sign-in-cancelled', way],
    ['?return=/people/&problem=same-identity', { ...way, choose: 'true' }],
    ['?return=/people/&problem=sign-in-not-fresh', { ...way, fresh: 'true' }],
    ['?return=/people/&problem=factors-missing', { ...way, factors: 'true' }],
  ] as const)
    assert.deepEqual(await link(query), wanted, query)
})

test('a step-up that failed is tried again as strong as before, and stays signed in', async () => {
  openPage('/account/?account=A')
  watchButtons()
  document.body.insertAdjacentHTML('beforeend', '<button>Export</button>')
  button('Export')?.click()
  const needed: StepUp = { fresh: true, factors: true, provider: 'local' }
  keepDraft(SESSION.identity, needed)
  const query = '?problem=sign-in-cancelled&return=/account/?account=A'
  assert.deepEqual(await link(query, { ...SESSION, kept: true }), {
    provider: 'local',
    return: '/account/?account=A',
    keep: 'true',
    fresh: 'true',
    factors: 'true',
  })
  assert.match(shown('view'), /Confirms several factors/)
  const elsewhere = await link('?problem=sign-in-cancelled&return=/people/')
  assert.deepEqual(elsewhere, { provider: 'local', return: '/people/' })
})

test('whoever is signed in can go on as they are, unless they want another sign-in', async () => {
  for (const [query, goesOn] of [
    ['', true],
    ['?problem=sign-in-unknown&return=/people/', true],
    ['?problem=same-identity&return=/people/', true],
    ['?choose=true', false],
  ] as const) {
    await link(query, SESSION)
    const onward = button('Continue as Ada Holm')
    assert.equal(onward !== undefined, goesOn, query)
    if (query.includes('return')) assert.equal(onward?.getAttribute('href'), '/people/')
  }
})

test('the same identity and a stale sign-in lead out of the portal and then of the provider', async () => {
  for (const kind of ['same-identity', 'sign-in-not-fresh']) {
    const page = await open(`?problem=${kind}&return=/people/`, SESSION, {
      'POST /api/sign-out': () => ({ provider_sign_out: 'https://login.example/logout' }),
    })
    const reloads: true[] = []
    location.reload = () => void reloads.push(true)
    history.replaceState(null, '')
    button('Sign out of the portal first')?.click()
    await until(() => reloads.length)
    assert.ok(page.requests.some(({ route }) => route === 'POST /api/sign-out'))
  }
  await open('?problem=same-identity', null)
  assert.equal(
    button('Sign out of Local (opens a new tab)')?.getAttribute('href'),
    'https://login.example/logout',
  )
  history.replaceState({ signedOut: { provider: 'Local', address: 'javascript:alert(1)' } }, '')
  await open('?problem=same-identity', null)
  assert.match(shown('view'), /Now sign out on Local’s own page/)
  history.replaceState(null, '')
  await open('?problem=sign-in-cancelled', SESSION)
  assert.equal(button('Sign out of the portal first'), undefined)
})
