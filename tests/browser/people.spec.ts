/** An administrator adds, edits and deletes people, and assigns roles. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  type Account,
  enter,
  expect,
  forgive,
  INVITATION,
  inDays,
  invite,
  invoke,
  link,
  newAccount,
  newestMail,
  type Page,
  person,
  reported,
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
  expect((await mailsTo(page, colleague.email)).length).toBe(1)
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
    /^Your invitation to Ben Novak came back$/,
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

test('a mandatory role is handed over before its holder is deleted', async ({ page, request }) => {
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog).toContainText('nobody else can take over')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Delete' })).toBeFocused()

  await invite(request, account, person('Ben Novak'))
  await invite(request, account, person('Eva Lindt'), { ends_on: inDays(30) })
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('heading')).toBeFocused()
  await expect(dialog).toContainText(
    'Ada Holm is the administrator, billing contact and shipping contact',
  )
  await expect(dialog.getByRole('radio'), 'people with an end date cannot take over').toHaveCount(1)
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

test('sixty people are searched as you type, and paged without losing the place', async ({
  page,
}) => {
  await addMembers(page, 60)
  await page.goto(`/people/?account=${account.id}`)
  const rows = page.getByRole('rowheader')
  const count = page.locator('.list-count')
  await expect(rows).toHaveCount(50)
  await expect(rows.first()).toHaveText('Ada Holm')
  await expect(count).toHaveText('People 1 to 50')
  await page.getByRole('link', { name: 'Next' }).click()
  await expect(rows).toHaveCount(11)
  await expect(rows.last()).toHaveText('Member 59')
  await expect(count).toHaveText('People 51 to 61')
  await expect(page.getByRole('heading', { name: 'All people' })).toBeFocused()
  const second = page.url()
  await page.goBack()
  await expect(rows).toHaveCount(50)
  await page.goForward()
  await expect(rows).toHaveCount(11)
  await page.getByRole('link', { name: 'Member 59' }).click()
  await shows(page, 'Member 59')
  await page.goBack()
  await expect(rows).toHaveCount(11)
  expect(page.url(), 'the address keeps the place').toBe(second)
  await page.getByRole('link', { name: 'Previous' }).click()
  await expect(rows).toHaveCount(50)

  const search = page.getByRole('searchbox', { name: 'Search by name' })
  await search.pressSequentially('member 5')
  await expect(rows).toHaveCount(10)
  await expect(count).toHaveText('10 people found')
  await expect(search).toBeFocused()
  await search.press('Home')
  await search.press('Delete')
  await expect(count).toHaveText('Nobody found')
  expect(
    await search.evaluate((input) => (input as HTMLInputElement).selectionStart),
    'the caret stays',
  ).toBe(0)
  await expect(page.locator('#view')).toContainText('No name starts with “ember 5”.')
  expect(new URL(page.url()).searchParams.get('search')).toBe('ember 5')
  await page.getByRole('link', { name: 'Show everyone' }).click()
  await expect(rows).toHaveCount(50)
  await expect(search).toHaveValue('')
})

test('a late response does not replace a newer one', async ({ page, request }) => {
  for (const name of ['Ben Novak', 'Bea Moor'])
    await invite(request, account, person(name), { send_invitation: false })
  let release = () => {}
  const late = new Promise<void>((resolve) => (release = resolve))
  await page.route(/search=be$/, async (route) => {
    await late
    // The page has aborted it meanwhile.
    await route.continue().catch(() => {})
  })
  await page.goto(`/people/?account=${account.id}`)
  const search = page.getByRole('searchbox')
  const asked = page.waitForRequest(/search=be$/)
  await search.fill('be')
  await asked
  await search.fill('ben')
  const rows = page.getByRole('rowheader')
  await expect(rows).toHaveText(['Ben Novak'])
  release()
  await page.getByRole('searchbox').fill('bea')
  await expect(rows).toHaveText(['Bea Moor'])
})

test('the list is sorted by name either way', async ({ page, request }) => {
  for (const name of ['Ben Novak', 'Zoë Kern']) {
    await invite(request, account, { ...person('Somebody'), name }, { send_invitation: false })
  }
  await page.goto(`/people/?account=${account.id}`)
  const rows = page.getByRole('rowheader')
  const head = page.getByRole('columnheader', { name: 'Name' })
  await expect(rows).toHaveText(['Ada Holm', 'Ben Novak', 'Zoë Kern'])
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await head.getByRole('button').click()
  await expect(rows).toHaveText(['Zoë Kern', 'Ben Novak', 'Ada Holm'])
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await expect(head.getByRole('button')).toBeFocused()
  await page.reload()
  await expect(rows.first()).toHaveText('Zoë Kern')
})

test('a list that fails to load keeps what was typed and can be retried', async ({ page }) => {
  await page.goto(`/people/?account=${account.id}`)
  const rows = page.getByRole('rowheader')
  await expect(rows).toHaveText(['Ada Holm'])
  await page.route(/search=ad/, (route) =>
    route.fulfill({
      status: 429,
      headers: { 'retry-after': '5' },
      json: { type: '/problems/too-many-requests/' },
    }),
  )
  await page.getByRole('searchbox').fill('ad')
  await expect(page.locator('#view').getByRole('alert')).toContainText('5 seconds')
  await expect(page.getByRole('searchbox')).toHaveValue('ad')
  await page.unroute(/search=ad/)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(rows).toHaveText(['Ada Holm'])
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

test('all pending invitations are resent', async ({ page, request }) => {
  const [waiting, uninvited, linked] = [
    person('Ben Novak'),
    person('Eva Lindt'),
    account.administrator,
  ]
  const professional = await invite(request, account, waiting)
  await invite(request, account, uninvited, { send_invitation: false })
  const first = await newestMail(request, waiting.email, INVITATION)
  await reported(request, account, professional, 'delivered')
  await page.goto(`/people/?account=${account.id}`)
  await expect(page.getByRole('row', { name: waiting.name })).toContainText('Invited')
  await page.getByRole('button', { name: 'Resend pending invitations' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Older links stop working.')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Resend pending invitations' })).toBeFocused()
  await page.getByRole('button', { name: 'Resend pending invitations' }).click()
  await dialog.getByRole('button', { name: 'Resend', exact: true }).click()
  await expect(dialog).toContainText('One new invitation is on the way.')
  await newestMail(request, waiting.email, INVITATION, first)
  expect((await mailsTo(page, uninvited.email)).length).toBe(0)
  expect(
    (await mailsTo(page, linked.email)).filter(({ subject }) => INVITATION.test(subject)).length,
  ).toBe(1)
})

test('resending continues where it failed', async ({ page, complaints }) => {
  const asked: { before: string; after: string | null }[] = []
  await page.route('**/invitations', (route) => {
    asked.push(route.request().postDataJSON())
    if (asked.length === 2) return route.abort()
    return route.fulfill({
      json: { sent: 20, next: asked.length < 4 ? `part-${asked.length}` : null },
    })
  })
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('button', { name: 'Resend pending invitations' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Resend', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('can’t reach the portal')
  await expect(dialog).toContainText('Sent so far: 20')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog).toContainText('60 new invitations are on the way.')
  expect(asked.map(({ after }) => after)).toEqual([null, 'part-1', 'part-1', 'part-3'])
  expect(new Set(asked.map(({ before }) => before)).size, 'the same time for all').toBe(1)
  forgive(complaints, /ERR_FAILED/)
})

