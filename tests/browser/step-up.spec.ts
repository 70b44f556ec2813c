/** Acts that need another sign-in: through the provider and back to what was typed. */
import { expectAccessible } from './accessibility.ts'
import { newCustomerOfPartner } from './accounts.ts'
import { enter, expect, invite, newAccount, person, shows, signIn, test } from './portal.ts'
import { expectBack, refuseOnce, signInAgain, watchSignIns } from './step-up.ts'

// Axe measures colours, which would still be changing.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

const ROLES = /\/api\/accounts\/\w+\/roles$/

test('a form comes back with what was chosen, and is sent by its button alone', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  const ada = account.administrator
  const ben = person('Ben Novak')
  await invite(request, account, ben)
  await enter(page, ada)
  await enter(await anotherBrowser(), ben)
  const started = await watchSignIns(page)
  await refuseOnce(page, 'PUT', ROLES)
  const sent: string[] = []
  page.on('request', (one) => ROLES.test(one.url()) && sent.push(one.method()))

  await page.goto(`/account/?account=${account.id}`)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await page.getByLabel('Ben Novak').check()
  await page.getByLabel('Billing contact').selectOption('Ben Novak')
  await page.getByRole('button', { name: 'Save roles' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Giving or taking rights')
  await expect(dialog).toContainText('Nothing is sent until you press the button again.')
  await signInAgain(page, ada)

  await shows(page, 'Plan and licences')
  await expectBack(page)
  await expect(page.getByRole('button', { name: 'Save roles' })).toBeFocused()
  await expect(page.getByLabel('Ben Novak')).toBeChecked()
  await expect(page.getByLabel('Billing contact').locator('option:checked')).toHaveText('Ben Novak')
  expect(sent).toEqual(['PUT'])
  expect(Object.fromEntries(started[0]!)).toEqual({
    provider: 'local',
    return: `/account/?account=${account.id}`,
    keep: 'true',
    fresh: 'true',
  })
  expect(await page.evaluate(() => sessionStorage.length), 'nothing is kept').toBe(0)

  await page.keyboard.press('Enter')
  await expect(page.locator('#toasts')).toContainText('Roles saved.')
  expect(sent).toEqual(['PUT', 'PUT'])
  await expect(page.getByRole('definition').filter({ hasText: 'Ben Novak' })).toHaveCount(2)
})

test('dialogs open again with what was typed in them', async ({
  page,
  request,
  anotherBrowser,
}) => {
  test.slow()
  const { partner, account } = await newCustomerOfPartner(request)
  const ada = account.administrator
  const ben = person('Ben Novak')
  const professional = await invite(request, account, ben)
  await enter(page, ada)
  await watchSignIns(page)
  const dialog = page.getByRole('dialog')

  await test.step('an administrator deletes somebody', async () => {
    await refuseOnce(page, 'DELETE', /\/professionals\/\w+$/)
    await page.goto(`/people/profile/?account=${account.id}&professional=${professional}`)
    await page.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await signInAgain(page, ada)
    await expectBack(page)
    await expect(dialog.getByRole('heading')).toContainText('Ben Novak')
    await expect(dialog.getByRole('button', { name: 'Delete' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.locator('#toasts')).toContainText('was deleted')
  })

  await test.step('an administrator narrows what the partner may do', async () => {
    await refuseOnce(page, 'PUT', /\/grant$/)
    await page.goto(`/account/?account=${account.id}`)
    await page.getByRole('radio', { name: 'View only' }).check()
    await page.locator('form').getByRole('button', { name: 'Save' }).first().click()
    await dialog.getByRole('button', { name: 'Change' }).click()
    await signInAgain(page, ada)
    await expectBack(page)
    await expect(page.getByRole('radio', { name: 'View only' })).toBeChecked()
    await expect(dialog.getByRole('heading')).toContainText('View only')
    await dialog.getByRole('button', { name: 'Change' }).click()
    await expect(page.locator('#toasts')).not.toBeEmpty()
    await page.getByRole('radio', { name: 'Full access' }).check()
    await page.locator('form').getByRole('button', { name: 'Save' }).first().click()
    await dialog.getByRole('button', { name: 'Change' }).click()
    await expect(dialog).toHaveCount(0)
  })

  await test.step('the partner appoints an administrator', async () => {
    const eva = person('Eva Lindt')
    await invite(request, account, eva)
    const partners = await anotherBrowser()
    await enter(partners, partner.administrator)
    await watchSignIns(partners)
    await refuseOnce(partners, 'POST', /\/appointments$/)
    const appointing = partners.getByRole('dialog')
    await partners.goto(`/account/?account=${account.id}`)
    await partners.getByRole('button', { name: 'Appoint an administrator' }).click()
    await appointing.locator('select').selectOption({ label: `Eva Lindt (${eva.email})` })
    await appointing.getByLabel(/^Reason/).fill('Ada is ill “until May” &c.')
    await appointing.locator('[type="submit"]').click()
    await signInAgain(partners, partner.administrator)
    await expectBack(partners)
    await expect(appointing.locator('option:checked')).toHaveText(`Eva Lindt (${eva.email})`)
    await expect(appointing.getByLabel(/^Reason/)).toHaveValue('Ada is ill “until May” &c.')
    await expect(appointing.locator('[type="submit"]')).toBeFocused()
    await partners.keyboard.press('Enter')
    await expect(partners.locator('#toasts')).not.toBeEmpty()
    await expect(appointing).toHaveCount(0)
  })
})

test('an export leads back to its button, and does not begin by itself', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  await watchSignIns(page)
  await refuseOnce(page, 'GET', /\/professionals\/export/)
  let downloads = 0
  page.on('download', () => {
    downloads += 1
  })
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('button', { name: 'Export the list' }).click()
  await signInAgain(page, account.administrator)
  await expectBack(page)
  await expect(page.getByRole('button', { name: 'Export the list' })).toBeFocused()
  expect(downloads).toBe(0)
  const download = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  await download
})

test('whoever comes back as somebody else is told, and nothing typed is left', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  await watchSignIns(page)
  await refuseOnce(page, 'PUT', ROLES)
  await page.goto(`/account/?account=${account.id}`)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await page.getByRole('button', { name: 'Save roles' }).click()
  await signInAgain(page, person('Mallory Other'))
  await expect(page.locator('#alert')).toContainText('You came back with a different sign-in')
  await expect(page.locator('#alert')).toBeFocused()
  await expectAccessible(page, 'the page of somebody else')
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
})

test('cancelling keeps the form as it is, and being signed out is something else', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  const ben = person('Ben Novak')
  await invite(request, account, ben)
  await enter(page, account.administrator)
  await refuseOnce(page, 'PUT', ROLES)
  await page.goto(`/account/?account=${account.id}`)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await page.getByLabel('Billing contact').selectOption('Ben Novak')
  await page.getByRole('button', { name: 'Save roles' }).click()
  const dialog = page.getByRole('dialog', { name: 'Please confirm that it is you' })
  await expect(dialog).toBeVisible()
  await expectAccessible(page, 'the dialog that asks to sign in again')
  await page.keyboard.press('Escape')
  await expect(page.locator('#alert')).toContainText('Please confirm that it is you')
  await expect(page.getByLabel('Billing contact').locator('option:checked')).toHaveText('Ben Novak')
  await expectAccessible(page, 'a form that was not sent')
  await page.locator('#alert').getByRole('button', { name: 'Sign in again' }).click()
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toHaveCount(0)

  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Save roles' }).click()
  await expect(page.locator('#alert')).toContainText('Please sign in')
  await expect(page.getByRole('link', { name: 'Sign in in a new tab' })).toBeVisible()
  await expect(dialog).toHaveCount(0)
})

