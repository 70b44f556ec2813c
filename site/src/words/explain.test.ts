import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { PROBLEM_KINDS } from '../api/contract.generated.ts'
import { isTemporary, LOCAL_KINDS, localProblem, readProblem } from '../api/problem.ts'
import { explain, waitingTime } from './explain.ts'

test('every kind has a page', () => {
  for (const kind of PROBLEM_KINDS) assert.ok(existsSync(`content/problems/${kind}.md`), kind)
})

test('every kind has a title and a text', () => {
  for (const kind of LOCAL_KINDS) assert.ok(explain(localProblem(kind)).text)
  for (const kind of PROBLEM_KINDS)
    assert.ok(explain(readProblem(500, { type: `/problems/${kind}/` }, null)).title)
})

test('the kind is read from a path and from an address', () => {
  assert.equal(readProblem(410, { type: '/problems/link-expired/' }, null).kind, 'link-expired')
  assert.equal(
    readProblem(410, { type: 'https://portal.example/problems/link-expired/' }, null).kind,
    'link-expired',
  )
})

test("a response that is not Portico's is classified by its status", () => {
  assert.equal(readProblem(401, undefined, null).kind, 'not-signed-in')
  assert.equal(
    readProblem(504, { message: 'Endpoint request timed out' }, null).kind,
    'unavailable',
  )
  for (const status of [431, 494])
    assert.equal(readProblem(status, '<html>', null).kind, 'too-many-cookies')
  assert.equal(readProblem(418, '<html>', null).kind, 'internal')
})

test('an unknown kind is classified by its status', () => {
  assert.equal(readProblem(409, { type: '/problems/brand-new/' }, null).kind, 'internal')
})

test('an invalid answer keeps every field error', () => {
  const problem = readProblem(
    422,
    {
      type: '/problems/invalid/',
      errors: [{ field: 'email', code: 'missing', reason: 'is missing' }],
    },
    null,
  )
  assert.deepEqual(problem.kind === 'invalid' && problem.errors, [
    { field: 'email', code: 'missing', reason: 'is missing' },
  ])
})

test('staff learn which permission they need and who can give it', () => {
  const forbidden = (permission: unknown) =>
    explain(readProblem(403, { type: '/problems/forbidden/', permission }, null)).text
  assert.match(forbidden('people'), /“Manage people”.*administrator/)
  assert.equal(forbidden('unheard-of'), forbidden(null))
})

test('missing members do not break a page', () => {
  const problem = readProblem(409, { type: '/problems/role-required/' }, null)
  assert.deepEqual(problem.kind === 'role-required' && problem.eligible, [])
})

test('what someone else has changed is named in the page’s language', () => {
  const problem = readProblem(409, { type: '/problems/changed/', changed: ['name', 'email'] }, null)
  assert.ok(explain(problem).text.endsWith('Changed: the name and the e-mail address.'))
  assert.ok(
    !explain(readProblem(409, { type: '/problems/changed/' }, null)).text.includes('Changed:'),
  )
})

test('a role without a holder is named in the page’s language', () => {
  const document = {
    type: '/problems/role-required/',
    detail: 'give it away first',
    roles: ['billing_contact'],
  }
  const { text } = explain(readProblem(409, document, null))
  assert.match(text, /There would be no billing contact left\.$/)
  assert.doesNotMatch(text, /give it away/)
})

test('the explanation says when a busy server can be tried again', () => {
  const problem = readProblem(503, { type: '/problems/unavailable/' }, '5')
  assert.equal(problem.retryAfter, 5)
  assert.ok(isTemporary(problem))
  assert.match(explain(problem).text, /in 5 seconds/)
})

test('a date in Retry-After is not read as seconds', () => {
  assert.equal(readProblem(503, {}, 'Wed, 21 Oct 2026 07:28:00 GMT').retryAfter, null)
})

test('waiting times are in seconds, then in minutes', () => {
  assert.deepEqual([1, 30, 120, 601].map(waitingTime), [
    '1 second',
    '30 seconds',
    '2 minutes',
    '11 minutes',
  ])
})
