/** The vendor's notices: timed ones show only while due. The test adds some, as the build would. */
import { expect, test } from './portal.ts'

const NOTICES = `
  <p class="site-notice information">Always</p>
  <p class="site-notice maintenance" hidden
    data-from="2026-12-05T18:00:00.000Z" data-until="2026-12-06T06:00:00.000Z">Tonight</p>
  <p class="site-notice information" hidden
    data-until="2026-12-05T18:00:00.000Z">Until tonight</p>
  <script src="/js/en/show-notices.js"></script>
`

for (const [now, shown] of [
  ['2026-12-05T17:59:59Z', ['Always', 'Until tonight']],
  ['2026-12-05T18:00:00Z', ['Always', 'Tonight']],
  ['2026-12-06T06:00:00Z', ['Always']],
] as const) {
  test(`at ${now} the notices are: ${shown.join(', ')}`, async ({ page }) => {
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