test('a sign-in that fails on the way still leads back to the form', async ({ page, request }) => {
  const account = await newAccount(request)
  const ada = account.administrator
  await enter(page, ada)
  const started = await watchSignIns(page)
  await refuseOnce(page, 'PUT', ROLES)
  const url = `/account/?account=${account.id}`
  await page.goto(url)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await page.getByRole('button', { name: 'Save roles' }).click()
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /^Continue with / })
    .click()
  await expect(page.getByLabel('E-mail')).toBeVisible()
  await page.goto(
    `/sign-in/?problem=sign-in-cancelled&provider=local&return=${encodeURIComponent(url)}`,
  )
  await page.getByRole('alert').getByRole('link', { name: 'What this means' }).click()
  await shows(page, 'The sign-in was cancelled')
  await page.goBack()
  await page.getByRole('link', { name: /^Continue with / }).click()
  await page.getByLabel('E-mail').fill(ada.email)
  await page.getByLabel('Name').fill(ada.name)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expectBack(page)
  await expect(page.getByRole('button', { name: 'Save roles' })).toBeFocused()
  expect(started.map((one) => one.get('fresh'))).toEqual(['true', 'true'])
})

test('going back from the provider leads to the form as it was', async ({ page, request }) => {
  const account = await newAccount(request)
  const ben = person('Ben Novak')
  await invite(request, account, ben)
  await enter(page, account.administrator)
  await watchSignIns(page)
  await refuseOnce(page, 'PUT', ROLES)
  await page.goto(`/account/?account=${account.id}`)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await page.getByLabel('Billing contact').selectOption('Ben Novak')
  await page.getByRole('button', { name: 'Save roles' }).click()
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /^Continue with / })
    .click()
  await expect(page.getByLabel('E-mail')).toBeVisible()
  await page.goBack()
  await expectBack(page)
  await expect(page.getByLabel('Billing contact').locator('option:checked')).toHaveText('Ben Novak')
})

