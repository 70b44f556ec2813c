/** One identity with no account, with several, and with customers. */
import { linkAll, mockManyAccounts, newPartner } from './accounts.ts'
import {
  type Account,
  chooseIdentity,
  enter,
  expect,
  invite,
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

test('a lost invitation is replaced for each profile; strangers get the same answer', async ({
  page,
  request,
}) => {
  const who = person('Mia Santos')
  for (const name of ['Harbour Foods', 'Lake Dairy']) {
    const account = await newAccount(request, { name })
    await invite(request, account, who, { send_invitation: false })
  }
  await page.goto('/sign-in/')
  await chooseIdentity(page, who)
  await shows(page, 'Link my profile')
  const view = page.locator('#view')
  await page.getByLabel('E-mail on record').fill(person('Nobody').email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await shows(page, 'Thank you')
  const toStrangers = await view.innerText()
  await page.getByRole('link', { name: 'try that one' }).click()
  await page.getByLabel('E-mail on record').fill(who.email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await shows(page, 'Thank you')
  expect(await view.innerText()).toBe(toStrangers)

  const mail = await newestMail(request, who.email, /^Your 2 links to /)
  for (const account of ['Harbour Foods', 'Lake Dairy']) {
    const [, itsLink] = new RegExp(`“${account}”:\\s+(\\S+)`).exec(mail.text) ?? []
    await page.goto(itsLink ?? `no link for ${account}`)
    await expect(page.getByText(`You have been invited to ${account}.`)).toBeVisible()
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await shows(page, 'Your profile is linked')
  }
  await page.goto('/accounts/?first=1')
  await shows(page, 'Choose an account')
})

test('two tabs hold two accounts, and the menu switches between them', async ({
  page,
  request,
  context,
}) => {
  const who = person('Mia Santos')
  await linkTwice(request, page, who)
  await page.goto('/accounts/?first=1')
  await shows(page, 'Choose an account')
  await page.getByRole('link', { name: 'Harbour Foods' }).click()
  await shows(page, 'People')
  const tab = await context.newPage()
  await tab.goto('/accounts/')
  await tab.getByRole('link', { name: 'Lake Dairy' }).click()
  await expect(tab.getByText('Lake Dairy', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByText('Harbour Foods', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: who.email }).click()
  await page.getByRole('link', { name: 'Switch account' }).click()
  await shows(page, 'Choose an account')
})

test('the account switch keeps the page, works by keyboard and filters accounts', async ({
  page,
  request,
}) => {
  const who = person('Mia Santos')
  const [one, two] = await linkTwice(request, page, who)
  await page.goto(`/account/?account=${one.id}`)
  await shows(page, 'Plan and licences')
  const button = page.getByRole('button', { name: 'Switch account' })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Lake Dairy' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: 'Lake Dairy' })).toBeHidden()
  await expect(button).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Harbour Foods' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/account/?account=${two.id}`)
  await expect(page.getByRole('button', { name: 'Lake Dairy – Switch account' })).toBeVisible()

  await mockManyAccounts(page)
  await page.reload()
  await button.click()
  await page.getByLabel('Find an account').fill('count 12')
  const found = page.getByRole('list', { name: 'Your accounts' }).getByRole('link')
  await expect(found).toHaveText([/^\s*Account 12\s/])
  await page.getByLabel('Find an account').fill('nowhere')
  await expect(found).toHaveCount(0)
  await expect(page.locator('#account').getByRole('status')).toHaveText(
    'No accounts match “nowhere”.',
  )
})

test('all accounts are listed by name, whatever page they come on, and filtered', async ({
  page,
  request,
}) => {
  await enter(page, (await newAccount(request)).administrator)
  const account = (index: number) => ({
    account: `${index}`,
    name: `Account ${String(index).padStart(3, '0')}`,
    kind: 'customer',
    plan: null,
    roles: [],
    professional: null,
  })
  // The oldest first, as the API lists them: the names run the other way.
  const all = Array.from({ length: 130 }, (_, index) => account(130 - index))
  await page.route('/api/accounts?*', (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('after') ?? 0)
    const next = from + 100 < all.length ? `${from + 100}` : null
    return route.fulfill({ json: { items: all.slice(from, from + 100), next } })
  })
  await page.goto('/accounts/')
  await shows(page, 'Choose an account')
  const cards = page.locator('.cards').getByRole('heading')
  await expect(cards).toHaveCount(130)
  await expect(cards.first()).toHaveText('Account 001')
  await expect(cards.last()).toHaveText('Account 130')
  await page.getByLabel('Find an account').fill('130')
  await expect(cards).toHaveText(['Account 130'])
  await expect(page.locator('#view').getByRole('status')).toHaveText('1 account')
  await page.getByLabel('Find an account').fill('nowhere')
  await expect(cards).toHaveCount(0)
  await expect(page.locator('#view').getByRole('status')).toHaveText('No accounts match “nowhere”.')
})

test('a partner sees its customers and adds the first professional of a new one', async ({
  page,
  request,
}) => {
  const partner = await newPartner(request)
  await newAccount(request, { partner: partner.id })
  await newAccount(request, { name: 'Lake Dairy', partner: partner.id, first_professional: null })
  await enter(page, partner.administrator)
  await page.goto('/accounts/?first=1')
  await shows(page, 'People')
  await page.getByRole('link', { name: 'Customers' }).click()
  await shows(page, 'Customers')
  await expect(page.getByRole('rowheader')).toHaveText(['Harbour Foods', 'Lake Dairy'])
  await page.getByLabel('Search by name').pressSequentially('lake')
  await expect(page.getByRole('rowheader')).toHaveText(['Lake Dairy'])
  await expect(page).toHaveURL(/search=lake/)
  await page.getByLabel('Search by name').fill('nobody')
  await expect(page.getByText('No customer name starts with “nobody”.')).toBeVisible()
  await page.getByRole('link', { name: 'Show all customers' }).click()
  await page.getByRole('link', { name: 'Lake Dairy' }).click()
  await expect(page.getByText('Acting as partner')).toBeVisible()
  await expect(page.getByText('Nobody has been added yet.')).toBeVisible()

  await page.getByRole('link', { name: 'Add new professional' }).click()
  const first = person('Dara Quinn')
  await page.getByLabel('Name').fill(first.name)
  await page.getByLabel('E-mail', { exact: true }).fill(first.email)
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(page, first.name)
  await expect(page.getByRole('definition').filter({ hasText: 'Administrator' })).toHaveText(
    /Administrator\s+Billing contact\s+Shipping contact/,
  )
  await newestMail(
    request,
    first.email,
    /has invited you to the Example Vendor customer portal for Lake Dairy$/,
  )
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'added Dara Quinn' })).toContainText(
    'Northwind Advisors, as partner',
  )
})

test('a tab warns when someone else has signed in in another one', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  await page.goto(`/people/add/?account=${account.id}`)
  await page.getByLabel('Name').fill('Ben Novak')
  const theirs = await anotherBrowser()
  await signIn(theirs, person('Paula Reyes'))
  await page
    .context()
    .addCookies((await theirs.context().cookies()).filter(({ name }) => name === '__Host-session'))
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(page.getByRole('alert')).toContainText('Someone else is signed in now')
  await expect(page.getByRole('button', { name: /Paula Reyes/ })).toBeVisible()
  await expect(page.getByLabel('Name'), 'nothing typed is lost').toHaveValue('Ben Novak')
})

/** Creates two accounts, and links a profile in each with the same identity. */
async function linkTwice(request: Request, page: Page, who: Person): Promise<[Account, Account]> {
  const one = await newAccount(request, { name: 'Harbour Foods' })
  const two = await newAccount(request, { name: 'Lake Dairy' })
  await linkAll(page, who, [one, two])
  return [one, two]
}
