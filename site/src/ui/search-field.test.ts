import '../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html, render } from 'lit-html'
import { openPage } from '../../test/page.ts'
import { filterField, searchField } from './search-field.ts'

function open(draw: typeof searchField) {
  openPage('/')
  const typed: string[] = []
  const onTyped = (text: string) => void typed.push(text)
  const view = document.getElementById('view') as HTMLElement
  view.replaceChildren()
  render(html`<form>${draw({ id: 'find', label: 'Find', value: 'Ada', onTyped })}</form>`, view)
  const input = document.getElementById('find') as HTMLInputElement
  return { typed, input }
}

function composing(type: string, isComposing: boolean): Event {
  return Object.assign(new Event(type, { bubbles: true }), { isComposing })
}

test('a search field waits until a character has been composed', () => {
  const { typed, input } = open(searchField)
  assert.equal(input.value, 'Ada')
  input.value = 'ㅈ'
  input.dispatchEvent(composing('input', true))
  assert.deepEqual(typed, [])
  input.value = '지'
  input.dispatchEvent(composing('compositionend', false))
  assert.deepEqual(typed, ['지'])
})

test('Enter in a filter does not submit the form around it', () => {
  const { typed, input } = open(filterField)
  const enter = Object.assign(new Event('keydown', { bubbles: true, cancelable: true }), {
    key: 'Enter',
  })
  input.dispatchEvent(enter)
  assert.ok(enter.defaultPrevented)
  input.value = 'Ben'
  input.dispatchEvent(new Event('input', { bubbles: true }))
  assert.deepEqual(typed, ['Ben'])
})
