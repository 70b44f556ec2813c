/** Which e-mails people get: chosen in the profile, and turned off from an e-mail. */
import {
  enter,
  expect,
  invoke,
  type Mail,
  mailsTo,
  newAccount,
  newestMail,
  type Page,
  type Request,
  shows,
  test,
} from './portal.ts'

/** The choice of a kind of notice in *My profile*. */
function choice(page: Page, notices: string) {
  return page.getByLabel(notices, { exact: true })
}

/** Gives the account a partner, of which its administrators get a notice. */
async function partnerNotice(request: Request, account: string, to: string): Promise<Mail> {
  const partner = await newAccount(request, { name: 'Northwind Advisors', kind: 'partner' })
  const body = { partner: partner.id }
  await invoke(request, 'UpdateAccount', { path: { account }, body })
  return newestMail(request, to, /Northwind Advisors/)
}

test('people choose how often they get which e-mails, by keyboard', async ({ page, request }) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  await page.goto(`/profile/?account=${account.id}#e-mails`)
  await shows(page, 'My profile')
  await expect(page.getByRole('heading', { name: 'E-mails' })).toBeFocused()
  await expect(page.getByText('Security notices, invitations')).toBeVisible()
  const linked = choice(page, 'Someone linked a sign-in')
  await expect(linked.getByRole('option')).toHaveText(['At once', 'Once a day'])
  await linked.focus()
  await page.keyboard.press('ArrowDown')
  await choice(page, 'A service plan expires').focus()
  await page.keyboard.press('End')
  const save = page.getByRole('button', { name: 'Save e-mail choices' })
  await save.focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('#status')).toContainText('Your e-mail choices are saved.')

  await page.reload()
  await expect(linked).toHaveValue('daily')
  await expect(choice(page, 'A service plan expires')).toHaveValue('never')
  await save.click()
  await expect(page.locator('#status')).toContainText('There is nothing to save.')
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/profile/', '/de/profile/']) {
    await page.goto(`${path}?account=${account.id}`)
    await shows(page, /^(My profile|Mein Profil)$/)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBeLessThanOrEqual(390)
  }
})

test('an e-mail leads to a page that turns its kind off', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const account = await newAccount(request)
  const ada = account.administrator
  await enter(page, ada)
  const mail = await partnerNotice(request, account.id, ada.email)
  const address = mail.headers['List-Unsubscribe']?.slice(1, -1) ?? ''
  const anyone = await anotherBrowser()
  await anyone.goto(address)
  await shows(anyone, 'Turn off these e-mails')
  expect(new URL(anyone.url()).hash, 'the secret leaves the address bar').toBe('')
  await page.goto(`/profile/?account=${account.id}`)
  await expect(choice(page, 'Partner and permissions')).toHaveValue('at_once')

  const turnOff = anyone.getByRole('button', { name: 'Turn off' })
  await turnOff.focus()
  await anyone.keyboard.press('Enter')
  await shows(anyone, 'These e-mails are turned off')
  await page.reload()
  await expect(choice(page, 'Partner and permissions')).toHaveValue('never')
  const before = (await mailsTo(request, ada.email)).length
  const body = { partner: null }
  await invoke(request, 'UpdateAccount', { path: { account: account.id }, body })
  expect((await mailsTo(request, ada.email)).length).toBe(before)

  await anyone.goto('/unsubscribe/')
  await shows(anyone, 'Open the link from your e-mail')
})
