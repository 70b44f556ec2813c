/**
 * A partner creates a customer, which decides on the partner's permissions; staff renew and edit
 * accounts.
 */
import { newPartner, newStaff } from './accounts.ts'
import {
  chooseIdentity,
  enter,
  expect,
  INVITATION,
  inDays,
  link,
  newAccount,
  newestMail,
  person,
  shows,
  test,
} from './portal.ts'

test('a partner creates a customer, which then limits the partner’s permissions', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const partner = await newPartner(request)
  const stella = await newStaff(request)
  const first = person('Fay Ferris')
  await enter(page, partner.administrator)
  const staff = await anotherBrowser()
  await enter(staff, stella)

  await test.step('the partner fills in the form', async () => {
    await page.goto(`/customers/?account=${partner.id}`)
    await page.getByRole('link', { name: 'New account' }).click()
    await shows(page, 'New account')
    await expect(page.getByLabel('Kind')).toBeHidden()
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.locator('#error-summary')).toContainText('Name')
    await page.locator('#name').fill('Lakeside Bakery')
    await page.locator('[id="plan.name"]').fill('Support')
    await page.getByRole('button', { name: 'Add a product' }).click()
    await page.getByRole('textbox', { name: 'Product' }).fill('Planner')
    await page.getByLabel('Person’s name').fill(first.name)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.locator('#error-summary')).toContainText('Person’s e-mail')
    await page.getByLabel('Person’s e-mail').fill(first.email)
    await page.getByRole('button', { name: 'Create account' }).click()
    await shows(page, 'Plan and licences')
    await expect(page.getByRole('heading', { name: 'Waiting for confirmation' })).toBeVisible()
    await page.getByRole('link', { name: 'People' }).click()
    await shows(page, 'People')
    await expect(page.getByRole('rowheader')).toHaveText(['Fay Ferris'])
  })

  await test.step('staff confirm it', async () => {
    const mail = await newestMail(request, stella.email, /^Northwind Advisors has a new customer/)
    await staff.goto(mail.links[0] ?? '')
    await staff.getByRole('button', { name: 'Confirm' }).click()
    const dialog = staff.getByRole('dialog', { name: 'Confirm Lakeside Bakery?' })
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await expect(staff.getByRole('heading', { name: 'Waiting for confirmation' })).toBeHidden()
  })

  const theirs = await anotherBrowser()
  await test.step('the first professional accepts the invitation', async () => {
    const mail = await newestMail(request, first.email, INVITATION)
    expect(mail.subject).toContain('for Lakeside Bakery')
    await theirs.goto(link(mail))
    await theirs.getByRole('link', { name: 'Sign in to continue' }).click()
    await chooseIdentity(theirs, first)
    await theirs.getByRole('button', { name: 'Accept invitation' }).click()
    await theirs.getByRole('link', { name: 'Open the portal' }).click()
    await shows(theirs, 'People')
    await expect(theirs.getByRole('row', { name: 'Fay Ferris' })).toContainText(
      /Administrator\s+Billing contact\s+Shipping contact/,
    )
  })

  await test.step('the partner’s actions are marked as the partner’s', async () => {
    await theirs.getByRole('link', { name: 'Activity' }).click()
    await shows(theirs, 'Activity')
    await expect(
      theirs.getByRole('listitem').filter({ hasText: 'created the account' }),
    ).toContainText('Northwind Advisors, as partner')
  })

  await test.step('ending the partner’s permissions takes effect at once', async () => {
    await theirs.getByRole('link', { name: 'Plan and licences' }).click()
    await shows(theirs, 'Plan and licences')
    await expect(theirs.getByRole('radio', { name: 'Full access' })).toBeChecked()
    await theirs.getByRole('radio', { name: 'No access' }).check()
    await theirs.getByRole('button', { name: 'Save' }).click()
    await expect(theirs.getByRole('dialog')).toContainText(
      'They no longer see the account’s people or activity.',
    )
    await theirs.getByRole('button', { name: 'Change permissions' }).click()
    await expect(theirs.getByRole('dialog')).toBeHidden()
    await expect(theirs.getByRole('radio', { name: 'No access' })).toBeChecked()
    await newestMail(
      request,
      partner.administrator.email,
      /^Lakeside Bakery has changed your permissions$/,
    )
    await page.reload()
    await shows(page, /./)
    await expect(page.getByRole('rowheader')).toBeHidden()
    await page.goto(`/customers/?account=${partner.id}`)
    await expect(page.getByRole('rowheader')).toContainText('has ended its partner’s access')
    await expect(page.getByRole('link', { name: 'Lakeside Bakery' })).toBeHidden()
  })
})

