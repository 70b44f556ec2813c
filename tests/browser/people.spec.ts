/** An administrator adds, edits and deletes people, and assigns roles. */
import { randomUUID } from 'node:crypto'
import {
  type Account,
  enter,
  expect,
  INVITATION,
  inDays,
  invite,
  link,
  mailsTo,
  newAccount,
  newestMail,
  type Page,
  person,
  shows,
  test,
} from './portal.ts'

let account: Account

test.beforeEach(async ({ page, request }) => {
  account = await newAccount(request)
  await enter(page, account.administrator)
})

test('a person added without an invitation can be invited later', async ({ page, request }) => {
  const colleague = person('Ben Novak')
  await page.goto(`/people/add/?account=${account.id}`)
  await page.getByLabel('Name').fill(colleague.name)
  await page.getByLabel('E-mail', { exact: true }).fill(colleague.email)
  await page.getByLabel('Send the invitation e-mail').uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(page, colleague.name)
  await expect(page.locator('#status')).toContainText('No invitation has been sent')
  await expect(page.getByText('Not invited', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Send invite e-mail' }).click()
  await expect(page.locator('#status')).toContainText('is on its way')
  await newestMail(request, colleague.email, INVITATION)
  expect((await mailsTo(request, colleague.email)).length).toBe(1)
})

test('a corrected address gets a new invitation, and the older link stops working', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const mistyped = person('Ben Novak')
  const professional = await invite(request, account, mistyped)
  const older = await newestMail(request, mistyped.email, INVITATION)
  const { email } = person('Ben Novak')
  await page.goto(`/people/edit/?account=${account.id}&professional=${professional}`)
  await page.getByLabel('E-mail', { exact: true }).fill(email)
  await page.getByRole('button', { name: 'Save and send invite' }).click()
  await expect(page.locator('#status')).toContainText(
    `The invite e-mail to ${email} is on its way.`,
  )
  await newestMail(request, email, INVITATION)
  const elsewhere = await anotherBrowser()
  await elsewhere.goto(link(older))
  await shows(elsewhere, 'There is a newer link')
})

test('the sender of a bounced invitation is notified, corrects it and sends it again', async ({
  page,
  request,
}) => {
  const [right, uuid] = [person('Ben Novak'), randomUUID().slice(0, 8)]
  await page.goto(`/people/add/?account=${account.id}`)
  await page.getByLabel('Name').fill(right.name)
  await page.getByLabel('E-mail', { exact: true }).fill(`bounce+${uuid}@people.example`)
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(page, right.name)
  const alert = await newestMail(
    request,
    account.administrator.email,
    /^Your invitation to Ben Novak bounced$/,
  )
  await page.goto(alert.links[0] ?? '')
  await shows(page, right.name)
  await expect(page.getByText('E-mail bounced', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Edit the address and send again' }).click()
  await expect(page.getByLabel('E-mail', { exact: true })).toBeFocused()
  await page.getByLabel('E-mail', { exact: true }).fill(right.email)
  await page.getByRole('button', { name: 'Save and send invite' }).click()
  await expect(page.locator('#status')).toContainText(
    `The invite e-mail to ${right.email} is on its way.`,
  )
  await newestMail(request, right.email, INVITATION)
})

test('a taken e-mail address leads to the profile that has it', async ({ page }) => {
  await page.goto(`/people/add/?account=${account.id}`)
  await page.getByLabel('Name').fill('Ada again')
  await page.getByLabel('E-mail', { exact: true }).fill(account.administrator.email.toUpperCase())
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('#error-summary')).toBeFocused()
  await expect(page.locator('#error-summary')).toContainText(
    'This e-mail address is already in use.',
  )
  await expect(page.getByLabel('Name')).toHaveValue('Ada again')
  await page.getByRole('link', { name: account.administrator.name }).click()
  await shows(page, account.administrator.name)
})

test('errors show beside their fields, and nothing typed is lost', async ({ page }) => {
  await page.goto(`/people/add/?account=${account.id}`)
  await page.getByLabel('E-mail', { exact: true }).fill('ben at home')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page).toHaveTitle(/^Error: Add new professional/)
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription('Name is required.')
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveAccessibleDescription(
    /E-mail must be an e-mail address/,
  )
  await page.getByRole('link', { name: 'Name is required.' }).click()
  await expect(page.getByLabel('Name')).toBeFocused()

  // Only the server finds these.
  await page.getByLabel('Name').fill('Win at https://prize.example')
  await page.getByLabel('E-mail', { exact: true }).fill('ben@people.example')
  await page.getByLabel('Job title').fill('Buyer')
  await page.getByLabel('End date').fill('2001-01-01')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('#error-summary').getByRole('listitem')).toHaveCount(2)
  await expect(page.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('End date')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Name')).toHaveValue('Win at https://prize.example')
  await expect(page.getByLabel('Job title')).toHaveValue('Buyer')
})

test('roles change on the account page, but one administrator must stay', async ({
  page,
  request,
}) => {
  await invite(request, account, person('Ben Novak'))
  await page.goto(`/account/?account=${account.id}`)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await page.getByLabel('Ada Holm').uncheck()
  await page.getByRole('button', { name: 'Save roles' }).click()
  await expect(page.locator('#alert')).toContainText('administrator')
  await page.getByLabel('Ada Holm').check()
  await page.getByLabel('Ben Novak').check()
  await page.getByLabel('Billing contact').selectOption('Ben Novak')
  await page.getByRole('button', { name: 'Save roles' }).click()
  await expect(page.locator('#toasts')).toContainText('Roles saved.')
  await page.goto(`/people/?account=${account.id}`)
  await expect(page.getByRole('row', { name: 'Ben Novak' }).locator('.tags .tag')).toHaveText([
    'Administrator',
    'Billing contact',
  ])
  await expect(page.getByRole('row', { name: 'Ada Holm' }).locator('.tags .tag')).toHaveText([
    'Administrator',
    'Shipping contact',
  ])
})

test('a mandatory role is handed over before its holder is deleted', async ({
  page,
  request,
  anotherBrowser,
}) => {
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog).toContainText('nobody else can take over')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Delete' })).toBeFocused()

  const ben = person('Ben Novak')
  await invite(request, account, ben)
  await enter(await anotherBrowser(), ben)
  await invite(request, account, person('Kim Park'))
  await invite(request, account, person('Eva Lindt'), { ends_on: inDays(30) })
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('heading')).toBeFocused()
  await expect(dialog).toContainText(
    'Ada Holm is the administrator, billing contact and shipping contact',
  )
  await expect(dialog).toContainText('only people with an active profile can take over')
  await expect(dialog.getByRole('radio'), 'only those who are active and stay').toHaveCount(1)
  await dialog.getByRole('button', { name: 'Hand over and delete' }).click()
  await expect(dialog.getByRole('radio'), 'nobody is preselected').not.toBeChecked()
  await dialog.getByLabel('Ben Novak').check()
  await dialog.getByRole('button', { name: 'Hand over and delete' }).click()
  await shows(page, 'Ada Holm was deleted')
  await expect(page.locator('#view')).toContainText('Ben Novak has taken over the roles.')
  await page.locator('#view').getByRole('link', { name: 'Your accounts' }).click()
  await expect(page.locator('#view')).toContainText('does not give you access to any account yet')
})

