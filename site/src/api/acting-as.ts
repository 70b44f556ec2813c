/** What differs for partner and staff, who look after the account of others. */
import type { Account, Professional } from './contract.ts'

/** Whether the reader acts on the account as its partner or as staff. */
export function isPartnerOrStaff({ you }: Pick<Account, 'you'>): boolean {
  return you.as === 'partner' || you.as === 'staff'
}

/**
 * Why the reader cannot delete one of the account's administrators; null when they can, and for
 * everybody else.
 *
 * From outside nobody hands over that role: an administrator is appointed, which the account's
 * people are told of (requirement 24). The server decides; this only spares a try.
 */
export function whyNotDeleted(
  account: Pick<Account, 'roles' | 'you'>,
  professional: string,
): 'only-administrator' | 'may-not-appoint' | null {
  const { administrators } = account.roles
  if (!isPartnerOrStaff(account) || !administrators.includes(professional)) return null
  if (!account.you.may.includes('appoint-administrator')) return 'may-not-appoint'
  return administrators.length === 1 ? 'only-administrator' : null
}

/**
 * Whether the reader may change the address of one of the account's people. From outside nobody
 * changes that of an administrator who is linked: whoever reads the new mailbox could take the role
 * over. The server decides; this only spares a try.
 */
export function mayChangeAddress(
  account: Pick<Account, 'roles' | 'you'>,
  person: Pick<Professional, 'professional' | 'identity'>,
): boolean {
  if (!isPartnerOrStaff(account) || !account.roles.administrators.includes(person.professional))
    return true
  return person.identity === null && account.you.may.includes('appoint-administrator')
}
