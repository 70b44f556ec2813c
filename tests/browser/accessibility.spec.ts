/** Every page: for everybody, in light and dark, on a phone and a desk. */
import { AxeBuilder } from '@axe-core/playwright'
import { INVITATION, enter, expect, invite, link, newAccount, newestMail, person, shows, test, type Page } from './portal.ts'

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

// A failure names the elements; recording every check would take a third of the time.
test.use({ trace: 'off' })

test('signed out, every page is accessible and fits', async ({ page, request }) => {
  test.slow()
  const account = await newAccount(request)
  const invitation = link(await newestMail(request, account.administrator.email, INVITATION))
  for (const [address, heading] of [
    ['/', 'Your account with'],
    ['/sign-in/', 'Sign in'],
    ['/sign-in/?problem=sign-in-expired', 'Sign in'],
    ['/problems/', 'What messages mean'],
    ['/problems/link-expired/', 'The link has expired'],
    ['/no-such-page/', 'This page does not exist'],
    ['/people/', 'Please sign in'],
    ['/link/', 'Open the link from your e-mail'],
    [invitation, 'Link your profile'],
    [invitation.slice(0, -10), 'This link is not complete'],
    ['/not-me/', 'Open the link from your e-mail'],
    [`/not-me/#${account.id}.${account.id}.secret`, 'This was not me'],
  ] as const) {
    await page.goto(address)
    await shows(page, heading)
    await isForEverybody(page, address)
  }
})

test('signed in, every page is accessible and fits', async ({ page, request, anotherBrowser }) => {
  test.slow()
  const partner = await newAccount(request, { name: 'Northwind Advisors', kind: 'partner' })
  const account = await newAccount(request, { partner: partner.id })
  await enter(page, account.administrator)
  await invite(request, partner, account.administrator)
  const professional = await invite(request, account, person('Ben Novak'))
  const invitation = link(await newestMail(request, account.administrator.email, / Northwind Advisors$/))
  const profile = `?account=${account.id}&professional=${professional}`

  for (const [address, heading] of [
    [invitation, 'Link your profile'],
    ['/accounts/', 'Multiple accounts'],
    ['/sign-in/', 'Sign in'],
    ['/link-profile/', 'Link my profile'],
    [`/people/?account=${account.id}`, 'Our accounts'],
    [`/people/profile/${profile}`, 'Ben Novak'],
    [`/people/edit/${profile}`, 'Edit Ben Novak'],
    [`/account/?account=${account.id}`, 'Account and plan'],
    [`/activity/?account=${account.id}`, 'Activity'],
    [`/profile/?account=${account.id}`, 'My profile'],
    [`/plan-lapsed/?account=${account.id}`, 'The service plan is current'],
    ['/people/?account=unknown', 'There is nothing here for you'],
  ] as const) {
    await page.goto(address)
    await shows(page, heading)
    await isForEverybody(page, address)
  }

  await page.goto(`/people/add/?account=${account.id}`)
  await page.getByRole('button', { name: 'Save' }).click()
  await isForEverybody(page, 'a form with errors')
  await page.goto(`/people/profile/${profile}`)
  await page.getByRole('button', { name: 'Delete' }).click()
  await isForEverybody(page, 'the dialog that deletes')
  await page.goto('/')
  await page.getByRole('button', { name: account.administrator.email }).click()
  await isForEverybody(page, 'the open menu')

  const partners = await anotherBrowser()
  await enter(partners, partner.administrator)
  await partners.goto(`/customers/?account=${partner.id}`)
  await shows(partners, 'Customers')
  await isForEverybody(partners, 'a list of customers')
})

/** Checks the page that is shown, in both colour schemes and at both widths. */
async function isForEverybody(page: Page, what: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${what}: no wider than ${width}`).toBeLessThanOrEqual(width)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const axe = new AxeBuilder({ page }).setLegacyMode()
      // The colours are all that the scheme changes.
      const rules = colorScheme === 'light' ? axe.withTags(WCAG_2_2_AA) : axe.withRules('color-contrast')
      const { violations } = await rules.analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      expect(found, `${what}, ${width} wide, ${colorScheme}`).toEqual([])
    }
  }
}
