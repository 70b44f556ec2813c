import '../../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html } from 'lit-html'
import { button, openPage, until } from '../../../test/page.ts'
import { localProblem, type Problem, type Result } from '../../api/problem.ts'
import { formDialog } from './form-dialog.ts'

function open(send: () => Promise<Result<string>>) {
  return formDialog({
    id: 'question',
    opener: 'question',
    content: () => ({
      heading: 'Really?',
      body: html`<input name="reason" value="Because" />`,
      submit: 'Do it',
      cancel: 'Cancel',
    }),
    send,
  })
}

test('sending resolves to the result and closes the dialog', async () => {
  openPage('/')
  const answer = open(async () => ({ ok: true, value: 'done' }))
  assert.equal(document.activeElement?.textContent, 'Really?')
  button('Do it')?.click()
  assert.equal((await answer)?.value, 'done')
  await until(() => !document.querySelector('dialog'))
})

test('cancelling or closing the dialog resolves to null', async () => {
  openPage('/')
  const cancelled = open(async () => ({ ok: true, value: 'done' }))
  button('Cancel')?.click()
  assert.equal(await cancelled, null)
  const closed = open(async () => ({ ok: true, value: 'done' }))
  document.querySelector('dialog')?.close()
  assert.equal(await closed, null)
})

test('a problem keeps everything typed, and the form can be sent again', async () => {
  openPage('/')
  const answers: Result<string>[] = [
    { ok: false, problem: localProblem('offline') satisfies Problem },
    { ok: true, value: 'done' },
  ]
  const answer = open(async () => answers.shift() as Result<string>)
  const input = document.querySelector<HTMLInputElement>('input')
  if (input) input.value = 'Since then'
  button('Do it')?.click()
  await until(() => document.querySelector('dialog [role="alert"]'))
  assert.equal(document.querySelector('input')?.value, 'Since then')
  button('Do it')?.click()
  assert.equal((await answer)?.value, 'done')
})

test('a form being sent can neither be sent again nor closed', async () => {
  openPage('/')
  let sent = 0
  let finish = (_: Result<string>) => {}
  const answer = open(() => {
    sent += 1
    return new Promise((resolve) => {
      finish = resolve
    })
  })
  button('Do it')?.click()
  button('Do it')?.click()
  button('Cancel')?.click()
  assert.equal(sent, 1)
  assert.equal(button('Do it')?.getAttribute('aria-disabled'), 'true')
  assert.ok(document.querySelector('dialog')?.open)
  finish({ ok: true, value: 'done' })
  assert.equal((await answer)?.value, 'done')
})
