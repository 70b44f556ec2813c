/** An account decides how its people sign in; staff lift that together. */
import { expectAccessible } from './accessibility.ts'
import { newStaff } from './accounts.ts'
import {
  chooseIdentity,
  enter,
  expect,
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

test.use({ contextOptions: { reducedMotion: 'reduce' } })

test('an administrator limits which sign-ins can be linked, by keyboard', async ({
  page,
  request,
  anotherBrowser,
}) => {
  test.slow()
  const account = await newAccount(request)
  const ben = person('Ben Novak')
  await invite(request, account, ben)
  await enter(page, account.administrator)
  await page.goto(`/account/?account=${account.id}`)
  await page.getByRole('button', { name: 'Change sign-in policy' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Signing in' })).toBeFocused()
  await expect(page.getByText(/Local sign-in: (does not confirm|confirms)/)).toBeVisible()
  const values = page.getByRole('textbox', { name: 'Domains' })
  await expect(values).toBeHidden()
  await page.getByRole('radio', { name: 'Any', exact: true }).press('ArrowDown')
  await values.fill('no domain!')
  await expectAccessible(page, 'the form for the sign-in policy')
  const save = page.getByRole('button', { name: 'Save sign-in policy' })
  await save.press('Enter')
  await expect(page.locator('#error-summary')).toBeFocused()
  await page.locator('#error-summary').getByRole('link').press('Enter')
  await expect(values).toBeFocused()
  await expectAccessible(page, 'a domain that is none')

  await values.fill('customer.example')
  await save.press('Enter')
  await expect(page.locator('#alert')).toContainText('Your own sign-in would be refused')
  await values.fill('customer.example\npeople.example')
  await save.press('Enter')
  await expect(page.locator('#toasts')).toContainText('Sign-in policy saved.')
  await expect(page.getByRole('button', { name: 'Change sign-in policy' })).toBeFocused()
  await page.goto(`/activity/?account=${account.id}`)
  await expect(page.getByRole('main')).toContainText('changed how people must sign in')

  await test.step('an invitation then takes such a sign-in, and offers the address', async () => {
    const theirs = await anotherBrowser()
    const guest = { name: 'Gus Guest', email: 'gus@elsewhere.example' }
    await signIn(theirs, guest)
    await theirs.goto(link(await newestMail(request, ben.email, INVITATION)))
    await theirs.getByRole('button', { name: 'Accept invitation' }).click()
    await shows(theirs, 'This account does not accept your sign-in')
    await expect(theirs.locator('#view')).toContainText(
      'an e-mail address at customer.example and people.example.',
    )
    await expectAccessible(theirs, 'a sign-in that is not accepted')
    await theirs.getByRole('link', { name: 'Use a different sign-in' }).click()
    const started = theirs.waitForRequest(/\/api\/sign-in\?/)
    await chooseIdentity(theirs, ben)
    expect(new URL((await started).url()).searchParams.get('login_hint')).toBe(ben.email)
    await theirs.getByRole('button', { name: 'Accept invitation' }).click()
    await shows(theirs, 'Your profile is linked')
  })
})

test('two of the staff lift a policy together', async ({ page, request, anotherBrowser }) => {
  test.slow()
  const account = await newAccount(request)
  await enter(page, account.administrator)
  const set = await page.request.put(`/api/accounts/${account.id}/sign-in-policy`, {
    data: { factors: 'nobody', linking: { kind: 'mail-domains', values: ['people.example'] } },
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  await expect(set, await set.text()).toBeOK()
  const url = `/account/?account=${account.id}`
  const first = await anotherBrowser()
  await enter(first, await newStaff(request, ['appointments'], person('Stella Staff')))
  await first.goto(url)
  await first.getByRole('button', { name: 'Lift the policy' }).click()
  const dialog = first.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Lift the policy' }).click()
  await expect(dialog.locator('#error-summary')).toContainText('Reason')
  await dialog.getByLabel('Reason').fill('Their domain has changed.')
  await expectAccessible(first, 'the dialog that asks to lift a policy')
  await dialog.getByRole('button', { name: 'Lift the policy' }).click()
  await expect(first.locator('#toasts')).toContainText('A second one of the staff')
  await expect(first.getByRole('button', { name: 'Lift the policy' })).toHaveCount(0)

  await page.goto(url)
  await expect(page.getByText('Reason: Their domain has changed.')).toBeVisible()
  await expectAccessible(page, 'a policy that staff want to lift')

  const second = await anotherBrowser()
  await enter(second, await newStaff(request, ['appointments'], person('Sid Second')))
  await second.goto(url)
  await second.getByRole('button', { name: 'Lift the policy' }).click()
  await second.getByRole('dialog').getByRole('button', { name: 'Lift the policy' }).click()
  await expect(second.locator('#toasts')).toContainText('The sign-in policy is lifted.')
  await page.reload()
  await expect(page.getByText('Their domain has changed.')).toHaveCount(0)
})