test('a deletion can be undone from the list', async ({ page, request }) => {
  const colleague = person('Ben Novak')
  const professional = await invite(request, account, colleague)
  const mail = await newestMail(request, colleague.email, INVITATION)
  await page.goto(`/people/profile/?account=${account.id}&professional=${professional}`)
  await deleteShown(page)
  await shows(page, 'People')
  const rows = page.getByRole('rowheader')
  await expect(rows).toHaveText(['Ada Holm'])
  const toast = page.locator('#toasts')
  await expect(toast).toContainText('Ben Novak was deleted.')
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(toast).toContainText('Ben Novak is back on the list.')
  await expect(rows).toHaveText(['Ada Holm', 'Ben Novak'])
  await page.reload()
  await expect(rows).toHaveText(['Ada Holm', 'Ben Novak'])
  await expect(toast.getByRole('button', { name: 'Undo' })).toBeHidden()
  // The invitation stays revoked, and the profile can be invited again.
  await page.getByRole('link', { name: 'Ben Novak' }).click()
  await page.getByRole('button', { name: 'Send invite e-mail' }).click()
  await newestMail(request, colleague.email, INVITATION, mail)
})

test('a deletion that cannot be undone says why', async ({ page, request }) => {
  const [ben, eva] = [person('Ben Novak'), person('Eva Lindt')]
  const ids = [await invite(request, account, ben), await invite(request, account, eva)]
  const toast = page.locator('#toasts')
  await page.goto(`/people/profile/?account=${account.id}&professional=${ids[0]}`)
  await deleteShown(page)
  await shows(page, 'People')
  await invite(request, account, { name: 'Benjamin Novak', email: ben.email })
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('#view').getByRole('alert')).toContainText(
    'the e-mail address now belongs to Benjamin Novak',
  )

  await page.goto(`/people/profile/?account=${account.id}&professional=${ids[1]}`)
  await deleteShown(page)
  await shows(page, 'People')
  await page.route('**/restore', (route) =>
    route.fulfill({ status: 404, json: { type: '/problems/not-found/' } }),
  )
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('#view').getByRole('alert')).toContainText(
    'undo a deletion for ten minutes',
  )
})

