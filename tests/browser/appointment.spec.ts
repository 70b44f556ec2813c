/**
 * Partner and staff appoint an administrator when the account's own have left or are unreachable.
 */
import { newCustomerOfPartner, newStaff, VENDOR } from './accounts.ts'
import {
  type Account,
  accept,
  enter,
  expect,
  INVITATION,
  inDays,
  invite,
  invoke,
  newAccount,
  newestMail,
  type Page,
  type Person,
  person,
  type Request,
  shows,
  signIn,
  test,
} from './portal.ts'

const APPOINTED = /^Ben Novak is now an administrator of Harbour Foods$/

/** Invites a colleague and links the profile in a browser of their own. */
async function linkColleague(
  request: Request,
  account: Account,
  who: Person,
  browser: Page,
): Promise<void> {
  await invite(request, account, who)
  await signIn(browser, who)
  await accept(browser, await newestMail(request, who.email, INVITATION))
}

test('staff appoint an administrator, and everyone with an active profile is notified', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  const [ben, eva, kim] = [person('Ben Novak'), person('Eva Lindt'), person('Kim Park')]
  const stella = await newStaff(request)
  await enter(await anotherBrowser(), account.administrator)
  const theirs = await anotherBrowser()
  await linkColleague(request, account, ben, theirs)
  await linkColleague(request, account, eva, await anotherBrowser())
  await invite(request, account, kim)
  await invite(request, account, person('Ola Ending'), { ends_on: inDays(20) })
  await enter(page, stella)
  await page.goto(`/account/?account=${account.id}`)

  const dialog = page.getByRole('dialog', { name: 'Appoint an administrator' })
  const appoint = page.getByRole('button', { name: 'Appoint an administrator' })
  await test.step('Escape closes the dialog and restores the focus', async () => {
    await appoint.focus()
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('heading')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(appoint).toBeFocused()
  })

  await test.step('the form is filled in by keyboard', async () => {
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    const whom = dialog.getByLabel('New administrator')
    await expect(whom).toBeFocused()
    await expect(whom.locator('option'), 'people with an end date are not offered').toHaveText([
      'Choose a person',
      'Nobody: only take the role away',
      /^Ben Novak /,
      /^Eva Lindt /,
      /^Kim Park /,
      /^Ada Holm /,
    ])
    await page.keyboard.press('B')
    await page.keyboard.press('Tab')
    await expect(dialog.getByLabel('Corrected e-mail address')).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(dialog.getByLabel('Ada Holm')).toBeFocused()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await expect(dialog.getByLabel('Reason')).toBeFocused()
    await page.keyboard.type('Ada has left the company.')
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('heading', { name: 'Roles' })).toBeFocused()
  })

  await test.step('the new administrator is shown and has all rights at once', async () => {
    await expect(
      page.getByRole('definition').filter({ hasText: 'Ben Novak' }).first(),
    ).toBeVisible()
    await expect(page.locator('#view')).not.toContainText('Ada Holm')
    await theirs.goto(`/people/?account=${account.id}`)
    await expect(theirs.getByRole('link', { name: 'Add new professional' })).toBeVisible()
    await expect(
      theirs.getByRole('row', { name: 'Ben Novak' }).locator('.tags .tag').first(),
    ).toHaveText('Administrator')
    await theirs.goto(`/activity/?account=${account.id}`)
    await expect(
      theirs.getByRole('listitem').filter({ hasText: 'Ada has left the company.' }),
    ).toContainText('Stella Staff')
  })

  await test.step('active profiles get the e-mail with the reason', async () => {
    for (const { email } of [account.administrator, ben, eva]) {
      const { text } = await newestMail(request, email, APPOINTED)
      expect(text).toContain('in place of “Ada Holm”')
      expect(text).toContain('Ada has left the company.')
      expect(text).toContain('Stella Staff')
    }
    const mails: { to: string; subject: string }[] = await (
      await request.get('/_local/mail')
    ).json()
    const notices = mails.filter(
      ({ to, subject }) =>
        APPOINTED.test(subject) &&
        [account.administrator, ben, eva, kim].some(({ email }) => email === to),
    )
    expect(notices.map(({ to }) => to).sort(), 'each once, and nobody who never linked').toEqual(
      [account.administrator, ben, eva].map(({ email }) => email).sort(),
    )
  })
})

