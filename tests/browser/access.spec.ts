/**
 * Asking for access: from the request to the first visit, a refusal, and requests nobody decides.
 */
import { newPartner, newStaff, VENDOR } from './accounts.ts'
import {
  enter,
  expect,
  INVITATION,
  inDays,
  link,
  newAccount,
  newestMail,
  type Page,
  type Person,
  person,
  shows,
  signIn,
  test,
} from './portal.ts'

async function requestAccess(page: Page, who: Person, organisation: string): Promise<void> {
  await page.goto('/ask-for-access/')
  await shows(page, 'Ask for access')
  await page.getByLabel('Organisation').fill(organisation)
  await page.getByLabel('Your name').fill(who.name)
  await page.getByLabel('Your work e-mail').fill(who.email)
  await page.getByLabel('Message').fill('I work with Ada.\nI need the documentation.')
  await page.getByRole('button', { name: 'Ask for access' }).click()
  await shows(page, 'Thank you')
}

test('a person without an invitation asks for access and gets it', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request, { name: `Harbour ${person('x').email.slice(2, 10)}` })
  await enter(page, account.administrator)
  const nina = person('Nina New')
  const theirs = await anotherBrowser()

  await test.step('a visitor is asked to sign in first', async () => {
    await theirs.goto('/ask-for-access/')
    await expect(theirs.getByRole('link', { name: 'Sign in', exact: true }).last()).toBeVisible()
  })
  await signIn(theirs, nina)
  await test.step('errors show before the request is sent', async () => {
    await theirs.goto('/ask-for-access/')
    await theirs.getByLabel('Message').fill('see www.evil.example')
    await theirs.getByRole('button', { name: 'Ask for access' }).click()
    const summary = theirs
      .getByRole('alert')
      .filter({ hasText: 'check what you entered' })
      .or(theirs.locator('#error-summary'))
    await expect(summary.first()).toBeFocused()
    await expect(theirs.locator('#message-error')).toBeVisible()
    await expect(theirs.locator('#organisation-error')).toBeVisible()
  })
  await requestAccess(theirs, nina, account.name)
  await theirs.getByRole('link', { name: 'See my requests' }).click()
  await expect(theirs.getByText('Waiting for a decision.')).toBeVisible()

  await test.step('an administrator gets a mail whose link opens the request', async () => {
    const mail = await newestMail(request, account.administrator.email, /is asking for access/)
    expect(mail.text).not.toContain('documentation')
    await page.goto(`/people/?account=${account.id}`)
    await expect(page.getByText('1 person is asking for access')).toBeVisible()
    await page.goto(mail.links[0]!)
    await shows(page, 'Nina New is asking for access')
    await expect(page.locator('#view')).toContainText('I work with Ada. I need the documentation.')
    await expect(page.locator('#view')).toContainText(
      'Colleagues with a role also have addresses at people.example.',
    )
    await page.getByRole('button', { name: 'Approve and send invitation' }).click()
    await expect(
      page.getByText('Approved. The invitation to Nina New is on its way.'),
    ).toBeVisible()
    await expect(page.getByRole('button', { name: 'Decline' })).toBeHidden()
  })
  await test.step('the invitation gives access', async () => {
    await theirs.reload()
    await expect(theirs.locator('#view')).toContainText('Approved')
    await expect(theirs.locator('#view')).not.toContainText('Ada Holm')
    await theirs.goto(link(await newestMail(request, nina.email, INVITATION)))
    await theirs.getByRole('button', { name: 'Accept invitation' }).click()
    await shows(theirs, 'Your profile is linked')
    await theirs.goto(`/people/?account=${account.id}`)
    await shows(theirs, 'People')
    await expect(theirs.getByRole('rowheader')).toHaveText(['Ada Holm', 'Nina New'])
  })
})

test('a request is declined with a reason, and another is withdrawn', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request, { name: `Meadow ${person('x').email.slice(2, 10)}` })
  await enter(page, account.administrator)
  const otto = person('Otto Other')
  const theirs = await anotherBrowser()
  await signIn(theirs, otto)
  await requestAccess(theirs, otto, account.name)
  await newestMail(request, account.administrator.email, /is asking for access/)
  await page.goto(`/access-requests/?account=${account.id}`)
  await page.getByRole('link', { name: 'Otto Other' }).click()
  await page.getByRole('button', { name: 'Decline' }).click()
  await expect(page.locator('#reason-error')).toBeVisible()
  await page.getByRole('textbox', { name: 'Reason' }).fill('Please ask with your address at work.')
  await page.getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByText('Declined.', { exact: true })).toBeVisible()

  await theirs.goto('/ask-for-access/')
  await expect(theirs.locator('#view')).toContainText('Please ask with your address at work.')
  await requestAccess(theirs, otto, account.name)
  await theirs.goto('/ask-for-access/')
  await theirs.getByRole('button', { name: `Withdraw the request for ${account.name}` }).click()
  await expect(theirs.getByText('Your request was withdrawn.')).toBeVisible()
})

test('an undecided request goes to the partner, then to staff', async ({
  page,
  request,
  anotherBrowser,
  moveClock,
}) => {
  const partner = await newPartner(request)
  const account = await newAccount(request, {
    name: `Quiet ${person('x').email.slice(2, 10)}`,
    partner: partner.id,
  })
  await enter(await anotherBrowser(), account.administrator)
  await enter(await anotherBrowser(), partner.administrator)
  await enter(page, await newStaff(request))
  const nina = person('Nina New')
  const theirs = await anotherBrowser()
  await signIn(theirs, nina)
  await requestAccess(theirs, nina, account.name)
  const first = await newestMail(request, account.administrator.email, /is asking for access/)

  await moveClock(inDays(7))
  await request.post('/_local/run/route-access-requests')
  await newestMail(request, partner.administrator.email, /is asking for access/)
  await newestMail(request, account.administrator.email, /^Reminder: /, first)
  await moveClock(inDays(14))
  await request.post('/_local/run/route-access-requests')
  await newestMail(request, partner.administrator.email, /^Reminder: /)
  await moveClock(inDays(0))
  await page.goto(`/access-requests/?account=${account.id}`)
  await page.getByRole('link', { name: 'Nina New' }).click()
  await expect(page.getByText('Waiting for staff.')).toBeVisible()

  await test.step('staff pass on a request with a mistyped name', async () => {
    await requestAccess(theirs, nina, `${account.name} misspelt`)
    await expect
      .poll(async () => {
        await page.goto(`/access-requests/?account=${VENDOR}`)
        return page.getByText(`${account.name} misspelt`).count()
      })
      .toBe(1)
    await page
      .getByRole('row')
      .filter({ hasText: `${account.name} misspelt` })
      .getByRole('link')
      .click()
    await shows(page, 'Nina New is asking for access')
    await expect(page.getByRole('button', { name: 'Approve and send invitation' })).toBeHidden()
    await page.getByRole('searchbox', { name: 'Search by account name' }).fill(account.name)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('button', { name: `Pass on to ${account.name}` }).click()
    await shows(page, `Passed on to ${account.name}.`)
    await newestMail(request, account.administrator.email, /^Someone is asking for access/, first)
  })
})
