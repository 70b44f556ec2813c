import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as de from '../languages/de/forms.ts'
import * as en from '../languages/en/forms.ts'
import { FIELD_ERROR_CODES } from '../src/api/contract.generated.ts'
import type { FieldErrorCode } from '../src/api/contract.ts'

/** Codes found only in the browser; "taken" has a text of its own. */
const LOCAL: FieldErrorCode[] = ['yes-or-no']

test('every field error has a text in every language', () => {
  for (const [language, { fieldErrors }] of Object.entries({ en, de })) {
    for (const code of [...FIELD_ERROR_CODES, ...LOCAL]) {
      const words = fieldErrors[code]?.('Name', 7)
      assert.match(words ?? '', /^(Name|This name)\b.*\.$/, `${language}: ${code}`)
      assert.doesNotMatch(words ?? '', /undefined|NaN/, `${language}: ${code}`)
    }
  }
})
