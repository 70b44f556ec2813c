import '../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPage, shown, until } from '../../test/page.ts'
import { account, professional, SESSION } from '../../test/samples.ts'
import { start } from './review-access.ts'

async function open(items: unknown[]) {
  openPage('/people/review/?account=A', {
    'GET /api/session': () => SESSION,
    'GET /api/accounts/A': () => account(),
    'GET /api/accounts/A/professionals': () => ({ items, next: null }),
  })
  await start()
  await until(() => !document.querySelector('section[aria-busy]'))
}

test('every report lists its people', async () => {
  await open([professional()])
  assert.equal(document.querySelectorAll('th[scope="row"]').length, 3)
  assert.match(shown('view'), /Bob Babbage/)
})

test('a page that is opened again starts empty', async () => {
  await open([professional()])
  await open([])
  assert.doesNotMatch(shown('view'), /Bob Babbage/)
})