test('staff take the role away and correct an address, and keep someone who can sign in', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  const [ben, kim] = [person('Ben Novak'), person('Kim Park')]
  const stella = await newStaff(request)
  await enter(await anotherBrowser(), account.administrator)
  await invite(request, account, ben, { administrator: true })
  await enter(await anotherBrowser(), ben)
  await invite(request, account, kim, { administrator: true })
  await enter(page, stella)
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button'), 'nothing that would be denied').toHaveText(['Close'])
  await dialog.getByRole('link', { name: 'take the role away' }).click()
  await shows(page, 'Plan and licences')

  const appoint = page.getByRole('button', { name: 'Appoint an administrator' })
  const save = dialog.getByRole('button', { name: 'Save and notify' })
  await appoint.click()
  await dialog.getByLabel('New administrator').selectOption('Nobody: only take the role away')
  await dialog.getByLabel('Ada Holm').check()
  await dialog.getByLabel('Ben Novak').check()
  await save.click()
  await expect(dialog.getByRole('alert')).toContainText('no administrator could sign in')
  await dialog.getByLabel('Ben Novak').uncheck()
  await save.click()
  await expect(dialog).toBeHidden()
  const administrators = page.locator('dt', { hasText: /^Administrators?$/ }).locator('+ dd')
  await expect(administrators).toContainText('Ben Novak')
  await expect(administrators).not.toContainText('Ada Holm')
  const subject = /^Ada Holm is no longer an administrator of Harbour Foods$/
  const { text } = await newestMail(request, account.administrator.email, subject)
  expect(text).toContain('Stella Staff')

  const corrected = person('Kim Park')
  await appoint.click()
  const whom = dialog.getByLabel('New administrator')
  await whom.selectOption({ label: `Kim Park (${kim.email})` })
  await dialog.getByLabel('Corrected e-mail address').fill(ben.email)
  await save.click()
  await expect(dialog.getByRole('alert')).toContainText('already in use')
  await dialog.getByLabel('Corrected e-mail address').fill(corrected.email)
  await save.click()
  await expect(dialog).toBeHidden()
  await newestMail(request, kim.email, /^The e-mail address of Kim Park, administrator/)
})

test('a partner cannot delete the only administrator, but appoint another', async ({
  page,
  request,
}) => {
  const { partner, account } = await newCustomerOfPartner(request)
  await invite(request, account, person('Ben Novak'))
  await enter(page, partner.administrator)
  const dialog = page.getByRole('dialog')

  await page.goto(`/people/add/?account=${account.id}`)
  await expect(page.getByLabel('Send the invitation e-mail')).toBeVisible()
  await expect(page.getByLabel('Administrator'), 'would be denied').toHaveCount(0)

  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  await shows(page, 'Ada Holm')
  const ada = page.url()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('heading', { name: 'You cannot delete Ada Holm' })).toBeFocused()
  await expect(dialog.getByRole('button'), 'nothing that would be denied').toHaveText(['Close'])
  await dialog.getByRole('link', { name: 'appoint another administrator' }).click()
  await shows(page, 'Plan and licences')
  await expect(page.getByRole('button', { name: 'Appoint an administrator' })).toBeFocused()

  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Save and notify' }).click()
  await expect(dialog.getByLabel('New administrator'), 'nobody is preselected').toHaveValue('')
  await dialog.getByLabel('New administrator').selectOption({ index: 2 })
  await dialog.getByLabel('Ada Holm').check()
  await dialog.getByRole('button', { name: 'Save and notify' }).click()
  await expect(page.locator('#view')).toContainText('Ben Novak')

  await test.step('then the profile can be deleted', async () => {
    await page.goto(ada)
    await page.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await shows(page, 'People')
    await expect(page.getByRole('rowheader')).toHaveText(['Ben Novak'])
  })
})

