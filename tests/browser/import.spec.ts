/** Importing many people from a file. */
import { readFile } from 'node:fs/promises'
import {
  type Account,
  enter,
  expect,
  forgive,
  INVITATION,
  invite,
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
  await page.goto(`/people/import/?account=${account.id}`)
})

test('a file is previewed, fixed and imported', async ({ page, request }) => {
  const [ben, eva] = [person('Ben Novak'), person('Eva Lindt')]
  await choose(
    page,
    `Name;E-Mail;Telefon;Schuhgröße
${ben.name};${ben.email};+49 30 1234567;44
;eva at home;call me;38
Ada again;${account.administrator.email.toUpperCase()};;`,
  )
  await expect(page.getByRole('heading', { name: 'Preview' })).toBeFocused()
  const view = page.locator('#view')
  await expect(view).toContainText('1 person can be added')
  await expect(view).toContainText('1 person is already on the list')
  await expect(view).toContainText('1 row has errors')
  await expect(view).toContainText('Ignored columns: Schuhgröße')
  const faulty = page.getByRole('table', { name: 'Rows with errors' }).getByRole('row').nth(1)
  await expect(faulty).toContainText('3')
  for (const words of [
    'Name cannot be empty.',
    'E-mail must be an e-mail address',
    'Telephone must be',
  ])
    await expect(faulty).toContainText(words)
  await page.getByText('Already on the list', { exact: true }).click()
  await expect(page.getByRole('row', { name: 'Ada again' })).toContainText('Ada Holm')
  expect(await people(page), 'a trial changes nothing').toEqual(['Ada Holm'])

  await page.getByRole('button', { name: 'Choose another file' }).click()
  await choose(page, `name,email\n${ben.name},${ben.email}\n${eva.name},${eva.email}\n`)
  await page.getByRole('button', { name: 'Import 2 people' }).click()
  await expect(page.getByRole('heading', { name: '2 people were added' })).toBeFocused()
  await newestMail(request, eva.email, INVITATION)
  await page.getByRole('link', { name: 'Back to People' }).click()
  await expect(page.getByRole('rowheader')).toHaveText(['Ada Holm', 'Ben Novak', 'Eva Lindt'])
})

test('importing the same file again adds nobody', async ({ page }) => {
  const file = `name,email\nBen Novak,${person('Ben Novak').email}\n`
  await choose(page, file)
  await page.getByLabel('Send the invitation e-mails').uncheck()
  await page.getByRole('button', { name: 'Import 1 person' }).click()
  await expect(page.getByRole('heading', { name: '1 person was added' })).toBeVisible()
  await expect(page.locator('#view')).toContainText('No invitations have been sent.')
  await page.getByRole('button', { name: 'Choose another file' }).click()
  await choose(page, file)
  await expect(page.locator('#view')).toContainText('everyone in this file is on the list already')
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0)
  expect(await people(page)).toEqual(['Ada Holm', 'Ben Novak'])
})

