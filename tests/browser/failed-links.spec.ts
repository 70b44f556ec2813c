/** Links that no longer work: each says why, and what to do next. */
import {
  enter,
  expect,
  FRESH_LINK,
  INVITATION,
  inDays,
  invite,
  invoke,
  link,
  newAccount,
  newestMail,
  person,
  type Request,
  shows,
  signIn,
  test,
} from './portal.ts'

test('an expired link is replaced by a new one, which works', async ({
  page,
  request,
  moveClock,
}) => {
  const { address, colleague } = await inviteColleague(request)
  await moveClock(inDays(8))
  await page.goto(address)
  await shows(page, 'This link has expired')
  await page.getByRole('button', { name: 'E-mail me a new link' }).click()
  await shows(page, 'Thank you')
  const fresh = await newestMail(request, colleague.email, FRESH_LINK)
  await signIn(page, colleague)
  await page.goto(link(fresh))
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await shows(page, 'Your profile is linked')
})

test('sending an invitation again revokes the older link', async ({ page, request }) => {
  const { path, address } = await inviteColleague(request)
  await invoke(request, 'SendInvitation', { path })
  await page.goto(address)
  await shows(page, 'There is a newer link')
  await expect(page.getByRole('button', { name: 'E-mail me a new link' })).toBeVisible()
})

test('a revoked invitation refers to the administrator', async ({ page, request }) => {
  const { path, address } = await inviteColleague(request)
  await invoke(request, 'RevokeInvitation', { path })
  await page.goto(address)
  await shows(page, 'This invitation was revoked')
  await expect(page.getByRole('button', { name: 'E-mail me a new link' })).toBeHidden()
  await expect(page.locator('#view')).toContainText('ask them for a new invitation')
})

test('a used link welcomes its user and explains itself to others', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const { address, colleague } = await inviteColleague(request)
  await enter(page, colleague)
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'Already linked' })).toBeVisible()
  await page.getByRole('link', { name: 'Open the portal' }).click()
  await shows(page, 'People')

  const elsewhere = await anotherBrowser()
  await elsewhere.goto(address)
  await shows(elsewhere, 'This link has already been used')
  await expect(elsewhere.getByRole('link', { name: 'Use a different sign-in' })).toBeVisible()
})

test('the link of a deleted profile says that the profile is gone', async ({ page, request }) => {
  const { path, address } = await inviteColleague(request)
  await invoke(request, 'DeleteProfessional', { path })
  await page.goto(address)
  await shows(page, 'The profile can no longer be linked')
})

test('an incomplete or missing link leads to requesting another', async ({ page, request }) => {
  const { address } = await inviteColleague(request)
  await page.goto(address.slice(0, address.lastIndexOf('.')))
  await shows(page, 'This link is incomplete')
  await page.goto(address.slice(0, -10))
  await shows(page, 'This link is incomplete')
  await page.goto('/link/')
  await shows(page, 'Open the link from your e-mail')
  await expect(page.locator('#view').getByRole('link', { name: 'Link my profile' })).toBeVisible()
})

/** Invites a colleague; returns the profile and the link in the e-mail. */
async function inviteColleague(request: Request) {
  const account = await newAccount(request)
  const colleague = person('Ben Novak')
  const professional = await invite(request, account, colleague)
  const address = link(await newestMail(request, colleague.email, INVITATION))
  return { path: { account: account.id, professional }, colleague, address }
}