test('the whole list is exported as one file', async ({ page, request }) => {
  await invite(
    request,
    account,
    { name: 'Zoë "Zo" Kern', email: 'zoe@people.example' },
    { phone: '+49 30 1234567' },
  )
  await page.goto(`/people/?account=${account.id}`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export the list' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('professionals.csv')
  const content = await readFile((await file.path())!, 'utf8')
  expect(content, 'a byte order mark, for spreadsheets').toMatch(/^\ufeffname,email,title,phone,/)
  expect(content).toContain('"Zoë ""Zo"" Kern",zoe@people.example,,\'+49 30 1234567,')
  expect(content.trimEnd().split('\r\n')).toHaveLength(3)
  await expect(page.getByRole('dialog')).toContainText('2 people saved in professionals.csv.')
})

test('a long list is exported whole, even if a page fails at first', async ({
  page,
  complaints,
}) => {
  let asked = 0
  await page.route('**/professionals/export*', (route) => {
    asked += 1
    if (asked === 2) return route.abort()
    const after = new URL(route.request().url()).searchParams.get('after')
    const next = { null: '1', 1: '2' }[String(after)]
    const link = next && {
      link: `<${new URL(route.request().url()).pathname}?after=${next}>; rel="next"`,
    }
    const header = after ? '' : '\ufeffname,email\r\n'
    const body = `${header}Member ${after},m${after}@people.example\r\n`
    return route.fulfill({
      headers: { 'content-type': 'text/csv; charset=utf-8; header=present', ...link },
      body,
    })
  })
  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('button', { name: 'Export the list' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('alert')).toContainText('can’t reach the portal')
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  const content = await readFile((await (await download).path())!, 'utf8')
  expect(content).toBe(
    '\ufeffname,email\r\nMember null,mnull@people.example\r\n' +
      'Member 1,m1@people.example\r\nMember 2,m2@people.example\r\n',
  )
  await expect(dialog).toContainText('3 people saved')
  forgive(complaints, /ERR_FAILED/)
})

async function deleteShown(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
}

/** Adds `Member 00` and so on, 16 per request. */
async function addMembers(page: Page, count: number): Promise<void> {
  const names = Array.from(
    { length: count },
    (_, index) => `Member ${String(index).padStart(2, '0')}`,
  )
  for (let start = 0; start < count; start += 16) {
    await invoke(page.request, 'ImportProfessionals', {
      path: { account: account.id },
      body: { send_invitations: false, rows: names.slice(start, start + 16).map(person) },
    })
  }
}

async function mailsTo(page: Page, email: string): Promise<{ to: string; subject: string }[]> {
  const mails: { to: string; subject: string }[] = await (
    await page.request.get('/_local/mail')
  ).json()
  return mails.filter(({ to }) => to === email)
}
