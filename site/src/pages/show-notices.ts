/**
 * Shows the vendor's timed notices while they are due.
 *
 * Runs while the page is parsed, before anything is drawn below the notices, so that nothing moves.
 * It therefore imports nothing.
 */
export function start(): void {
  for (const notice of document.querySelectorAll<HTMLElement>('.site-notice')) {
    const { from, until } = notice.dataset
    const now = Date.now()
    notice.hidden =
      (from !== undefined && now < Date.parse(from)) ||
      (until !== undefined && now >= Date.parse(until))
  }
}