test('a field is checked when left, and its error goes once fixed', async ({ page }) => {
  await page.goto(`/people/add/?account=${account.id}`)
  const email = page.getByLabel('E-mail', { exact: true })
  await page.getByLabel('Name').focus()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Name'), 'nobody has typed in it yet').not.toHaveAttribute(
    'aria-invalid',
  )
  await email.fill('ben@people')
  await page.keyboard.press('Tab')
  await expect(email).toHaveAccessibleDescription(/E-mail must be an e-mail address/)
  await expect(page.locator('#error-summary')).toBeHidden()
  await email.pressSequentially('.example')
  await expect(email).not.toHaveAttribute('aria-invalid')
})

test('the page finds the same errors as the server, in the same words', async ({ page }) => {
  await page.goto(`/people/add/?account=${account.id}`)
  const good = { name: 'Ben Novak', email: 'ben@people.example' }
  const invalid: Record<string, string>[] = [
    { name: 'x'.repeat(101) },
    { name: '<b>Ben</b>' },
    { name: 'www.prize.example' },
    { name: 'win at prize.example' },
    { name: 'Ben\u202eNovak' },
    { name: '...' },
    { email: 'ben@people' },
    { email: 'bén@people.example' },
    { email: `${'x'.repeat(260)}@people.example` },
    { title: 'a@b.example' },
    { phone: 'call me' },
    { ends_on: '2001-01-01' },
  ]
  const labels: Record<string, string> = {
    name: 'Name',
    email: 'E-mail',
    title: 'Job title',
    phone: 'Telephone',
    ends_on: 'End date',
  }
  for (const values of invalid) {
    const [[field = '', value = ''] = []] = Object.entries(values)
    for (const [name, text] of Object.entries({
      ...good,
      title: '',
      phone: '',
      ends_on: '',
      ...values,
    })) {
      await page
        .getByLabel(labels[name] ?? '', {
          exact: name !== 'ends_on' && name !== 'title' && name !== 'phone',
        })
        .fill(text)
    }
    await page.getByRole('button', { name: 'Save' }).click()
    const own = await page.locator('.error').allTextContents()
    expect(own, value).toHaveLength(1)
    // Without its own rules, the page shows the server's errors.
    await page.route('**/professionals', async (route) => {
      await route.continue({
        postData: JSON.stringify({ ...good, ...values, send_invitation: false }),
      })
    })
    await page
      .getByLabel(labels[field] ?? '', { exact: field === 'name' || field === 'email' })
      .fill(field === 'name' || field === 'email' ? good[field] : '')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.locator('.error'), value).toHaveText(own)
    await page.unroute('**/professionals')
  }
})

async function deleteShown(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
}
