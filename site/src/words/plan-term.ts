/** How long a service plan still lasts, or since when it is over, in words. */
import * as text from '#language/plan.ts'
import type { Account, Day, Plan } from '../api/contract.ts'
import { dayIn } from '../lib/day.ts'

const DAY_MS = 86_400_000

/**
 * "Ends in 12 days", seen on the account's own day `today`.
 *
 * Null where the browser's clock and the server disagree about the plan's state.
 */
export function planTerm({ starts_on, ends_on, state }: Plan, today: Day): string | null {
  const left = daysBetween(today, ends_on)
  const isOver = left < 0
  if (state === 'grace' || state === 'lapsed') {
    if (starts_on > today) return text.beginsIn(daysBetween(today, starts_on))
    return isOver ? text.endedAgo(-left) : null
  }
  if (isOver) return null
  return left === 0 ? text.endsToday : text.endsIn(left)
}

/** The day that it is where days begin last. */
const LAST_ZONE = 'Etc/GMT+12'

/**
 * Whether a plan gives no access because it begins only after the day `today`: the server calls
 * such a plan lapsed too. Where the account's zone is not known, the last one will do: it begins
 * later than any other, and a plan that has begun elsewhere is not lapsed within its first day.
 */
export function isToCome(
  { starts_on, state }: Pick<Plan, 'starts_on' | 'state'>,
  today = dayIn(LAST_ZONE),
): boolean {
  return state === 'lapsed' && starts_on > today
}

/**
 * Whether the account's people have no access: customers need a plan, partners and the vendor may
 * have none.
 */
export function isLapsed({ plan, kind }: Account): boolean {
  return plan ? plan.state === 'lapsed' : kind === 'customer'
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}
