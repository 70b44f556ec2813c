/** "This was not me": undoing a link that someone else made. */
import {
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

test('"This was not me" ends access until an administrator sends a new invitation', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  const colleague = person('Ben Novak')
  const professional = await invite(request, account, colleague)
  const intruder = await anotherBrowser()
  await enter(intruder, colleague)
  await intruder.goto('/profile/')
  await shows(intruder, 'My profile')

  const mailbox = await anotherBrowser()
  await test.step('the mailbox’s owner reports it without signing in', async () => {
    await mailbox.goto(link(await newestMail(request, colleague.email, /^A sign-in was linked to/)))
    await shows(mailbox, 'This was not me')
    await intruder.reload()
    await shows(intruder, 'My profile')
    await mailbox.getByRole('button', { name: 'This was not me' }).click()
    await shows(mailbox, 'The sign-in is removed')
    await intruder.reload()
    await shows(intruder, 'Please sign in')
  })

  await test.step('an administrator finds the profile on hold and invites again', async () => {
    await enter(page, account.administrator)
    await page.goto(`/people/profile/?account=${account.id}&professional=${professional}`)
    await expect(page.getByText('On hold', { exact: true })).toBeVisible()
    const first = await newestMail(request, colleague.email, INVITATION)
    await page.getByRole('button', { name: 'Send invite e-mail' }).click()
    const again = await newestMail(request, colleague.email, INVITATION, first)
    await signIn(mailbox, person('Ben Really'))
    await mailbox.goto(link(again))
    await mailbox.getByRole('button', { name: 'Accept invitation' }).click()
    await shows(mailbox, 'Your profile is linked')
  })
})
