/** Words for the address that an identity is known by. */
import * as text from '#language/words.ts'
import type { Identity } from '../api/contract.ts'

/** Apple's relay, which hides a person's own address from the sites they sign in to. */
const RELAY = '@privaterelay.appleid.com'

/** Says of an address that forwards to a hidden one what it is: nobody knows it by heart. */
export function identityAddress({ email }: Pick<Identity, 'email'>): string | null {
  return email?.toLowerCase().endsWith(RELAY) ? text.relayAddress(email) : email
}
