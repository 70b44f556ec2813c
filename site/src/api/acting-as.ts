/** Rules that differ for partner and staff, who manage other organisations' accounts. */
import type { Account, Professional } from './contract.ts'

/** Why partner or staff cannot delete an administrator. */
export type DeletionDenial = 'only-administrator' | 'cannot-appoint'

/** Checks whether the user acts on the account as its partner or as staff. */
export function isPartnerOrStaff({ you }: Pick<Account, 'you'>): boolean {
  return you.as === 'partner' || you.as === 'staff'
}

/**
 * Returns why partner or staff cannot delete an administrator; null if they can, and for anyone
 * else.
 *
 * Only administrators hand over their role. Partner and staff appoint a successor first, which the
 * account's people are notified of (requirement 24). The server decides; this saves a failing
 * request.
 */
export function deletionDenial(
  account: Pick<Account, 'roles' | 'you'>,
  professional: string,
): DeletionDenial | null {
  const { administrators } = account.roles
  if (!isPartnerOrStaff(account) || !administrators.includes(professional)) return null
  if (!account.you.allowed_actions.includes('appoint-administrator')) return 'cannot-appoint'
  return administrators.length === 1 ? 'only-administrator' : null
}

/**
 * Checks whether the user may change a person's e-mail address.
 *
 * Partner and staff may not change that of an active administrator: whoever reads the new mailbox
 * could take over the role. The server decides; this saves a failing request.
 */
export function mayChangeAddress(
  account: Pick<Account, 'roles' | 'you'>,
  person: Pick<Professional, 'professional' | 'identity'>,
): boolean {
  if (!isPartnerOrStaff(account) || !account.roles.administrators.includes(person.professional))
    return true
  return person.identity === null && account.you.allowed_actions.includes('appoint-administrator')
}
