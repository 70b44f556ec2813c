/** An identity's life: invitation, linking, switching, and losing access. */
import {
  chooseIdentity,
  enter,
  expect,
  FRESH_LINK,
  INVITATION,
  invite,
  link,
  newAccount,
  newestMail,
  person,
  shows,
  signIn,
  test,
} from './portal.ts'

test('an administrator adds a colleague, who accepts and sees the account', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)

  await test.step('the administrator accepts the first invitation', async () => {
    await page.goto(link(await newestMail(request, account.administrator.email, INVITATION)))
    await shows(page, 'Accept your invitation')
    await expect(page.getByText('You have been invited to Harbour Foods.')).toBeVisible()
    await expect(page.getByText('a***@people.example')).toBeVisible()
    await page.getByRole('link', { name: 'Sign in to continue' }).click()
    await chooseIdentity(page, account.administrator)
    await shows(page, 'Accept your invitation')
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await shows(page, 'Your profile is linked')
    await page.getByRole('link', { name: 'Open the portal' }).click()
    await shows(page, 'People')
  })

  const colleague = person('Ben Novak')
  await test.step('the administrator adds a colleague', async () => {
    await page.getByRole('link', { name: 'Add new professional' }).click()
    await page.getByLabel('Name').fill(colleague.name)
    await page.getByLabel('E-mail', { exact: true }).fill(colleague.email)
    await page.getByLabel('Job title').fill('Buyer')
    await page.getByRole('button', { name: 'Save' }).click()
    await shows(page, 'Ben Novak')
    await expect(page.locator('#status')).toContainText(
      `The invite e-mail to ${colleague.email} is on its way.`,
    )
  })

  const identity = { name: 'Benjamin N.', email: person('Benjamin').email }
  const theirs = await anotherBrowser()
  await test.step('the colleague accepts with an identity of another address', async () => {
    const mail = await newestMail(request, colleague.email, INVITATION)
    expect(mail.subject).toBe(
      'Ada Holm has invited you to the Example Vendor customer portal for Harbour Foods',
    )
    await theirs.goto(link(mail))
    await theirs.getByRole('link', { name: 'Sign in to continue' }).click()
    await chooseIdentity(theirs, identity)
    await expect(theirs.getByText(`You are signed in as ${identity.name}`)).toBeVisible()
    await theirs.getByRole('button', { name: 'Accept invitation' }).click()
    await expect(
      theirs.getByText('is now linked to the profile Ben Novak of Harbour Foods'),
    ).toBeVisible()
  })

  await test.step('the colleague sees who has access', async () => {
    await theirs.getByRole('link', { name: 'Open the portal' }).click()
    await shows(theirs, 'People')
    await expect(theirs.getByRole('row', { name: 'Ada Holm' })).toContainText(
      /Administrator\s+Billing contact\s+Shipping contact/,
    )
    await expect(theirs.getByRole('row', { name: 'Ben Novak' })).toContainText('Active')
    await expect(theirs.getByRole('link', { name: 'Add new professional' })).toBeHidden()
  })

  await test.step('the administrator sees it and is notified by e-mail', async () => {
    await newestMail(
      request,
      account.administrator.email,
      /^A sign-in was linked to the profile of Ben Novak/,
    )
    await page.reload()
    await expect(page.getByText('Active', { exact: true })).toBeVisible()
    await page.getByRole('link', { name: 'Activity' }).click()
    await shows(page, 'Activity')
    await expect(page.getByRole('listitem').filter({ hasText: 'added Ben Novak' })).toContainText(
      'Ada Holm',
    )
  })
})

test('an invitation that was opened but not accepted still works', async ({ page, request }) => {
  const account = await newAccount(request)
  const address = link(await newestMail(request, account.administrator.email, INVITATION))
  await page.goto(address)
  await shows(page, 'Accept your invitation')
  expect(page.url(), 'the secret stays out of the address bar').not.toContain('#')
  await signIn(page, account.administrator)
  await page.goto(address)
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await shows(page, 'Your profile is linked')
})

test('people edit their own profile', async ({ page, request }) => {
  const account = await newAccount(request)
  const colleague = person('Ben Novak')
  await invite(request, account, colleague)
  await enter(page, colleague)
  await page.goto('/')
  await page.getByRole('button', { name: colleague.email }).click()
  await page.getByRole('link', { name: 'My profile' }).click()
  await shows(page, 'My profile')
  await page.getByRole('button', { name: 'Edit my profile' }).click()
  await expect(page.getByLabel('End date')).toBeHidden()
  await page.getByLabel('Telephone').fill('+1 555 0123')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('#status')).toContainText('Profile saved.')
  await page.reload()
  await expect(page.getByRole('definition').filter({ hasText: '+1 555 0123' })).toBeVisible()
})

test('people switch identities; the old one loses access and is notified', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  const old = account.administrator
  await enter(page, old)
  await page.goto('/profile/')
  await shows(page, 'My profile')
  await page.getByRole('button', { name: 'Send invite e-mail' }).click()
  await expect(page.locator('#status')).toContainText(
    `The invite e-mail to ${old.email} is on its way.`,
  )
  const mail = await newestMail(request, old.email, FRESH_LINK)

  const other = person('Ada Private')
  const elsewhere = await anotherBrowser()
  await elsewhere.goto(link(mail))
  await elsewhere.getByRole('link', { name: 'Sign in to continue' }).click()
  await chooseIdentity(elsewhere, other)
  await expect(
    elsewhere.getByText('This profile currently uses a different sign-in.'),
  ).toBeVisible()
  await page.reload()
  await shows(page, 'My profile')
  await elsewhere.getByRole('button', { name: 'Accept invitation' }).click()
  await shows(elsewhere, 'Your profile is linked')
  await elsewhere.getByRole('link', { name: 'Open the portal' }).click()
  await expect(elsewhere.getByRole('row', { name: 'Ada Holm' })).toContainText('Administrator')

  await page.reload()
  await shows(page, 'Please sign in')
  const notice = await newestMail(request, old.email, /now uses a different sign-in$/)
  expect(notice.text).toContain(other.email)
})

test('deleted people lose access with the next request', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  const colleague = person('Ben Novak')
  await invite(request, account, colleague)
  const theirs = await anotherBrowser()
  await enter(theirs, colleague)
  await theirs.goto('/profile/')
  await shows(theirs, 'My profile')
  await theirs.getByRole('button', { name: 'Edit my profile' }).click()

  await enter(page, account.administrator)
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: colleague.name }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.locator('#toasts')).toContainText('Ben Novak was deleted.')
  await shows(page, 'People')
  await expect(page.getByText(colleague.email)).toBeHidden()

  await theirs.getByLabel('Telephone').fill('+1 555 0199')
  await theirs.getByRole('button', { name: 'Save' }).click()
  await expect(theirs.locator('#alert')).toContainText('This page is not available to you')
  await theirs.goto('/accounts/?first=1')
  await shows(theirs, 'Link my profile')
})

test('signing out ends the session, also for the back button and a reload', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  await page.goto(`/account/?account=${account.id}`)
  await shows(page, 'Plan and licences')
  await page.getByRole('link', { name: 'People' }).click()
  await shows(page, 'People')
  await page.getByRole('button', { name: account.administrator.email }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await shows(page, 'You are signed out')
  await expect(page.getByText('Welcome, user')).toBeVisible()
  await page.goBack()
  await shows(page, 'Please sign in')
  await page.reload()
  await shows(page, 'Please sign in')
  await expect(page.getByText(account.name)).toBeHidden()
})
