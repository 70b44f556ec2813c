/** Rules for invitations that did not arrive. */
import type { Professional, ProfessionalState } from '../api/contract.ts'

/** States of an invitation that did not arrive, or may not have. */
const UNDELIVERED = [
  'delayed',
  'bounced',
  'complained',
  'failed',
] as const satisfies ProfessionalState[]

/**
 * Checks whether to offer a new address and another invitation.
 *
 * Not after a spam complaint: that person wants no other e-mail.
 */
export function offersNewAddress({ state, you }: Pick<Professional, 'state' | 'you'>): boolean {
  const { allowed_actions: actions } = you
  return (
    (state === 'bounced' || state === 'failed') &&
    actions.includes('update-professional') &&
    actions.includes('send-invitation')
  )
}

/**
 * Returns an undelivered invitation's state when the person's state hides it, as for an active
 * person who switches sign-ins.
 */
export function hiddenDeliveryState({
  state,
  invitation,
}: Pick<Professional, 'state' | 'invitation'>): ProfessionalState | null {
  return UNDELIVERED.find((trouble) => trouble === invitation?.state && trouble !== state) ?? null
}
