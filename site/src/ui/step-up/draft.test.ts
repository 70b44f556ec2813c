import assert from 'node:assert/strict'
import { test } from 'node:test'
import '../../../test/dom.ts'
import { openPage, until } from '../../../test/page.ts'
import { SESSION } from '../../../test/samples.ts'
import type { StepUp } from '../../api/problem.ts'
import { dropDraft, keepDraft, pendingStepUp, restoreDraft, watchButtons } from './draft.ts'

const { identity } = SESSION
const NEEDED: StepUp = { fresh: true, factors: false, provider: 'local' }

const FORM = `
  <form>
    <input name="name" /><textarea name="values"></textarea>
    <select name="holder"><option value="P"></option><option value="Q"></option></select>
    <input type="checkbox" name="who" value="P" /><input type="checkbox" name="who" value="Q" />
    <input type="radio" name="kind" value="any" /><input type="radio" name="kind" value="some" />
    <input type="password" name="secret" /><input type="hidden" name="token" />
    <input name="row" /><input name="row" />
    <button>Save</button><button type="button">Other</button>
  </form>`

/** Shows `content` on the page at `path`; `keep` empties nothing of the tab's storage. */
function show(path: string, content: string, kept: Record<string, string> = {}): void {
  openPage(path)
  for (const [key, value] of Object.entries(kept)) sessionStorage.setItem(key, value)
  watchButtons()
  const view = document.getElementById('view')
  if (view) view.innerHTML = content
  for (const form of document.querySelectorAll('form'))
    form.addEventListener('submit', (event) => event.preventDefault())
}

/** Returns all that the tab has stored. */
const stored = () => ({ ...sessionStorage }) as unknown as Record<string, string>

function find<E extends HTMLElement = HTMLInputElement>(selector: string): E {
  return document.querySelector(selector) as E
}

/** Types into the form and leaves it for a sign-in; returns what the tab has stored. */
function typeAndLeave(): Record<string, string> {
  find('[name="name"]').value = 'Ada “Ångström” <b>'
  find('textarea').value = 'one\ntwo'
  find('select').value = 'Q'
  find('[name="who"][value="Q"]').checked = true
  find('[name="kind"][value="some"]').checked = true
  find('[name="secret"]').value = 'hunter2'
  find('[name="token"]').value = 't0ken'
  for (const [index, row] of [...document.querySelectorAll('[name="row"]')].entries())
    (row as HTMLInputElement).value = `row ${index}`
  find('button').click()
  keepDraft(identity, NEEDED)
  return stored()
}

test('everything typed and chosen is back, but no secret, and the focus is on the button', async () => {
  show('/account/edit/?account=A', FORM)
  const kept = typeAndLeave()
  assert.doesNotMatch(JSON.stringify(kept), /hunter2|t0ken/)
  show('/account/edit/?account=A', FORM, kept)
  let sent = 0
  find('form').addEventListener('submit', () => {
    sent += 1
  })
  assert.equal(await restoreDraft(identity), 'restored')
  assert.equal(find('[name="name"]').value, 'Ada “Ångström” <b>')
  assert.equal(find('textarea').value, 'one\ntwo')
  assert.equal(find('select').value, 'Q')
  assert.equal(find('[name="who"][value="P"]').checked, false)
  assert.equal(find('[name="who"][value="Q"]').checked, true)
  assert.equal(find('[name="kind"][value="some"]').checked, true)
  assert.deepEqual(
    [...document.querySelectorAll('[name="row"]')].map((row) => (row as HTMLInputElement).value),
    ['row 0', 'row 1'],
  )
  assert.equal(document.activeElement, find('button'))
  assert.equal(sent, 0)
  assert.deepEqual(stored(), {}, 'it is used once')
})

test('rows that the page does not show yet are filled in when it does', async () => {
  const row = '<input name="row" />'
  show('/account/edit/', FORM)
  find('form').insertAdjacentHTML('beforeend', row)
  const kept = typeAndLeave()
  show('/account/edit/', FORM, kept)
  assert.equal(await restoreDraft(identity), 'restored')
  const rows = () =>
    [...document.querySelectorAll<HTMLInputElement>('[name="row"]')].map(({ value }) => value)
  assert.deepEqual(rows(), ['row 0', 'row 1'])
  find('form').insertAdjacentHTML('beforeend', row)
  await until(() => rows()[2])
  assert.deepEqual(rows(), ['row 0', 'row 1', 'row 2'])
})

test('another identity ends it, whichever part differs', async () => {
  for (const other of [
    { ...identity, name: 'Bob Babbage' },
    { ...identity, email: null },
    { ...identity, provider: 'Other' },
  ]) {
    show('/account/edit/', FORM)
    const kept = typeAndLeave()
    show('/account/edit/', FORM, kept)
    assert.equal(await restoreDraft(other), 'other-identity')
    assert.equal(find('[name="name"]').value, '')
    assert.deepEqual(stored(), {})
  }
})

