/** Appointing an administrator from outside, when the account's own have left or cannot be reached. */
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

const VENDOR = '0'.repeat(26)
const APPOINTED = /^Ben Novak is now an administrator of Harbour Foods$/

/** Links the profile of a colleague in a browser of their own. */
async function linked(
  request: Request,
  account: Account,
  who: Person,
  browser: Page,
): Promise<void> {
  await invite(request, account, who)
  await signIn(browser, who)
  await accept(browser, await newestMail(request, who.email, INVITATION))
}

test('staff appoint an administrator with a reason, and everybody who is linked is told', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  const [ben, eva, kim, stella] = [
    person('Ben Novak'),
    person('Eva Lindt'),
    person('Kim Park'),
    person('Stella Staff'),
  ]
  await enter(await anotherBrowser(), account.administrator)
  const theirs = await anotherBrowser()
  await linked(request, account, ben, theirs)
  await linked(request, account, eva, await anotherBrowser())
  await invite(request, account, kim)
  await invite(request, account, person('Ola Ending'), { ends_on: inDays(20) })
  await invoke(request, 'Invite', { path: { account: VENDOR }, body: stella })
  await enter(page, stella)
  await page.goto(`/account/?account=${account.id}`)

  const dialog = page.getByRole('dialog', { name: 'Appoint an administrator' })
  const appoint = page.getByRole('button', { name: 'Appoint an administrator' })
  await test.step('the dialog is closed with Escape, back where it was opened', async () => {
    await appoint.focus()
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('heading')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(appoint).toBeFocused()
  })

  await test.step('and filled in without a mouse', async () => {
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    const whom = dialog.getByLabel('New administrator')
    await expect(whom).toBeFocused()
    await expect(whom.locator('option'), 'who has an end date cannot be').toHaveText([
      'Choose a person',
      /^Ben Novak /,
      /^Eva Lindt /,
      /^Kim Park /,
    ])
    await page.keyboard.press('B')
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

  await test.step('the new administrator is shown, and may do everything at once', async () => {
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

  await test.step('whoever is linked gets the mail, with the reason', async () => {
    for (const { email } of [account.administrator, ben, eva]) {
      const { text } = await newestMail(request, email, APPOINTED)
      expect(text).toContain('replaces Ada Holm')
      expect(text).toContain('Ada has left the company.')
      expect(text).toContain('Stella Staff')
    }
    const mails: { to: string; subject: string }[] = await (
      await request.get('/_local/mail')
    ).json()
    const told = mails.filter(
      ({ to, subject }) =>
        APPOINTED.test(subject) &&
        [account.administrator, ben, eva, kim].some(({ email }) => email === to),
    )
    expect(told.map(({ to }) => to).sort(), 'each once, and nobody who never linked').toEqual(
      [account.administrator, ben, eva].map(({ email }) => email).sort(),
    )
  })
})

test('a partner who would delete the only administrator is led to the appointment', async ({
  page,
  request,
}) => {
  const partner = await newAccount(request, {
    name: 'Northwind Advisors',
    kind: 'partner',
    plan: undefined,
  })
  const account = await newAccount(request, { partner: partner.id })
  await invite(request, account, person('Ben Novak'))
  await enter(page, partner.administrator)
  const dialog = page.getByRole('dialog')

  await page.goto(`/people/add/?account=${account.id}`)
  await expect(page.getByLabel('Send the invitation e-mail')).toBeVisible()
  await expect(page.getByLabel('Administrator'), 'what would be refused').toHaveCount(0)

  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  await shows(page, 'Ada Holm')
  const ada = page.url()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('heading', { name: 'You cannot delete Ada Holm' })).toBeFocused()
  await expect(dialog.getByRole('button'), 'nothing that would be refused').toHaveText(['Close'])
  await dialog.getByRole('link', { name: 'appoint another administrator' }).click()
  await shows(page, 'Plan and licences')
  await expect(page.getByRole('button', { name: 'Appoint an administrator' })).toBeFocused()

  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Appoint an administrator' }).click()
  await expect(
    dialog.getByLabel('New administrator'),
    'nobody is chosen for the person',
  ).toHaveValue('')
  await dialog.getByLabel('New administrator').selectOption({ index: 1 })
  await dialog.getByLabel('Ada Holm').check()
  await dialog.getByRole('button', { name: 'Appoint an administrator' }).click()
  await expect(page.locator('#view')).toContainText('Ben Novak')

  await test.step('after which the profile is deleted as any other', async () => {
    await page.goto(ada)
    await page.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await shows(page, 'People')
    await expect(page.getByRole('rowheader')).toHaveText(['Ben Novak'])
  })
})

test('a partner changes what is on record of a linked administrator, but for the address', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const partner = await newAccount(request, {
    name: 'Northwind Advisors',
    kind: 'partner',
    plan: undefined,
  })
  const account = await newAccount(request, { partner: partner.id })
  await enter(await anotherBrowser(), account.administrator)
  await enter(page, partner.administrator)
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  await page.getByRole('link', { name: 'Edit' }).click()
  await shows(page, 'Edit Ada Holm')
  await expect(page.getByText('can change an administrator’s e-mail address')).toContainText(
    account.administrator.email,
  )
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveCount(0)
  await page.getByLabel('Telephone').fill('+49 30 1234')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.locator('#view')).toContainText('+49 30 1234')
})

test('a partner who may not appoint is told who deletes an administrator', async ({
  page,
  request,
}) => {
  const partner = await newAccount(request, {
    name: 'Northwind Advisors',
    kind: 'partner',
    plan: undefined,
  })
  const account = await newAccount(request, { partner: partner.id })
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

test('whoever has become the only administrator meanwhile is not handed over from outside either', async ({
  page,
  request,
}) => {
  const partner = await newAccount(request, {
    name: 'Northwind Advisors',
    kind: 'partner',
    plan: undefined,
  })
  const account = await newAccount(request, { partner: partner.id })
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

test('an appointment that waits is approved by somebody else, and taken back by whoever asked', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  await invite(request, account, person('Ben Novak'))
  const stella = person('Stella Staff')
  await invoke(request, 'Invite', { path: { account: VENDOR }, body: stella })
  await enter(page, stella)

  // This portal asks for no second approval, so the API's answers are completed here; tests/api has the server's half.
  const appointment = {
    appointment: VENDOR,
    professional: VENDOR,
    name: 'Ben Novak',
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
  await expect(own.getByRole('button'), 'nobody approves what they asked for').toHaveText([
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
