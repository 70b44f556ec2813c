/** Accessibility of what opens on a page: dialogs, menus, errors and outcomes. */
import { expectAccessible } from './accessibility.ts'
import { mockManyAccounts, newInhabitedAccount } from './accounts.ts'
import {
  enter,
  expect,
  forgive,
  INVITATION,
  inDays,
  invite,
  link,
  newAccount,
  newestMail,
  person,
  shows,
  signIn,
  test,
} from './portal.ts'
import { settles } from './site.ts'

// A failure names the elements; recording every check would take a third of the time.
test.use({ trace: 'off', contextOptions: { reducedMotion: 'reduce' } })
test.slow()

test('dialogs and errors on the pages about people', async ({
  page,
  request,
  complaints,
  anotherBrowser,
}) => {
  const { account, professional } = await newInhabitedAccount(request)
  const ada = account.administrator
  await enter(page, ada)
  const of = `?account=${account.id}`
  const dialog = page.getByRole('dialog')
  const isOpen = async (what: string) => {
    await expect(dialog, what).toBeVisible()
    await expectAccessible(page, what)
  }

  await page.goto(`/people/add/${of}`)
  await page.getByLabel('E-mail', { exact: true }).fill('ben at home')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('#error-summary')).toBeFocused()
  await expectAccessible(page, 'a form with errors')
  await page.getByLabel('Name').fill('Ada again')
  await page.getByLabel('E-mail', { exact: true }).fill(ada.email)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('#error-summary')).toContainText(
    'This e-mail address is already in use.',
  )
  await expectAccessible(page, 'an error found by the server')

  await page.goto(`/people/${of}`)
  await page.getByRole('button', { name: 'Resend pending invitations' }).click()
  await isOpen('the dialog that resends invitations')
  await dialog.getByRole('button', { name: 'Resend', exact: true }).click()
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeVisible()
  await isOpen('the outcome of resending')

  await page.goto(`/people/profile/${of}&professional=${professional}`)
  await page.getByRole('button', { name: 'Send invite e-mail' }).click()
  await expect(page.locator('#status')).toContainText('is on its way')
  await expectAccessible(page, 'a success message')
  await page.getByRole('button', { name: 'Delete' }).click()
  await isOpen('the dialog that deletes')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page.locator('#toasts')).toContainText('was deleted')
  await settles(page)
  await expectAccessible(page, 'the list with an offer to undo')

  // Only a person who can sign in may take over.
  const eva = person('Eva Lindt')
  await invite(request, account, eva)
  await enter(await anotherBrowser(), eva)
  await page.goto(`/people/${of}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('radio')).toHaveCount(1)
  await isOpen('the dialog that hands a role over')

  await page.route(/\/professionals(\?|$)/, (route) => route.abort())
  await page.goto(`/people/${of}`)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expectAccessible(page, 'a list that could not load')
  await page.unrouteAll()
  await page.route('/api/accounts/*', (route) => route.abort())
  await page.goto(`/people/${of}`)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expectAccessible(page, 'a page that could not load')
  forgive(complaints, /ERR_FAILED/)
})

test('dialogs for partners and for reviewers', async ({
  page,
  request,
  anotherBrowser,
  moveClock,
}) => {
  const { partner, account } = await newInhabitedAccount(request)
  await enter(page, account.administrator)
  await moveClock(inDays(-40))
  await invite(request, account, person('Nora Never'))
  await moveClock(inDays(0))
  await page.goto(`/people/review/?account=${account.id}`)
  await page.getByRole('button', { name: /^Keep until.*Nora Never$/ }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page, 'the dialog that sets a last day')
  await page.keyboard.press('Escape')
  await expectAccessible(page, 'a review that names somebody')

  const partners = await anotherBrowser()
  await enter(partners, partner.administrator)
  const dialog = partners.getByRole('dialog')
  await partners.goto(`/people/?account=${account.id}`)
  await partners.getByRole('link', { name: 'Ada Holm' }).click()
  await partners.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog).toBeVisible()
  await expectAccessible(partners, 'the dialog that leads to an appointment')
  await dialog.getByRole('link', { name: /appoint another|take the role away/ }).click()
  await partners.getByRole('button', { name: 'Appoint an administrator' }).click()
  await expect(dialog).toBeVisible()
  await expectAccessible(partners, 'the dialog that appoints an administrator')
})

test('steps and errors of an import', async ({ page, request, complaints }) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  await page.goto(`/people/import/?account=${account.id}`)
  const choose = (text: string) =>
    page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose('first,second\n1,2\n')
  await expect(page.locator('#view').getByRole('alert')).toBeVisible()
  await expectAccessible(page, 'a file that is not a list of people')
  const { email } = person('Ben Novak')
  await choose(
    `name,email,telephone,other\nBen Novak,${email},,\n,eva at home,call me,\n` +
      `Ada again,${account.administrator.email},,\n`,
  )
  await expect(page.getByRole('heading', { name: 'Preview' })).toBeFocused()
  await page.getByText('Already on the list', { exact: true }).click()
  await expectAccessible(page, 'the preview of a file with errors')
  await page.route('**/professionals/import', (route) => route.abort())
  await page.getByRole('button', { name: 'Import 1 person' }).click()
  await expect(page.getByRole('button', { name: 'Continue' })).toBeFocused()
  await expectAccessible(page, 'an import that stopped')
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: '1 person was added' })).toBeFocused()
  await expectAccessible(page, 'an import that is done')
  forgive(complaints, /ERR_FAILED/)
})

test('menus, dialogs and errors on other pages', async ({
  page,
  request,
  anotherBrowser,
  complaints,
}) => {
  const { account } = await newInhabitedAccount(request)
  await enter(page, account.administrator)
  const of = `?account=${account.id}`
  await page.goto('/')
  await page.getByRole('button', { name: account.administrator.email }).click()
  await expect(page.getByRole('link', { name: 'My profile' })).toBeVisible()
  await expectAccessible(page, 'the open menu')

  const accounts = await mockManyAccounts(page)
  await page.route('/api/session', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), accounts } })
  })
  await page.goto(`/account/${of}`)
  await page.getByRole('button', { name: 'Switch account' }).click()
  await expect(page.getByLabel('Find an account')).toBeVisible()
  await expectAccessible(page, 'the open account switch')
  await page.unrouteAll()

  await page.goto(`/account/${of}`)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await page.getByLabel('Ada Holm').uncheck()
  await page.getByRole('button', { name: 'Save roles' }).click()
  await expect(page.locator('#alert')).toContainText('administrator')
  await expectAccessible(page, 'roles that are not allowed')

  await page.goto(`/profile/${of}`)
  await page.getByRole('button', { name: 'Edit my profile' }).click()
  await page.getByLabel('Telephone').fill('call me')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByLabel('Telephone')).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(page, 'a profile with errors')

  await page.goto('/link-profile/')
  await page.getByLabel('E-mail on record').fill('nobody')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByLabel('E-mail on record')).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(page, 'an address with errors')
  await page.getByLabel('E-mail on record').fill(person('Nobody').email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await shows(page, 'Thank you')
  await expectAccessible(page, 'a requested link')

  const colleague = person('Mia Santos')
  await invite(request, account, colleague)
  const theirs = await anotherBrowser()
  await signIn(theirs, colleague)
  await theirs.goto(link(await newestMail(request, colleague.email, INVITATION)))
  await theirs.getByRole('button', { name: 'Accept invitation' }).click()
  await shows(theirs, 'Your profile is linked')
  await expectAccessible(theirs, 'a profile that is linked')
  await theirs.goto(link(await newestMail(request, colleague.email, /^A sign-in was linked to/)))
  await theirs.getByRole('button', { name: 'This was not me' }).click()
  await shows(theirs, 'The sign-in is removed')
  await expectAccessible(theirs, 'an identity that is unlinked')
  await theirs.getByRole('button', { name: colleague.email }).click()
  await theirs.getByRole('button', { name: 'Sign out' }).click()
  await shows(theirs, 'You are signed out')
  await expectAccessible(theirs, 'the page after signing out')

  await page.route('/api/session', (route) => route.abort())
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Check again' })).toBeVisible()
  await expectAccessible(page, 'a session that could not load')
  forgive(complaints, /ERR_FAILED/)
})
