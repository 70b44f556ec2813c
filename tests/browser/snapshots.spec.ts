/**
 * Screenshots of key pages, compared only in the browser that took them: others draw letters
 * differently.
 *
 * After an intended change, check the differences in `test-results`, then renew the pictures as
 * CONTRIBUTING says.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import {
  enter,
  expect,
  INVITATION,
  invite,
  link,
  newAccount,
  newestMail,
  type Page,
  person,
  reported,
  shows,
  test,
} from './portal.ts'
import { settles } from './site.ts'

/** Holds the name of the browser that took the pictures. */
const TAKEN_WITH = join(import.meta.dirname, 'snapshots/browser.txt')

/** The time of the pictures, as far as the pages know. */
const NOW = '2026-11-22T10:00:00Z'

test.use({ contextOptions: { reducedMotion: 'reduce' }, locale: 'en-GB', timezoneId: 'UTC' })

test.beforeEach(async ({ browser, page }, { config }) => {
  const current = await browserName(browser)
  if (['all', 'changed'].includes(config.updateSnapshots)) {
    writeFileSync(TAKEN_WITH, `${current}\n`)
  } else {
    const expected = readFileSync(TAKEN_WITH, 'utf8').trim()
    test.skip(current !== expected, `the pictures are of ${expected}, this is ${current}`)
  }
  // Code uses a font of the machine, which other machines lack.
  await page.route('**/app.css*', async (route) => {
    const response = await route.fetch()
    const body = `${await response.text()}:root{--font-code:var(--font)}`
    await route.fulfill({ response, body })
  })
})

test.describe('of strangers', () => {
  for (const [name, address, width, colorScheme] of [
    ['home', '/', 1280, 'light'],
    ['home-german', '/de/', 390, 'light'],
    ['sign-in', '/sign-in/', 390, 'dark'],
    ['library', '/library/', 1280, 'dark'],
    ['article', '/library/knowledge-base/kb-2041/', 1280, 'light'],
  ] as const) {
    test(name, async ({ page }) => {
      await page.goto(address)
      await expectScreenshot(page, name, width, colorScheme)
    })
  }

  test('invitation', async ({ page, request }) => {
    const account = await newAccount(request)
    await fixData(page)
    await page.goto(link(await newestMail(request, account.administrator.email, INVITATION)))
    await shows(page, 'Accept your invitation')
    await expectScreenshot(page, 'invitation', 390, 'light')
  })
})

test.describe('of administrators', () => {
  for (const [name, address, heading, width, colorScheme] of [
    ['people', '/people/', 'People', 1280, 'light'],
    ['profile', '/people/profile/', 'Ben Novak', 390, 'dark'],
    ['import', '/people/import/', 'Import people', 390, 'light'],
    ['plan', '/account/', 'Plan and licences', 1280, 'dark'],
  ] as const) {
    test(name, async ({ page, request }) => {
      const licences = [
        { product: 'Ledger', quantity: 25 },
        { product: 'Planner', quantity: null },
      ]
      const partner = await newAccount(request, {
        name: 'Northwind Advisors',
        kind: 'partner',
        contact: { email: 'help@northwind.example', phone: '+1 555 0110' },
      })
      const account = await newAccount(request, { partner: partner.id, licences })
      const invited = person('Ben Novak')
      const professional = await invite(request, account, invited, {
        title: 'Buyer',
        phone: '+1 555 0123',
      })
      // Before that, the invitation is still queued.
      await newestMail(request, invited.email, INVITATION)
      await reported(request, account, professional, 'delivered')
      await invite(request, account, person('Eva Lindt'), { send_invitation: false })
      await enter(page, account.administrator)
      await fixData(page)
      await page.goto(`${address}?account=${account.id}&professional=${professional}`)
      await shows(page, heading)
      await expectScreenshot(page, name, width, colorScheme)
    })
  }
})

/**
 * Returns what decides how letters are drawn: `HeadlessChrome 156 on linux`. Minor versions do not
 * matter.
 */
async function browserName(browser: Browser): Promise<string> {
  const client = await browser.newBrowserCDPSession()
  const { product } = await client.send('Browser.getVersion')
  await client.detach()
  const [name = '', version = ''] = product.split('/')
  return `${name} ${version.split('.')[0]} on ${process.platform}`
}

/** Fixes all dates and addresses in API responses, and the browser's date. */
async function fixData(page: Page): Promise<void> {
  await page.clock.setFixedTime(NOW)
  await page.route('/api/**', async (route) => {
    const response = await route.fetch()
    const body = (await response.text())
      .replaceAll(/"starts_on":"[^"]+"/g, '"starts_on":"2026-01-01"')
      .replaceAll(/"ends_on":"[^"]+"/g, '"ends_on":"2027-12-31"')
      .replaceAll(/"expires_at":"[^"]+"/g, '"expires_at":"2026-11-29T09:00:00Z"')
      .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"2026-11-22T09:00:00Z"')
      .replaceAll(/\.[0-9a-f]{8}@/g, '@')
    await route.fulfill({ response, body })
  })
}

async function expectScreenshot(
  page: Page,
  name: string,
  width: number,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
  await page.emulateMedia({ colorScheme })
  await settles(page)
  await page.evaluate(() => document.fonts.ready)
  await expect(page).toHaveScreenshot(`${name}.png`, {
    animations: 'disabled',
    caret: 'hide',
    // Processors round colours at the edges of letters differently.
    maxDiffPixelRatio: 0.001,
  })
}
