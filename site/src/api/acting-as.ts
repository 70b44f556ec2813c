/** Rules that differ for partner and staff, who manage other organisations' accounts. */
import type { Account, Professional } from './contract.ts'

/** Why partner or staff cannot delete an administrator. */
export type DeletionDenial = 'only-administrator' | 'needs-appointment' | 'cannot-appoint'

/** Checks whether the user acts on the account as its partner or as staff. */
export function isPartnerOrStaff({ you }: Pick<Account, 'you'>): boolean {
  return you.as === 'partner' || you.as === 'staff'
}

/** Checks whether the user is one of the vendor's staff, with permissions of its administrators. */
export function isStaff({ kind, you }: Pick<Account, 'kind' | 'you'>): boolean {
  return you.as === 'staff' || kind === 'vendor'
}

/**
 * Returns why partner or staff cannot delete an administrator; null if they can, and for anyone
 * else.
 *
 * Only administrators hand over their role. Partner and staff appoint a successor first, and once
 * anybody of the account has linked, they take the role away by an appointment too: the account's
 * people are notified of it (requirements 24, 45). The server decides; this saves a failing
 * request.
 */
export function deletionDenial(
  account: Pick<Account, 'roles' | 'has_linked' | 'you'>,
  professional: string,
): DeletionDenial | null {
  const { administrators } = account.roles
  if (!isPartnerOrStaff(account) || !administrators.includes(professional)) return null
  if (!account.you.allowed_actions.includes('appoint-administrator')) return 'cannot-appoint'
  if (administrators.length === 1) return 'only-administrator'
  return account.has_linked ? 'needs-appointment' : null
}

/**
 * Checks whether the user may change a person's e-mail address.
 *
 * Once anybody of the account has linked, partner and staff change that of an administrator only by
 * an appointment: the reader of the new mailbox can take over the role. While the account waits for
 * confirmation nobody is invited, and they correct it. The server decides; this saves a failing
 * request.
 */
export function mayChangeAddress(
  account: Pick<Account, 'roles' | 'has_linked' | 'confirmation' | 'you'>,
  person: Pick<Professional, 'professional'>,
): boolean {
  if (!isPartnerOrStaff(account) || !account.roles.administrators.includes(person.professional))
    return true
  if (account.confirmation === 'waiting') return true
  return !account.has_linked && account.you.allowed_actions.includes('appoint-administrator')
}
