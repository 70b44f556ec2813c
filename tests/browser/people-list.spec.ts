/** The list of people: search, sorting, paging, resending invitations and exporting. */
import { readFile } from 'node:fs/promises'
import {
  type Account,
  enter,
  expect,
  forgive,
  INVITATION,
  invite,
  invoke,
  mailsTo,
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
  expect((await mailsTo(request, uninvited.email)).length).toBe(0)
  expect(
    (await mailsTo(request, linked.email)).filter(({ subject }) => INVITATION.test(subject)).length,
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

test('only who may see whole profiles sees when people last signed in', async ({
  page,
  request,
  anotherBrowser,
}) => {
  const ben = person('Ben Novak')
  await invite(request, account, ben)
  const other = await anotherBrowser()
  await enter(other, ben)
  for (const [browser, columns] of [
    [page, ['Name', 'E-mail', 'Roles', 'Status', 'Last sign-in']],
    [other, ['Name', 'E-mail', 'Roles', 'Status']],
  ] as const) {
    await browser.goto(`/people/?account=${account.id}`)
    await expect(browser.getByRole('rowheader')).toHaveCount(2)
    await expect(browser.getByRole('columnheader')).toContainText([...columns])
    await expect(browser.getByRole('columnheader')).toHaveCount(columns.length)
    await expect(browser.getByText('Never', { exact: true })).toHaveCount(0)
  }
})
