/** All pages together: no dead link, nobody else's scripts, and nothing that needs a mouse. */
import type { Locator } from '@playwright/test'
import { INVITATION, enter, expect, invite, link, newAccount, newestMail, person, shows, test, type Page } from './portal.ts'

test('every link leads to a page, signed out and signed in', async ({ page, request }) => {
  test.slow()
  const signedOut = await walk(page, ['/'])
  expect(signedOut.length).toBeGreaterThan(25)
  const account = await newAccount(request)
  await invite(request, account, person('Ben Novak'))
  await enter(page, account.administrator)
  const walked = await walk(page, ['/accounts/', `/people/?account=${account.id}`], signedOut)
  for (const path of ['/people/add/', '/people/edit/', '/people/profile/', '/account/', '/activity/', '/profile/', '/link-profile/']) {
    expect(walked.some((address) => address.startsWith(path)), `a link to ${path}`).toBe(true)
  }
})

test('an invitation can be followed, and a colleague added, with the keyboard alone', async ({ page, request }) => {
  const account = await newAccount(request)
  await page.goto(link(await newestMail(request, account.administrator.email, INVITATION)))
  await shows(page, 'Link your profile')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('link', { name: 'Sign in to continue' }))
  await press(page, page.getByRole('link', { name: 'Continue with' }))
  await page.getByLabel('E-mail').waitFor()
  await page.keyboard.type(account.administrator.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(account.administrator.name)
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('button', { name: 'Link this profile' }))
  await shows(page, 'Your profile is linked')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await press(page, page.getByRole('link', { name: 'Open the portal' }))

  const colleague = person('Ben Novak')
  await press(page, page.getByRole('link', { name: 'Add new professional' }))
  await tabTo(page, page.getByLabel('Name'))
  await page.keyboard.type(colleague.name)
  await tabTo(page, page.getByLabel('E-mail', { exact: true }))
  await page.keyboard.type(colleague.email)
  await page.keyboard.press('Enter')
  await shows(page, colleague.name)
  await press(page, page.getByRole('button', { name: 'Delete' }))
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Cancel' }))
  await expect(page.getByRole('button', { name: 'Delete' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await press(page, page.getByRole('button', { name: 'Delete' }))
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Delete' }))
  await shows(page, 'Ben Novak was deleted')

  await page.goto('/')
  const menu = page.getByRole('button', { name: account.administrator.email })
  await press(page, menu)
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('button', { name: 'Sign out' }))
  await shows(page, 'You are signed out')
})

test('every page forbids scripts, styles and frames of others', async ({ request }) => {
  for (const address of ['/', '/people/', '/problems/invalid/', '/no-such-page/']) {
    const policy = (await request.get(address)).headers()['content-security-policy']
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) {
      expect(policy, address).toContain(rule)
    }
  }
})

/** Follows every link of the site from `starts` on, but those in `known`, and answers all addresses that were met. */
async function walk(page: Page, starts: string[], known: string[] = []): Promise<string[]> {
  const met = new Set([...known, ...starts])
  const waiting = [...starts]
  for (let address = waiting.shift(); address; address = waiting.shift()) {
    const response = await page.goto(address)
    // A link to a part of the page that is shown loads nothing.
    expect(response?.status() ?? 200, address).toBe(200)
    await expect(page.locator('#view')).not.toHaveAttribute('aria-busy')
    const { hash } = new URL(page.url())
    if (hash) await expect(page.locator(hash), address).toBeAttached()
    const hrefs = await page.locator('a[href^="/"], a[href^="#"]').evaluateAll((links) => links.map((one) => (one as HTMLAnchorElement).href))
    for (const href of hrefs) {
      const found = href.replace(new URL(page.url()).origin, '')
      if (met.has(found) || found.startsWith('/api/')) continue
      met.add(found)
      waiting.push(found)
    }
  }
  return [...met]
}

/** Tabs to what is to be pressed, and presses it. */
async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let tabs = 0; tabs < 40; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target, 'reached by the Tab key').toBeFocused()
}
