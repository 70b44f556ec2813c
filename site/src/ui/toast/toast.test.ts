import '../../../test/dom.ts'
import assert from 'node:assert/strict'
import { beforeEach, mock, test } from 'node:test'
import { button, openPage, shown } from '../../../test/page.ts'
import { toast } from './toast.ts'

beforeEach(() => {
  // Toasts disappear after a while, which no test waits for.
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout'] })
})

test('several toasts show together, and each can be closed', () => {
  openPage('/')
  toast('Saved.')
  toast('Deleted.', { label: 'Undo', run: () => {}, lasts: 1_000_000 })
  assert.match(shown('toasts'), /Saved\..*Deleted\./)
  document.querySelector<HTMLElement>('[data-toast="1"] [aria-label]')?.click()
  assert.doesNotMatch(shown('toasts'), /Saved/)
})

test('a toast’s action runs once and closes the toast', () => {
  openPage('/')
  let undone = 0
  const run = () => {
    undone += 1
  }
  toast('Deleted.', { label: 'Undo', run, lasts: 1_000_000 })
  button('Undo')?.click()
  assert.equal(undone, 1)
  assert.equal(shown('toasts'), '')
})

test('a toast disappears after a while', () => {
  openPage('/')
  toast('Saved.')
  mock.timers.tick(7_999)
  assert.equal(shown('toasts'), 'Saved.')
  mock.timers.tick(1)
  assert.equal(shown('toasts'), '')
})

test('every page has its own toasts', () => {
  openPage('/')
  toast('Saved.')
  openPage('/')
  toast('Sent.')
  assert.equal(shown('toasts'), 'Sent.')
})
