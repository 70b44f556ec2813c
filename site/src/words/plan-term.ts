/** Describes how long a service plan still runs, or since when it has ended. */
import * as text from '#language/plan.ts'
import type { Account, Day, Plan } from '../api/contract.ts'
import { dayIn } from '../lib/day.ts'

const DAY_MS = 86_400_000

/**
 * Returns "Ends in 12 days" and the like, as of the account's date `today`.
 *
 * Null when the browser's clock and the server disagree about the plan's state.
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

/** The time zone in which days begin last. */
const LAST_ZONE = 'Etc/GMT+12'

/**
 * Checks whether a lapsed plan starts only after `today`; the server calls it lapsed too.
 *
 * Without the account's time zone, the last zone on earth is a safe default: a plan that has
 * started elsewhere is not lapsed on its first day.
 */
export function isToCome(
  { starts_on, state }: Pick<Plan, 'starts_on' | 'state'>,
  today = dayIn(LAST_ZONE),
): boolean {
  return state === 'lapsed' && starts_on > today
}

/**
 * Checks whether the account's people have no access. Customers need a plan; partners and the
 * vendor do not.
 */
export function isLapsed({ plan, kind }: Account): boolean {
  return plan ? plan.state === 'lapsed' : kind === 'customer'
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}