test('an exported list imports into another account unchanged', async ({
  page,
  request,
  anotherBrowser,
}) => {
  await invite(
    request,
    account,
    { ...person('Zoe Kern'), name: 'Zoë Kern' },
    { phone: '+49 30 1234567', title: 'Buyer', language: 'de', send_invitation: false },
  )
  await page.goto(`/people/?account=${account.id}`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export the list' }).click()
  const path = (await (await download).path())!

  const other = await newAccount(request)
  const elsewhere = await anotherBrowser()
  await enter(elsewhere, other.administrator)
  await elsewhere.goto(`/people/import/?account=${other.id}`)
  await elsewhere.getByLabel('CSV file').setInputFiles(path)
  await expect(elsewhere.locator('#view')).toContainText('2 people can be added')
  await elsewhere.getByLabel('Send the invitation e-mails').uncheck()
  await elsewhere.getByRole('button', { name: 'Import 2 people' }).click()
  await elsewhere.getByRole('link', { name: 'Back to People' }).click()
  await elsewhere.getByRole('link', { name: 'Zoë Kern' }).click()
  for (const value of ['+49 30 1234567', 'Buyer', 'Deutsch'])
    await expect(elsewhere.locator('dl')).toContainText(value)
})

test('an import continues where it failed', async ({ page, complaints }) => {
  const members = Array.from({ length: 70 }, (_, index) =>
    person(`Member ${String(index).padStart(2, '0')}`),
  )
  await choose(
    page,
    ['name,email', ...members.map(({ name, email }) => `${name},${email}`)].join('\n'),
  )
  await expect(page.getByRole('button', { name: 'Import 70 people' })).toBeVisible()
  let asked = 0
  await page.route('**/professionals/import', async (route) => {
    asked += 1
    // The second request is answered "busy" once and retried; the answer to the fourth is lost.
    if (asked === 2)
      return route.fulfill({
        status: 429,
        headers: { 'retry-after': '1' },
        json: { type: '/problems/too-many-requests/' },
      })
    if (asked !== 4) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await page.getByLabel('Send the invitation e-mails').uncheck()
  await page.getByRole('button', { name: 'Import 70 people' }).click()
  await expect(page.locator('#view').getByRole('alert')).toContainText('can’t reach the portal')
  await expect(page.locator('#view')).toContainText('32 of 70 people added')
  await expect(page.getByRole('progressbar')).toHaveAttribute('value', '32')
  await expect(page.getByRole('button', { name: 'Continue' })).toBeFocused()

  const asks = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const warning = await asks
  expect(warning.type(), 'leaving is asked about').toBe('beforeunload')
  await warning.dismiss()

  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: '70 people were added' })).toBeFocused()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download the result' }).click()
  const result = await readFile((await (await download).path())!, 'utf8')
  expect(result.match(/,added,/g)).toHaveLength(70)
  expect((await people(page)).length).toBe(71)
  forgive(complaints, /ERR_FAILED/)
})

test('other files are rejected with a reason, and another can be chosen', async ({ page }) => {
  const refused: [string, RegExp][] = [
    ['first,second\n1,2\n', /no column Name and no column E-mail.*it contains: first, second/],
    ['name,email\n', /column names, but no people/],
    ['', /no column/],
    ['name,email\n"Ben,ben@people.example\n', /in row 2, a quotation mark/],
    [
      `name,email\n${'Ben,ben@people.example\n'.repeat(100_001)}`,
      /100,001 rows; you can import at most 100,000/,
    ],
  ]
  for (const [content, why] of refused) {
    await choose(page, content)
    await expect(page.locator('#view').getByRole('alert')).toHaveText(why)
  }
  await choose(page, `name,email\nBen Novak,${person('Ben Novak').email}\n`)
  await expect(page.getByRole('button', { name: 'Import 1 person' })).toBeVisible()
})

test('a file in an old encoding keeps its accents', async ({ page }) => {
  await choose(
    page,
    Buffer.from(`name;email\r\nZo\xeb K\xe4rn;${person('Zoe').email}\r\n`, 'latin1'),
  )
  await page.getByLabel('Send the invitation e-mails').uncheck()
  await page.getByRole('button', { name: 'Import 1 person' }).click()
  await expect(page.getByRole('heading', { name: '1 person was added' })).toBeVisible()
  expect(await people(page)).toEqual(['Ada Holm', 'Zoë Kärn'])
})

test('a file can be dropped on the field, and the template filled in', async ({ page }) => {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download a template' }).click()
  const template = (await readFile((await (await download).path())!, 'utf8')).trim()
  expect(template).toBe('Name,E-mail,Job title,Telephone,Language,End date,Administrator')
  const text = `${template}\r\nBen Novak,${person('Ben Novak').email},,,de,2099-12-31,no\r\n`
  const files = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'people.csv', { type: 'text/csv' }))
    return transfer
  }, text)
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: files })
  await expect(page.getByRole('button', { name: 'Import 1 person' })).toBeVisible()
})

test('the pages of an import are in German too', async ({ page }) => {
  await page.goto(`/de/people/import/?account=${account.id}`)
  await shows(page, 'Personen importieren')
  await page.getByLabel('CSV-Datei').setInputFiles({
    name: 'x.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Name;E-Mail\n;niemand\n'),
  })
  await expect(page.locator('#view')).toContainText('1 Zeile mit Fehlern')
  await expect(page.locator('#view')).toContainText('Name darf nicht leer sein.')
})

async function choose(page: Page, content: string | Buffer): Promise<void> {
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
}

/** Returns the names in the account's list, from the API. */
async function people(page: Page): Promise<string[]> {
  const { items } = await (
    await page.request.get(`/api/accounts/${account.id}/professionals?limit=100`)
  ).json()
  return items.map(({ name }: { name: string }) => name)
}
