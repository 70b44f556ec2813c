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

test('toasts stand side by side, and one is closed by itself', () => {
  openPage('/')
  toast('Saved.')
  toast('Deleted.', { label: 'Undo', run: () => {}, lasts: 1_000_000 })
  assert.match(shown('toasts'), /Saved\..*Deleted\./)
  document.querySelector<HTMLElement>('[data-toast="1"] [aria-label]')?.click()
  assert.doesNotMatch(shown('toasts'), /Saved/)
})

test('what a toast offers is done once, and the toast is gone', () => {
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

test('a toast goes by itself when it has been read', () => {
  openPage('/')
  toast('Saved.')
  mock.timers.tick(7_999)
  assert.equal(shown('toasts'), 'Saved.')
  mock.timers.tick(1)
  assert.equal(shown('toasts'), '')
})

test('another page has toasts of its own', () => {
  openPage('/')
  toast('Saved.')
  openPage('/')
  toast('Sent.')
  assert.equal(shown('toasts'), 'Sent.')
})
