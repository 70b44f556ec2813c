import '../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPage, ProblemResponse } from '../../test/page.ts'
import { assignRoles, exportProfessionals, showAccount, signInAddress } from './client.ts'
import type { StepUp } from './problem.ts'
import { onStepUp } from './step-up.ts'

const NEEDED: StepUp = { fresh: true, factors: false, provider: 'local' }
const ROLES = { administrators: [], billing_contact: 'P', shipping_contact: 'P', version: 1 }

/** Opens a page whose requests get `answer`; returns what sign-ins it asks for. */
function open(answer: ProblemResponse): StepUp[] {
  const asked: StepUp[] = []
  openPage('/account/', {
    'GET /api/accounts/A': () => answer,
    'PUT /api/accounts/A/roles': () => answer,
    'GET /api/accounts/A/professionals/export': () => answer,
  })
  onStepUp(async ({ fresh, factors, provider }) => void asked.push({ fresh, factors, provider }))
  return asked
}

test('an act that needs another sign-in asks for it, and its caller sees the problem', async () => {
  const asked = open(new ProblemResponse(401, 'step-up-required', { ...NEEDED }))
  const changed = await assignRoles('A', ROLES)
  const exported = await exportProfessionals('A', null)
  assert.deepEqual(asked, [NEEDED, NEEDED])
  for (const result of [changed, exported])
    assert.equal(!result.ok && result.problem.kind, 'step-up-required')
})

test('reading asks for nothing: the page shows the offer in place of what it reads', async () => {
  const asked = open(new ProblemResponse(401, 'step-up-required', { ...NEEDED }))
  const result = await showAccount('A')
  assert.equal(!result.ok && result.problem.kind, 'step-up-required')
  assert.deepEqual(asked, [])
})

test('being signed out, or a 401 of a gateway, is no step-up', async () => {
  for (const kind of ['not-signed-in', 'brand-new']) {
    const asked = open(new ProblemResponse(401, kind))
    const result = await assignRoles('A', ROLES)
    assert.equal(!result.ok && result.problem.kind, 'not-signed-in', kind)
    assert.deepEqual(asked, [], kind)
  }
})

test('members that are missing or of another type ask for nothing further', async () => {
  const asked = open(new ProblemResponse(401, 'step-up-required', { fresh: 'yes', provider: 7 }))
  await assignRoles('A', ROLES)
  assert.deepEqual(asked, [{ fresh: false, factors: false, provider: '' }])
})

test('an address says only what is wanted of the provider', () => {
  assert.equal(signInAddress('local', { returnTo: null }), '/api/sign-in?provider=local')
  assert.equal(
    signInAddress('local', {
      returnTo: '/account/?account=A#roles',
      keep: true,
      choose: true,
      fresh: true,
      factors: true,
      loginHint: 'ada+x@home.example',
    }),
    '/api/sign-in?provider=local&return=%2Faccount%2F%3Faccount%3DA%23roles&keep=true' +
      '&choose=true&fresh=true&factors=true&login_hint=ada%2Bx%40home.example',
  )
})
