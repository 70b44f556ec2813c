/** The vendor's notices: those with a time are shown only in that time. The page is given some, as the build would. */
import { expect, test } from './portal.ts'

const NOTICES = `
  <p class="site-notice information">Always</p>
  <p class="site-notice maintenance" data-from="2026-12-05T18:00:00.000Z" data-until="2026-12-06T06:00:00.000Z" hidden>Tonight</p>
  <p class="site-notice information" data-until="2026-12-05T18:00:00.000Z" hidden>Until tonight</p>
  <script src="/js/en/show-notices.js"></script>
`

for (const [now, shown] of [
  ['2026-12-05T17:59:59Z', ['Always', 'Until tonight']],
  ['2026-12-05T18:00:00Z', ['Always', 'Tonight']],
  ['2026-12-06T06:00:00Z', ['Always']],
] as const) {
  test(`at ${now} people see: ${shown.join(', ')}`, async ({ page }) => {
    await page.route('/', async (route) => {
      const response = await route.fetch()
      const body = (await response.text()).replace('<header class="bar">', `${NOTICES}$&`)
      await route.fulfill({ response, body })
    })
    await page.clock.setFixedTime(new Date(now))
    await page.goto('/')
    await expect(page.locator('.site-notice:visible')).toHaveText([...shown])
  })
}