test('a partner edits an active administrator, except the address', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const { partner, account } = await newCustomerOfPartner(request)
  await enter(await anotherBrowser(), account.administrator)
  await enter(page, partner.administrator)
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  await page.getByRole('link', { name: 'Edit' }).click()
  await shows(page, 'Edit Ada Holm')
  await expect(page.getByText('correct an administrator’s e-mail address')).toContainText(
    account.administrator.email,
  )
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveCount(0)
  await page.getByLabel('Telephone').fill('+49 30 1234')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.locator('#view')).toContainText('+49 30 1234')
})

test('a partner that cannot appoint learns who can delete an administrator', async ({
  page,
  request,
}) => {
  const { partner, account } = await newCustomerOfPartner(request)
  await invoke(request, 'ChangeGrant', {
    path: { account: account.id },
    body: { grant: 'manage_people' },
  })
  await enter(page, partner.administrator)
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(
    'Only the account’s administrators and the vendor’s staff can delete this profile.',
  )
  await expect(dialog.getByRole('button')).toHaveText(['Close'])
  await dialog.getByRole('link', { name: 'the account’s administrators' }).click()
  await shows(page, 'Plan and licences')
  await expect(page.getByRole('heading', { name: 'Roles' })).toBeFocused()
})

test('a partner cannot delete someone who has become the only administrator', async ({
  page,
  request,
}) => {
  const { partner, account } = await newCustomerOfPartner(request)
  const ben = await invite(request, account, person('Ben Novak'), { administrator: true })
  await enter(page, partner.administrator)
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: 'Delete Ada Holm?' })).toBeFocused()
  await invoke(request, 'DeleteProfessional', { path: { account: account.id, professional: ben } })
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('heading', { name: 'You cannot delete Ada Holm' })).toBeFocused()
  await expect(dialog.getByRole('link', { name: 'appoint another administrator' })).toBeVisible()
  await expect(dialog.getByRole('button')).toHaveText(['Close'])
})

test('an appointment is approved by someone else, or withdrawn by its requester', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  await invite(request, account, person('Ben Novak'))
  const stella = await newStaff(request)
  await enter(page, stella)

  // This portal requires no second approval, so the test completes the API's answers. tests/api
  // covers the server.
  const appointment = {
    appointment: VENDOR,
    professional: VENDOR,
    name: 'Ben Novak',
    email: null,
    in_place_of: ['Ada Holm'],
    reason: 'Ada has left.',
    by: { name: 'Sid Second', as: 'staff', home: null },
    at: '2026-11-22T12:00:00Z',
    yours: false,
  }
  let decided: unknown = null
  await page.route(`**/api/accounts/${account.id}`, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), appointment } })
  })
  await page.route('**/appointments/*/decision', async (route) => {
    decided = route.request().postDataJSON()
    const answer = await page.request.get(`/api/accounts/${account.id}`)
    await route.fulfill({ json: { ...(await answer.json()), appointment: null } })
  })
  const open = async () => {
    await page.goto(`/account/?account=${account.id}`)
    const notice = page
      .locator('.notice')
      .filter({ hasText: 'Ben Novak is to become administrator' })
    await expect(notice).toContainText('Requested by Sid Second')
    await expect(notice).toContainText('Replaces Ada Holm.')
    await expect(notice).toContainText('Ada has left.')
    return notice
  }
  const dialog = page.getByRole('dialog')

  const notice = await open()
  await expect(notice.getByRole('button')).toHaveText(['Approve', 'Decline'])
  await notice.getByRole('button', { name: 'Approve' }).click()
  await expect(
    dialog.getByRole('heading', { name: 'Make Ben Novak an administrator?' }),
  ).toBeFocused()
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await expect(notice).toBeHidden()
  expect(decided).toEqual({ approve: true, reason: null })

  appointment.yours = true
  const own = await open()
  await expect(own.getByRole('button'), 'nobody approves their own request').toHaveText([
    'Withdraw',
  ])
  await own.getByRole('button', { name: 'Withdraw' }).click()
  await expect(
    dialog.getByRole('heading', {
      name: 'Withdraw the request to make Ben Novak an administrator?',
    }),
  ).toBeFocused()
  await dialog.getByLabel('Reason').fill('Ada has answered after all.')
  await dialog.getByRole('button', { name: 'Withdraw' }).click()
  await expect(own).toBeHidden()
  expect(decided).toEqual({ approve: false, reason: 'Ada has answered after all.' })
})
