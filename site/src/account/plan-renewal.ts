/** Computes the dates of "Renew for a year". */
import type { Day, Plan } from '../api/contract.ts'

/**
 * Returns a renewed plan's dates.
 *
 * A running or future plan ends a year later, so that access has no gap. An expired one starts on
 * `today` and runs for a year.
 */
export function renewed(plan: Plan | null, today: Day): { starts_on: Day; ends_on: Day } {
  if (plan && plan.ends_on >= today)
    return { starts_on: plan.starts_on, ends_on: yearLater(plan.ends_on) }
  const end = new Date(`${yearLater(today)}T00:00:00Z`)
  end.setUTCDate(end.getUTCDate() - 1)
  return { starts_on: today, ends_on: end.toISOString().slice(0, 10) }
}

/** Returns the same day of the next year; 28 February for 29 February. */
function yearLater(day: Day): Day {
  const [year, month, date] = [Number(day.slice(0, 4)) + 1, day.slice(5, 7), day.slice(8)]
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return `${year}-${month}-${month === '02' && date === '29' && !isLeap ? '28' : date}`
}