test('another page ends it; pages about signing in leave it', async () => {
  for (const [path, isLeft] of [
    ['/sign-in/?problem=sign-in-cancelled', true],
    ['/problems/sign-in-not-fresh/', true],
    ['/people/', false],
    ['/account/edit/?account=B', false],
  ] as const) {
    show('/account/edit/?account=A', FORM)
    const kept = typeAndLeave()
    show(path, FORM, kept)
    assert.equal(await restoreDraft(identity), null)
    assert.deepEqual(stored(), isLeft ? kept : {}, path)
    assert.equal(find('[name="name"]').value, '')
  }
})

test('it lasts a quarter of an hour, and is never from the future', async () => {
  for (const [minutes, lasts] of [
    [14, true],
    [15, false],
    [-1, false],
  ] as const) {
    show('/account/edit/', FORM)
    const kept = typeAndLeave()
    const [[key, text] = ['', '']] = Object.entries(kept)
    const draft = { ...JSON.parse(text), at: Date.now() - minutes * 60_000 }
    show('/account/edit/', FORM, { [key]: JSON.stringify(draft) })
    assert.equal(pendingStepUp('/account/edit/') !== null, lasts, `${minutes} minutes`)
    assert.equal(await restoreDraft(identity), lasts ? 'restored' : null, `${minutes} minutes`)
  }
})

test('what the tab holds may be anything', async () => {
  for (const text of ['', 'null', '{', '[]', '7', '{"at":"now"}']) {
    show('/account/edit/', FORM, { 'portico-draft': text })
    assert.equal(await restoreDraft(identity), null, text)
  }
})

test('the sign-in page learns what is needed for the way back only', () => {
  show('/account/edit/?account=A', FORM)
  typeAndLeave()
  assert.deepEqual(pendingStepUp('/account/edit/?account=A'), NEEDED)
  for (const path of ['/account/edit/', null]) assert.equal(pendingStepUp(path), null)
  dropDraft()
  assert.equal(pendingStepUp('/account/edit/?account=A'), null)
})

/** A page whose button opens a dialog with a form, in which a choice shows a further field. */
function showOpener(kept: Record<string, string> = {}): { opened: number; sent: number } {
  const counts = { opened: 0, sent: 0 }
  show(
    '/people/profile/',
    `<form><input type="radio" name="grant" value="view" />
      <input type="radio" name="grant" value="none" />
      <button data-opens="ask" aria-disabled="true">Change</button></form>
    <button data-opens="other">Change</button>`,
    kept,
  )
  find<HTMLElement>('[data-opens="ask"]').addEventListener('click', () => {
    counts.opened += 1
    const dialog = document.createElement('dialog')
    dialog.innerHTML = `<form data-opener="ask"><input name="reason" />
      <input type="radio" name="more" value="yes" /><button>Change</button></form>`
    document.body.append(dialog)
    const form = dialog.querySelector('form')
    dialog.querySelector('[value="yes"]')?.addEventListener('change', () => {
      form?.insertAdjacentHTML('beforeend', '<textarea name="values"></textarea>')
    })
    form?.addEventListener('submit', (event) => {
      event.preventDefault()
      counts.sent += 1
    })
  })
  return counts
}

test('a dialog opens again by its button, once that works, and nothing is sent', async () => {
  showOpener()
  const opener = find<HTMLElement>('[data-opens="ask"]')
  opener.removeAttribute('aria-disabled')
  find('[name="grant"][value="none"]').checked = true
  opener.click()
  find('[name="reason"]').value = 'Left'
  find('[name="more"]').checked = true
  find('[name="more"]').dispatchEvent(new Event('change', { bubbles: true }))
  find('textarea').value = 'customer.example'
  find('dialog button').click()
  keepDraft(identity, NEEDED)
  const kept = stored()

  const counts = showOpener(kept)
  const restored = restoreDraft(identity)
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(counts.opened, 0, 'its button does not work yet')
  find<HTMLElement>('[data-opens="ask"]').removeAttribute('aria-disabled')
  assert.equal(await restored, 'restored')
  assert.equal(find('[name="grant"][value="none"]').checked, true)
  assert.equal(find('[name="reason"]').value, 'Left')
  assert.equal(await until(() => find('textarea').value), 'customer.example')
  assert.equal(document.activeElement, find('dialog button'))
  assert.deepEqual(counts, { opened: 1, sent: 0 })
})

test('an act without a form leads back to its button, which is not pressed', async () => {
  const page = '<button id="export">Export list</button><button>Export list</button>'
  show('/people/', page)
  find('#export').click()
  document.body.insertAdjacentHTML('beforeend', '<dialog><button>Stop</button></dialog>')
  find('dialog button').click()
  keepDraft(identity, NEEDED)
  const kept = stored()
  show('/people/', page, kept)
  let pressed = 0
  find('#export').addEventListener('click', () => {
    pressed += 1
  })
  assert.equal(await restoreDraft(identity), 'restored')
  assert.equal(document.activeElement, find('#export'))
  assert.equal(pressed, 0)
})

test('without a button that was pressed nothing is kept', () => {
  show('/people/', FORM)
  keepDraft(identity, NEEDED)
  assert.deepEqual(stored(), {})
})
