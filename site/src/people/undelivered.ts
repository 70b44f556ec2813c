/** What can be done about an invitation that did not arrive. */
import type { Professional, ProfessionalState } from '../api/contract.ts'

/** The states of an invitation that did not arrive, or may not have. */
const UNDELIVERED = [
  'delayed',
  'bounced',
  'complained',
  'failed',
] as const satisfies ProfessionalState[]

/**
 * Whether to offer, beside the reason, to correct the address and send the invitation again.
 *
 * Who was annoyed by it wants no other.
 */
export function offersNewAddress({ state, you }: Pick<Professional, 'state' | 'you'>): boolean {
  const { may } = you
  return (
    (state === 'bounced' || state === 'failed') &&
    may.includes('update-professional') &&
    may.includes('send-invitation')
  )
}

/**
 * What has become of an invitation that did not arrive, where the state of its person says
 * something else: of one who switches identity.
 */
export function hiddenDeliveryState({
  state,
  invitation,
}: Pick<Professional, 'state' | 'invitation'>): ProfessionalState | null {
  return UNDELIVERED.find((trouble) => trouble === invitation?.state && trouble !== state) ?? null
}
