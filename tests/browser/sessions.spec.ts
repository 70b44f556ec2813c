/** One's own sessions, and one's own new address. */
import {
  enter,
  expect,
  link,
  mailsTo,
  newAccount,
  newestMail,
  person,
  shows,
  signIn,
  test,
} from './portal.ts'

test('people see where they are signed in and end other sessions by keyboard', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  const ada = account.administrator
  await enter(page, ada)
  const elsewhere = await anotherBrowser()
  await signIn(elsewhere, ada)
  const third = await anotherBrowser()
  await signIn(third, ada)

  await page.goto('/profile/')
  await shows(page, 'My profile')
  await page.getByRole('link', { name: 'My sessions' }).click()
  await shows(page, 'My sessions')
  const sessions = page.getByRole('table', { name: 'My sessions' })
  await expect(sessions.getByRole('row')).toHaveCount(4)
  await expect(sessions.getByText('This session')).toHaveCount(1)
  await expect(sessions.getByRole('button')).toHaveCount(2)

  await sessions.getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('#status')).toContainText('The session has ended.')
  await expect(sessions.getByRole('row')).toHaveCount(3)
  const others = page.getByRole('button', { name: 'End all other sessions' })
  await others.focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('#status')).toContainText('All other sessions have ended.')
  await expect(sessions.getByRole('row')).toHaveCount(2)
  for (const ended of [elsewhere, third]) {
    await ended.goto('/sessions/')
    await shows(ended, 'Please sign in')
  }
  const record = page.getByRole('table', { name: 'Recent sign-ins' })
  await expect(record.getByRole('row').nth(1)).toContainText(
    '1 session ended: by you, on this page',
  )
  await expect(record.getByText('Signed in, and stays signed in')).toHaveCount(3)
})

test('earlier sign-ins are shown on demand', async ({ page, request, anotherBrowser }) => {
  const ada = (await newAccount(request)).administrator
  await enter(page, ada)
  await signIn(await anotherBrowser(), ada)
  // The real answers in small pages.
  await page.route(/\/api\/sessions(\?|$)/, async (route) => {
    const url = new URL(route.request().url())
    url.searchParams.set('limit', '1')
    await route.continue({ url: url.href })
  })
  await page.goto('/sessions/')
  await shows(page, 'My sessions')
  const rows = page.getByRole('table', { name: 'Recent sign-ins' }).getByRole('row')
  await expect(rows).toHaveCount(2)
  const more = page.getByRole('button', { name: 'Show earlier ones' })
  await more.click()
  await expect(rows).toHaveCount(3)
  // A page that is full may be the last one.
  await more.click()
  await expect(more).toHaveCount(0)
  await expect(rows).toHaveCount(3)
})

test('the list of sessions fits a telephone', async ({ page, request }) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/sessions/', '/de/sessions/']) {
    await page.goto(path)
    await shows(page, /^(My sessions|Meine Sitzungen)$/)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBeLessThanOrEqual(390)
  }
})

test('a new address of one’s own counts once its link is followed', async ({ page, request }) => {
  const account = await newAccount(request)
  const ada = account.administrator
  const moved = person('Ada Moved')
  await enter(page, ada)
  const change = async (email: string) => {
    await page.goto('/profile/')
    await shows(page, 'My profile')
    await page.getByRole('button', { name: 'Edit my profile' }).click()
    await page.getByLabel('E-mail', { exact: true }).fill(email)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.locator('#status')).toContainText('Your new address is not confirmed yet')
  }

  await test.step('the page says so, sends again and cancels', async () => {
    await change(moved.email)
    await expect(page.getByText(`Until then everything goes to ${ada.email}.`)).toBeVisible()
    const first = await newestMail(request, moved.email, /^Confirm your new e-mail address/)
    await page.getByRole('button', { name: 'Send the link again' }).click()
    await expect(page.locator('#status')).toContainText(`A new link to ${moved.email}`)
    await newestMail(request, moved.email, /^Confirm your new e-mail address/, first)
    await page.getByRole('button', { name: `Keep ${ada.email}` }).click()
    await expect(page.locator('#status')).toContainText(`Your address is still ${ada.email}.`)
    await page.goto(link(first))
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await shows(page, 'This link no longer works')
  })

  await test.step('the link puts it on record and tells the earlier address', async () => {
    const before = (await mailsTo(request, moved.email))[0]
    await change(moved.email)
    const mail = await newestMail(request, moved.email, /^Confirm your new e-mail address/, before)
    await page.goto(link(mail))
    await shows(page, 'Confirm your new address')
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await shows(page, 'Address confirmed')
    await newestMail(request, ada.email, /^The e-mail address of your profile/)
    await page.getByRole('link', { name: 'My profile', exact: true }).last().click()
    await shows(page, 'My profile')
    await expect(page.getByRole('definition').filter({ hasText: moved.email })).toBeVisible()
  })
})

test('too many cookies of other sites are explained', async ({ page, request, baseURL }) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  const foreign = Array.from({ length: 6 }, (_, index) => ({
    name: `other-site-${index}`,
    value: 'x'.repeat(3_900),
    url: baseURL!,
  }))
  await page.context().addCookies(foreign.slice(0, 3))
  await page.goto(`/people/?account=${account.id}`)
  await shows(page, 'People')
  await page.context().addCookies(foreign)
  await page.goto(`/people/?account=${account.id}`)
  await shows(page, 'Your browser sends too many cookies')
  await page.getByRole('link', { name: 'What this means' }).click()
  await shows(page, 'Your browser sends too many cookies')
  await expect(page.getByText('Delete the cookies of this domain')).toBeVisible()
})
