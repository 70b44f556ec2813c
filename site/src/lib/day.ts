/** Days, `YYYY-MM-DD`. */

/**
 * Returns the date at `now` in an IANA time zone; in UTC when the browser does not know the zone.
 *
 * The server evaluates each account by the account's own date.
 */
export function dayIn(timeZone: string, now = new Date()): string {
  try {
    // The Swedish date format is ISO 8601, as in the API.
    return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now)
  } catch {
    return now.toISOString().slice(0, 10)
  }
}