test('several factors: a page that needs them offers them, or says which provider has them', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  const started = await watchSignIns(page)
  await refuseOnce(page, 'GET', /\/api\/accounts\/\w+$/, { factors: true })
  const providers = (first: boolean) =>
    page.route(/\/api\/sign-in$/, (route) =>
      route.fulfill({
        json: {
          keep_days: 30,
          providers: [
            {
              id: 'local',
              name: 'Local',
              asserts_factors: first,
              admin_consent: null,
            },
            {
              id: 'b',
              name: 'Fabrikam',
              asserts_factors: true,
              admin_consent: null,
            },
          ],
        },
      }),
    )
  await providers(false)
  await page.goto(`/people/?account=${account.id}`)
  await shows(page, 'Please confirm that it is you')
  await expect(page.locator('#view')).toContainText(
    'several factors, such as a password and a code',
  )
  await expectAccessible(page, 'a page that needs several factors')
  await page.getByRole('button', { name: 'Sign in again' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('You sign in with Local, which does not tell the portal')
  await expect(dialog).toContainText('Use a sign-in of Fabrikam for your profile instead.')
  await expectAccessible(page, 'a provider without several factors')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await providers(true)
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await signInAgain(page, account.administrator)
  await shows(page, 'People')
  expect(started[0]!.get('factors')).toBe('true')
  expect(started[0]!.get('fresh')).toBeNull()
})

test('signing out forgets what was typed', async ({ page, request }) => {
  const account = await newAccount(request)
  const ada = account.administrator
  await enter(page, ada)
  await watchSignIns(page)
  await refuseOnce(page, 'PUT', ROLES)
  const url = `/account/?account=${account.id}`
  await page.goto(url)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await page.getByRole('button', { name: 'Save roles' }).click()
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /^Continue with / })
    .click()
  await expect(page.getByLabel('E-mail')).toBeVisible()
  await page.goto('/sign-in/')
  await page.getByRole('button', { name: ada.email }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await shows(page, 'You are signed out')
  await signIn(page, ada)
  await page.goto(url)
  await shows(page, 'Plan and licences')
  await expect(page.getByRole('button', { name: 'Change roles' })).toBeVisible()
  await expect(page.locator('#status')).toBeEmpty()
})
