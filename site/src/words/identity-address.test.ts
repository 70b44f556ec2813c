import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityAddress } from './identity-address.ts'

test("only an address of Apple's relay is marked as one", () => {
  for (const email of ['x7k2@privaterelay.appleid.com', 'x7k2@PrivateRelay.AppleID.com']) {
    assert.equal(identityAddress({ email }), `${email} (private relay address from Apple)`)
  }
  for (const email of ['ana@appleid.com', 'ana@evil-privaterelay.appleid.com.example', null]) {
    assert.equal(identityAddress({ email }), email)
  }
})
