import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as de from '../languages/de/forms.ts'
import * as en from '../languages/en/forms.ts'

test('every flaw that the server may find has words in every language', () => {
  const source = readFileSync('../functions/core/src/domain/fault.rs', 'utf8')
  const codes = [...source.matchAll(/ = "([a-z-]+)", "/g)].map(([, code]) => code ?? '')
  assert.ok(codes.length > 20, `${codes.length} codes`)
  for (const [language, { faults }] of Object.entries({ en, de })) {
    for (const code of codes) {
      const words = faults[code]?.('Name', 7)
      assert.match(words ?? '', /^(Name|This name)\b.*\.$/, `${language}: ${code}`)
      assert.doesNotMatch(words ?? '', /undefined|NaN/, `${language}: ${code}`)
    }
  }
})
