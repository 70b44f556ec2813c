/** What differs for partner and staff, who look after the account of others. */
import type { Account } from './contract.ts'

/** Whether the reader acts on the account as its partner or as staff. */
export function isFromOutside({ you }: Pick<Account, 'you'>): boolean {
  return you.as === 'partner' || you.as === 'staff'
}

/**
 * Why the reader cannot delete one of the account's administrators; null when they can, and for everybody else.
 *
 * From outside nobody hands over that role: an administrator is appointed, which the account's people are told of (requirement 24). The server
 * decides; this only spares a try.
 */
export function whyNotDeleted(account: Pick<Account, 'roles' | 'you'>, professional: string): 'only-administrator' | 'may-not-appoint' | null {
  const { administrators } = account.roles
  if (!isFromOutside(account) || !administrators.includes(professional)) return null
  if (!account.you.may.includes('appoint-administrator')) return 'may-not-appoint'
  return administrators.length === 1 ? 'only-administrator' : null
}
