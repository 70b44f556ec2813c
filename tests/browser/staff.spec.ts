/** The vendor's administrators permit staff what they may do on other accounts. */
import { randomUUID } from 'node:crypto'
import { newStaff, newVendorAdministrator, VENDOR } from './accounts.ts'
import { enter, expect, newAccount, type Page, type Person, person, shows, test } from './portal.ts'

test('the vendor’s administrator gives and takes permissions, and staff see which', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  await enter(page, await newVendorAdministrator(request))
  const uma = await newStaff(request, [], uniquePerson('Uma'))
  const theirs = await anotherBrowser()
  await enter(theirs, uma)

  await test.step('staff without a permission look and change nothing', async () => {
    await theirs.goto(`/people/?account=${account.id}`)
    await shows(theirs, 'People')
    await expect(theirs.getByRole('link', { name: 'Activity' })).toBeVisible()
    for (const name of ['Add new professional', 'Access requests', 'Import people'])
      await expect(theirs.getByRole('link', { name })).toHaveCount(0)
    await theirs.goto(`/people/add/?account=${account.id}`)
    await expect(theirs.getByText(/You need the permission “Manage people”/)).toBeVisible()
    await theirs.goto(`/account/?account=${account.id}`)
    await shows(theirs, 'Plan and licences')
    for (const name of ['Edit account', 'Change roles', 'Appoint an administrator'])
      await expect(theirs.getByText(name, { exact: true })).toHaveCount(0)
  })

  await test.step('the administrator ticks two permissions', async () => {
    await openRoles(page)
    const hers = page.getByRole('group', { name: uma.name })
    await hers.getByLabel('Manage people').check()
    await hers.getByLabel('Accounts and plans').check()
    await page.getByRole('button', { name: 'Save roles' }).click()
    await expect(page.getByRole('button', { name: 'Change roles' })).toBeFocused()
    await expect(page.getByText(`${uma.name}: Manage people and Accounts and plans`)).toBeVisible()
    await page.goto(`/activity/?account=${VENDOR}`)
    await expect(page.getByText('changed what staff may do').first()).toBeVisible()
    await expect(
      page.getByText(`${uma.name} got: Manage people and Accounts and plans`),
    ).toBeVisible()
  })

  await test.step('they apply at once', async () => {
    await theirs.goto(`/people/?account=${account.id}`)
    await theirs.getByRole('link', { name: 'Add new professional' }).click()
    await shows(theirs, 'Add new professional')
    await expect(theirs.getByLabel('Name', { exact: true })).toBeVisible()
    await theirs.goto(`/account/?account=${account.id}`)
    await expect(theirs.getByRole('link', { name: 'Edit account' })).toBeVisible()
    await expect(theirs.getByRole('button', { name: 'Appoint an administrator' })).toHaveCount(0)
    await theirs.goto(`/profile/?account=${VENDOR}`)
    await expect(theirs.getByText('Permissions as staff')).toBeVisible()
  })

  await test.step('and are taken again', async () => {
    await openRoles(page)
    const hers = page.getByRole('group', { name: uma.name })
    await hers.getByLabel('Accounts and plans').uncheck()
    await page.getByRole('button', { name: 'Save roles' }).click()
    await expect(page.getByText(`${uma.name}: Manage people`, { exact: true })).toBeVisible()
    await theirs.goto(`/account/edit/?account=${account.id}`)
    await expect(theirs.getByText(/You need the permission “Accounts and plans”/)).toBeVisible()
  })
})

test('the vendor’s account offers no plan, and only to its administrators', async ({
  page,
  request,
  anotherBrowser,
}) => {
  await enter(page, await newVendorAdministrator(request))
  await page.goto(`/account/edit/?account=${VENDOR}`)
  await shows(page, 'Edit account')
  await expect(page.getByLabel('Customer number')).toBeVisible()
  await expect(page.getByLabel('First day')).toHaveCount(0)
  const theirs = await anotherBrowser()
  await enter(theirs, await newStaff(request))
  await theirs.goto(`/account/edit/?account=${VENDOR}`)
  await expect(theirs.getByText('Only administrators of this account can change it.')).toBeVisible()
})

test('the permissions fit a telephone, in English and German', async ({ page, request }) => {
  await enter(page, await newVendorAdministrator(request))
  const uma = await newStaff(request, ['people'], uniquePerson('Uma'))
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [start, change] of [
    ['', 'Change roles'],
    ['/de', 'Rollen ändern'],
  ] as const) {
    await page.goto(`${start}/account/?account=${VENDOR}`)
    await page.getByRole('button', { name: change }).click()
    await expect(page.getByRole('group', { name: uma.name }).first()).toBeVisible()
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, start || 'English').toBeLessThanOrEqual(390)
  }
})

/** Returns a person whose name no other test's person has: the form tells people apart by it. */
function uniquePerson(name: string): Person {
  return person(`${name} ${randomUUID().slice(0, 8)}`)
}

async function openRoles(page: Page): Promise<void> {
  await page.goto(`/account/?account=${VENDOR}`)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await expect(page.getByRole('group', { name: 'Staff permissions' })).toBeVisible()
}
