import '../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from 'lit-html'
import * as de from '../../languages/de/signing-in.ts'
import * as en from '../../languages/en/signing-in.ts'
import { button, openPage } from '../../test/page.ts'
import type { Provider, SignInProblem } from '../api/contract.ts'
import { readOutcome, signInProblem } from './sign-in-problem.ts'

const MICROSOFT: Provider = {
  id: 'microsoft',
  name: 'Microsoft',
  asserts_factors: true,
  admin_consent: 'https://login.example/adminconsent?client_id=portico',
}
const KINDS = Object.keys(en.problems) as SignInProblem[]

/** Draws the outcome that the address names; returns its text, or null if it names none. */
function drawn(parameters: Record<string, string>, providers = [MICROSOFT]): string | null {
  openPage('/sign-in/')
  const outcome = readOutcome(new URLSearchParams(parameters), providers)
  if (!outcome) return null
  const view = document.getElementById('view') as HTMLElement
  view.replaceChildren()
  render(signInProblem(outcome), view)
  return view.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''
}

test('every outcome has two sentences in every language, with and without a provider', () => {
  for (const [language, { problems }] of Object.entries({ en, de }))
    for (const kind of KINDS)
      for (const provider of ['Microsoft', null]) {
        const { what, next } = problems[kind]
        for (const words of [what(provider), next(provider)])
          assert.match(words, /^[A-ZÄÖÜ][^{}]+\.$/, `${language}: ${kind}`)
        assert.doesNotMatch(what(provider) + next(provider), /null|undefined/, kind)
      }
})

test('a failure is an alert, and good news is not', () => {
  for (const kind of KINDS) {
    drawn({ problem: kind, provider: 'microsoft' })
    const role = kind === 'consent-given' ? 'status' : 'alert'
    assert.ok(document.querySelector(`#view [role="${role}"] a[href="/problems/${kind}/"]`), kind)
  }
})

test('nothing of the address is shown but the provider’s own name and a short reference', () => {
  const evil = 'Call +1 555 0100 <b>now</b>'
  for (const kind of [...KINDS, evil]) {
    const words = drawn({ problem: kind, provider: evil, reference: evil, error: evil })
    assert.doesNotMatch(words ?? '', /555|Call/, kind)
    assert.equal(document.querySelector('#view b, #view code'), null, kind)
  }
  assert.match(drawn({ problem: evil }) ?? '', /^Sign-in failed\./)
  assert.match(drawn({ problem: 'constructor' }) ?? '', /^Sign-in failed\./)
  assert.equal(drawn({ provider: 'microsoft' }), null)
})

test('a reference has letters, digits and hyphens, 40 at most, and only where it leads to more', () => {
  const shown = (problem: string, reference: string) => {
    drawn({ problem, reference })
    return document.querySelector('#view code')?.textContent
  }
  const longest = 'a1-'.repeat(13).padEnd(40, 'Z')
  const told = /misconfigured|failed|unavailable|refused/
  for (const kind of KINDS)
    assert.equal(shown(kind, longest), told.test(kind) ? longest : undefined, kind)
  for (const reference of ['', `${longest}1`, 'two words', 'ä', 'a.b', 'https://evil.example'])
    assert.equal(shown('sign-in-failed', reference), undefined, reference)
})

test('the message for the IT department can be copied, or else is selected', async () => {
  const copied: string[] = []
  const set = (writeText: (text: string) => Promise<void>) =>
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  drawn({ problem: 'sign-in-not-allowed', provider: 'microsoft' })
  const field = document.querySelector<HTMLTextAreaElement>('#for-it')
  set(async (text) => void copied.push(text))
  button('Copy message')?.click()
  assert.deepEqual(copied, [field?.value])
  assert.match(field?.value ?? '', /Microsoft.*\n.*https:\/\/login\.example\/adminconsent/)
  set(() => Promise.reject(new Error('denied')))
  button('Copy message')?.click()
  await Promise.resolve().then(() => {})
  assert.equal(document.activeElement, field)
  assert.doesNotMatch(
    drawn({ problem: 'sign-in-not-allowed' }) ?? '',
    /null|undefined|adminconsent/,
  )
})
