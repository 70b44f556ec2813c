import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inLanguage, pageUrl, safePath, signInUrl, webAddress } from './address.ts'

test('parameters without a value are omitted from an address', () => {
  assert.equal(pageUrl('/people/', { account: 'A', search: null, after: '' }), '/people/?account=A')
  assert.equal(pageUrl('/people/', { account: null }), '/people/')
})

test('sign-in returns to the page with its own parameters', () => {
  assert.equal(
    signInUrl('/people/?account=A&search=b'),
    '/sign-in/?return=%2Fpeople%2F%3Faccount%3DA%26search%3Db',
  )
})

test('sign-in without a page to return to, such as from the home page, names none', () => {
  assert.equal(signInUrl('/'), '/sign-in/')
})

test('only paths of this site are accepted as a return address', () => {
  assert.equal(safePath('/people/?account=A'), '/people/?account=A')
  for (const foreign of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'people',
    '',
    '/a\nb',
    null,
  ]) {
    assert.equal(safePath(foreign), null, String(foreign))
  }
})

test('only web addresses become links', () => {
  assert.equal(webAddress('https://partner.example/a'), 'https://partner.example/a')
  for (const other of ['javascript:alert(1)', 'data:text/html,x', 'partner.example', null]) {
    assert.equal(webAddress(other), null, String(other))
  }
})

test('a page has the same path in every language', () => {
  assert.equal(inLanguage('/people/?account=A', '/de'), '/de/people/?account=A')
  assert.equal(inLanguage('/', '/de'), '/de/')
})