test('staff renew a lapsed plan, and everyone has access again at once', async ({
  page,
  request,
  anotherBrowser,
  moveClock,
}) => {
  const account = await newAccount(request, {
    plan: { name: 'Support', starts_on: inDays(-355), ends_on: inDays(10) },
  })
  const stella = await newStaff(request)
  const theirs = await anotherBrowser()
  await enter(theirs, account.administrator)
  await enter(page, stella)

  await moveClock(inDays(12))
  await theirs.goto(`/people/?account=${account.id}`)
  await expect(theirs.getByText('not change anything')).toBeVisible()
  await expect(theirs.getByRole('link', { name: 'Add new professional' })).toBeHidden()

  await test.step('staff renew it for a year', async () => {
    await page.goto(`/account/?account=${account.id}`)
    await page.getByRole('link', { name: 'Edit account' }).click()
    await shows(page, 'Edit account')
    await page.locator('[id="plan.starts_on"]').fill(inDays(12))
    await page.locator('[id="plan.ends_on"]').fill(inDays(370))
    await page.getByRole('button', { name: 'Save' }).click()
    await shows(page, 'Plan and licences')
    await expect(page.locator('#status')).toContainText('Account saved.')
    await expect(page.getByText('Support: Current').first()).toBeVisible()
  })

  await test.step('the account’s people have access again', async () => {
    await theirs.reload()
    await expect(theirs.getByRole('link', { name: 'Add new professional' })).toBeVisible()
    await theirs.goto(`/activity/?account=${account.id}`)
    await expect(
      theirs.getByRole('listitem').filter({ hasText: 'changed the account' }),
    ).toContainText(', as staff')
  })
})

test('staff choose a partner, set the customer number and renew the plan', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request, {
    name: 'Quarry Works',
    plan: { name: 'Support', starts_on: '2026-01-01', ends_on: inDays(30) },
  })
  await enter(await anotherBrowser(), account.administrator)
  const partner = await newPartner(request, { name: `Zephyr ${account.id.slice(-6)}` })
  const stella = await newStaff(request)
  await enter(page, stella)
  await page.goto(`/account/edit/?account=${account.id}`)
  await page.getByLabel('Find a partner by name').fill(partner.name.toLowerCase())
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('radio', { name: partner.name }).check()
  await page.getByLabel('Customer number').fill(partner.id)
  await page.getByLabel('Time zone').fill('Mars/Olympus')
  const before = await page.locator('[id="plan.ends_on"]').inputValue()
  await page.getByRole('button', { name: 'Renew for a year' }).click()
  const year = String(Number(before.slice(0, 4)) + 1)
  await expect(page.locator('[id="plan.ends_on"]')).toHaveValue(year + before.slice(4))
  await expect(page.locator('[id="plan.starts_on"]')).toHaveValue('2026-01-01')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('#error-summary')).toContainText('Time zone')
  await page.getByLabel('Time zone').fill('Europe/Berlin')
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(page, 'Plan and licences')
  await expect(page.locator('#view')).toContainText(partner.name)
  await expect(page.locator('#view')).toContainText('Europe/Berlin')
  await newestMail(
    request,
    account.administrator.email,
    new RegExp(`^${partner.name} now looks after Quarry Works$`),
  )
})
