/** Draws an identity as people know it: name, e-mail and provider. */
import { html } from 'lit-html'
import type { Identity } from '../api/contract.ts'

export function identityLabel({ name, email, provider }: Identity) {
  return html`<strong><bdi>${name}</bdi></strong>
    (<bdi>${[email, provider].filter(Boolean).join(', ')}</bdi>)`
}
