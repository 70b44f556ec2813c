/** Draws an identity as people know it: name, e-mail and provider. */
import { html } from 'lit-html'
import type { Identity } from '../api/contract.ts'
import { identityAddress } from '../words/identity-address.ts'

export function identityLabel(identity: Identity) {
  const { name, provider } = identity
  return html`<strong><bdi>${name}</bdi></strong>
    (<bdi>${[identityAddress(identity), provider].filter(Boolean).join(', ')}</bdi>)`
}
