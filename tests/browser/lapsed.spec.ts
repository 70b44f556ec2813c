/** A lapsed plan ends access, and its renewal restores it. */
import { newPartner } from './accounts.ts'
import { enter, expect, inDays, invite, newAccount, person, shows, signIn, test } from './portal.ts'

test('a lapsed plan is explained, and read-only for administrators, until it is renewed', async ({
  page,
  request,
  anotherBrowser,
  moveClock,
}) => {
  const partner = await newPartner(request, {
    contact: {
      email: 'help@northwind.example',
      phone: '+1 555 0110',
      website: 'https://northwind.example',
    },
  })
  const account = await newAccount(request, {
    partner: partner.id,
    plan: { name: 'Support', starts_on: inDays(-355), ends_on: inDays(10) },
  })
  const member = person('Ben Novak')
  await invite(request, account, member)
  const theirs = await anotherBrowser()
  await enter(theirs, member)
  await enter(page, account.administrator)
  await page.goto(`/people/?account=${account.id}`)
  await expect(page.getByText('Support: Ends soon')).toBeVisible()

  await moveClock(inDays(12))
  await test.step('a member learns which plan has lapsed and who to contact', async () => {
    await theirs.goto('/accounts/?first=1')
    await shows(theirs, 'The service plan has expired')
    const view = theirs.locator('#view')
    await expect(view).toContainText('The plan Support of this account has expired')
    await expect(view).toContainText('Northwind Advisors')
    await expect(view.getByRole('link', { name: 'help@northwind.example' })).toBeVisible()
    await expect(view.getByRole('link', { name: 'access@vendor.example' })).toBeVisible()
  })
  await test.step('an administrator can read people and plan, but change nothing', async () => {
    await page.reload()
    await shows(page, 'People')
    await expect(page.getByText('not change anything')).toBeVisible()
    await expect(page.getByRole('rowheader')).toHaveText(['Ada Holm', 'Ben Novak'])
    await expect(page.getByRole('link', { name: 'Add new professional' })).toBeHidden()
    await page.getByRole('link', { name: 'Who to contact' }).click()
    await shows(page, 'The service plan has expired')
    await page.getByRole('link', { name: 'The plan', exact: true }).click()
    await shows(page, 'Plan and licences')
    await expect(page.getByText('Support: Expired').first()).toBeVisible()
    await expect(page.locator('#view')).toContainText('help@northwind.example')
    await expect(page.getByRole('button', { name: 'Change roles' })).toBeHidden()
  })
  await test.step('an administrator limits the partner and removes a leaver', async () => {
    // Both take a fresh sign-in.
    await signIn(page, account.administrator)
    await page.getByLabel('View only').check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Change permissions' }).click()
    await expect(page.locator('#toasts')).toContainText('Permissions changed.')
    await expect(page.getByLabel('Full access'), 'nothing wider').toHaveCount(0)
    await page.goto(`/people/?account=${account.id}`)
    await page.getByRole('link', { name: 'Ben Novak' }).click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await shows(page, 'People')
    await expect(page.getByRole('rowheader')).toHaveText(['Ada Holm'])
    await page.locator('#toasts').getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('rowheader')).toHaveText(['Ada Holm', 'Ben Novak'])
  })

  // Like a renewal, this makes the plan current again.
  await moveClock(inDays(0))
  await theirs.reload()
  await shows(theirs, 'People')
  await page.goto(`/people/?account=${account.id}`)
  await expect(page.getByRole('link', { name: 'Add new professional' })).toBeVisible()
})

test('a plan that has not started is not called expired', async ({
  page,
  request,
  anotherBrowser,
  moveClock,
}) => {
  const partner = await newPartner(request)
  const account = await newAccount(request, {
    partner: partner.id,
    plan: { name: 'Support', starts_on: inDays(3), ends_on: inDays(300) },
  })
  const theirs = await anotherBrowser()
  // Profiles can only be linked once the plan has started.
  await moveClock(inDays(4))
  await enter(page, account.administrator)
  await enter(theirs, partner.administrator)
  await moveClock(inDays(0))

  await page.goto(`/account/?account=${account.id}`)
  await shows(page, 'Plan and licences')
  await expect(page.getByText(/^Support: Starts on \d/).first()).toBeVisible()
  await expect(page.locator('#view')).toContainText('Until then, you can view these pages')
  await expect(page.getByText('Expired')).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Your partner', exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Who to contact' }).click()
  await shows(page, 'The service plan has not started yet')

  await theirs.goto(`/account/?account=${account.id}`)
  await shows(theirs, 'Plan and licences')
  await expect(theirs.getByRole('heading', { name: 'The account’s partner' })).toBeVisible()
  await expect(theirs.getByRole('heading', { name: 'Your partner', exact: true })).toBeHidden()
})
