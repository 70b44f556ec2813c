/** An invitation opened with an identity that another profile of the same account uses. */
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
  test,
} from './portal.ts'

test('an identity of another profile is rejected; a different one works at once', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  const colleague = person('Ben Novak')
  await invite(request, account, colleague)

  await page.goto(link(await newestMail(request, colleague.email, INVITATION)))
  await shows(page, 'You can’t use this sign-in here')
  await expect(page.locator('#view')).toContainText(
    'is already linked to another profile in the same account',
  )

  await page.getByRole('link', { name: 'Use a different sign-in' }).click()
  await expect(page.getByText(`You are signed in as ${account.administrator.name}`)).toBeVisible()
  await chooseIdentity(page, colleague)
  await shows(page, 'Accept your invitation')
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await shows(page, 'Your profile is linked')
  await page.getByRole('link', { name: 'Open the portal' }).click()
  await expect(page.getByRole('row', { name: colleague.name })).toContainText('Active')
})
