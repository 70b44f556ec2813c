/** Customers that a partner creates wait for staff, who decline or confirm them. */
import { newPartner, newStaff, VENDOR } from './accounts.ts'
import { enter, expect, mailsTo, newAccount, newestMail, person, shows, test } from './portal.ts'

test('staff decline a namesake, and confirm a customer that its partner has corrected', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const partner = await newPartner(request)
  const stella = await newStaff(request)
  await newAccount(request, { name: 'Cedar Foods' })
  const first = person('Fay Ferris')
  await enter(page, partner.administrator)
  const theirs = await anotherBrowser()
  await enter(theirs, stella)

  const create = async (name: string) => {
    await page.goto(`/customers/add/?account=${partner.id}`)
    await shows(page, 'New account')
    await expect(page.getByText('waits until the vendor’s staff confirm it')).toBeVisible()
    await page.locator('#name').fill(name)
    await page.locator('[id="plan.name"]').fill('Support')
    await page.getByLabel('Person’s name').fill(first.name)
    await page.getByLabel('Person’s e-mail').fill(first.email)
    await page.getByRole('button', { name: 'Create account' }).click()
    await shows(page, 'Plan and licences')
    await expect(page.locator('#status')).toContainText('It waits until the vendor’s staff confirm')
  }

  /** Opens the customer that waits, from the mail's list. */
  const open = async (name: string) => {
    await theirs.goto(`/customers/?account=${VENDOR}`)
    await theirs.getByRole('link', { name: /for your confirmation$/ }).click()
    await expect(theirs.getByLabel('Confirmation', { exact: true })).toHaveValue('waiting')
    const row = theirs.getByRole('row', { name })
    await expect(row).toContainText('Waiting for confirmation')
    await row.getByRole('link', { name }).click()
    await shows(theirs, 'Plan and licences')
  }

  await test.step('staff see the namesake and decline', async () => {
    await create('cedar FOODS')
    await newestMail(request, stella.email, /^Northwind Advisors has a new customer/)
    await open('cedar FOODS')
    const notice = theirs.getByRole('region', { name: 'Waiting for confirmation' })
    await expect(notice.getByRole('link', { name: 'Cedar Foods' })).toBeVisible()
    await notice.getByRole('button', { name: 'Decline' }).click()
    const dialog = theirs.getByRole('dialog', { name: 'Decline cedar FOODS?' })
    await dialog.getByLabel('Reason').fill('We know it already.')
    await dialog.getByRole('button', { name: 'Decline' }).click()
    await shows(theirs, 'Customers')
    const mail = await newestMail(
      request,
      partner.administrator.email,
      /^cedar FOODS was declined$/,
    )
    expect(mail.text).toContain('We know it already.')
  })

  await test.step('the partner corrects another while it waits', async () => {
    await create('Lakeside Bakry')
    await page.getByRole('link', { name: 'Edit account' }).click()
    await shows(page, 'Edit account')
    await expect(page.locator('#partner-search'), 'not the partner’s to choose').toBeHidden()
    await page.locator('#name').fill('Lakeside Bakery')
    await page.getByRole('button', { name: 'Save' }).click()
    await shows(page, 'Plan and licences')
    await expect(page.locator('#status')).toContainText('Account saved.')
  })

  await test.step('staff confirm it, and the first professional is invited', async () => {
    expect(await mailsTo(request, first.email)).toEqual([])
    await open('Lakeside Bakery')
    await theirs.getByRole('button', { name: 'Confirm' }).click()
    const dialog = theirs.getByRole('dialog', { name: 'Confirm Lakeside Bakery?' })
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await expect(theirs.getByRole('heading', { name: 'Waiting for confirmation' })).toBeHidden()
    await newestMail(request, first.email, /for Lakeside Bakery/)
  })

  await test.step('the partner withdraws a third', async () => {
    await create('Never Mind')
    await page.getByRole('button', { name: 'Withdraw' }).click()
    const dialog = page.getByRole('dialog', { name: 'Withdraw Never Mind?' })
    await dialog.getByRole('button', { name: 'Withdraw' }).click()
    await shows(page, 'Customers')
    await expect(page.getByRole('row', { name: 'Never Mind' })).toBeHidden()
  })
})
