/** Days, `YYYY-MM-DD`. */

/**
 * Returns the day that it is at the time `now` in a time zone of the IANA database.
 *
 * The server judges an account by the account's own day. A browser that does not know the zone
 * gets the day in UTC.
 */
export function dayIn(timeZone: string, now = new Date()): string {
  try {
    // Sweden writes days as the API does.
    return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now)
  } catch {
    return now.toISOString().slice(0, 10)
  }
}
