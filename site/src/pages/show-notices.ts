/** Starts the page. */
export function start(): void {
  /**
   * Shows the vendor's notices that have a time, in that time.
   *
   * It runs while the page is being read, before anything is drawn below the notices, so that
   * nothing moves; so it imports nothing.
   */
  for (const notice of document.querySelectorAll<HTMLElement>('.site-notice')) {
    const { from, until } = notice.dataset
    const now = Date.now()
    notice.hidden =
      (from !== undefined && now < Date.parse(from)) ||
      (until !== undefined && now >= Date.parse(until))
  }
}
