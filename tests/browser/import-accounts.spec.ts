/** Staff import the vendor's own records. */

import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { newStaff, VENDOR } from './accounts.ts'
import {
  enter,
  expect,
  forgive,
  invoke,
  type Page,
  person,
  type Request,
  shows,
  test,
} from './portal.ts'

const IMPORT = '/customers/import/'

/** Time for a few hundred accounts on a busy machine. */
const LONG = { timeout: 60_000 }

/** Signs in as a member of staff. */
async function asStaff(page: Page, request: Request): Promise<void> {
  await enter(page, await newStaff(request))
}

async function choose(page: Page, content: string | Buffer): Promise<void> {
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'books.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
}

async function saved(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return readFile((await (await download).path())!, 'utf8')
}

test('staff preview a file, import it, and import it again with changes', async ({
  page,
  request,
}) => {
  await asStaff(page, request)
  const id = randomUUID().slice(0, 8)
  const partner = `P-${id},Lake Partners ${id},partner,,,,,,help@lake.example\n`
  const header =
    'External ID,Name,Kind,Partner,Plan,First day,Last day,Time zone,Email,Cost centre\n'
  const customer = (number: number, name: string) =>
    `K-${id}-${number},${name},,P-${id},Support,1.1.2026,31.12.2099,Europe/Berlin,,7\n`

  await page.goto(`/customers/?account=${VENDOR}`)
  await page.getByRole('link', { name: 'Import accounts' }).click()
  await shows(page, 'Import accounts')
  await choose(
    page,
    `${header}${partner}${customer(1, `Harbour Foods ${id}`)}${customer(2, '')}` +
      `K-${id}-3,No Plan,reseller,P-none\n`,
  )
  await expect(page.getByRole('heading', { name: 'Preview' })).toBeFocused()
  const view = page.locator('#view')
  for (const words of [
    '2 accounts can be created',
    '2 rows have errors',
    'Ignored columns: Cost centre',
  ])
    await expect(view).toContainText(words)
  const faulty = page.getByRole('table', { name: 'Rows with errors' }).getByRole('row')
  await expect(faulty.nth(1)).toContainText('Name cannot be empty.')
  for (const words of [
    'Kind must be customer or partner',
    'Partner must be the number of an existing partner',
    'Service plan is required',
  ]) {
    await expect(faulty.nth(2)).toContainText(words)
  }
  expect(await saved(page, 'Download the preview')).toContain('can be created')

  await page.getByRole('button', { name: 'Import 2 accounts' }).click()
  await expect(page.getByRole('heading', { name: '2 accounts were imported' })).toBeFocused()
  const result = await saved(page, 'Download the result')
  expect(result.match(/,created,/g)).toHaveLength(2)
  expect(result.match(/,error,/g)).toHaveLength(2)

  await page.getByRole('button', { name: 'Choose another file' }).click()
  await choose(
    page,
    header + partner + customer(1, `Harbour Foods Ltd ${id}`) + customer(2, `Lake Dairy ${id}`),
  )
  await expect(view).toContainText('1 account can be created')
  await expect(view).toContainText('1 account can be changed')
  await expect(view).toContainText('1 account already matches the file')
  await page.getByRole('button', { name: 'Import 2 accounts' }).click()
  await expect(page.getByRole('heading', { name: '2 accounts were imported' })).toBeFocused()
  await page.getByRole('link', { name: 'Back to customers' }).click()
  await page.getByLabel('Search by name').fill(`Harbour Foods Ltd ${id}`)
  await expect(page.getByRole('rowheader')).toHaveText([`Harbour Foods Ltd ${id}`])
})

test('an import continues with the same file after its tab was closed', async ({
  page,
  request,
  context,
  complaints,
}) => {
  test.setTimeout(180_000)
  await asStaff(page, request)
  const id = randomUUID().slice(0, 8)
  const rows = Array.from(
    { length: 250 },
    (_, row) => `K-${id}-${row},Customer ${row},Support,2026-01-01,2099-12-31\n`,
  )
  const path = test.info().outputPath('books.csv')
  const { writeFile } = await import('node:fs/promises')
  await writeFile(path, `number,name,plan,first day,last day\n${rows.join('')}`)
  await page.goto(`${IMPORT}?account=${VENDOR}`)
  await page.getByLabel('CSV file').setInputFiles(path)
  await expect(page.getByRole('button', { name: 'Import 250 accounts' })).toBeVisible(LONG)
  let asked = 0
  await page.route('**/api/accounts/import', async (route) => {
    asked += 1
    // The third request fails.
    return asked < 3 ? route.continue() : route.abort()
  })
  await page.getByRole('button', { name: 'Import 250 accounts' }).click()
  await expect(page.getByRole('progressbar')).toHaveAttribute('value', '200', LONG)
  await page.close()

  const again = await context.newPage()
  await again.goto(`${IMPORT}?account=${VENDOR}`)
  await again.getByLabel('CSV file').setInputFiles(path)
  const view = again.locator('#view')
  await expect(view).toContainText(
    '200 rows were already processed by an import of this file',
    LONG,
  )
  await expect(view).toContainText('50 accounts can be created', LONG)
  await again.getByRole('button', { name: 'Check those rows too' }).click()
  await expect(view).toContainText('200 accounts already match the file', LONG)
  await again.getByRole('button', { name: 'Import 50 accounts' }).click()
  await expect(again.getByRole('heading', { name: '50 accounts were imported' })).toBeVisible(LONG)
  await again.getByRole('button', { name: 'Choose another file' }).click()
  await again.getByLabel('CSV file').setInputFiles(path)
  await expect(view).toContainText('every account already matches this file', LONG)
  await expect(view).not.toContainText('already processed')
  forgive(complaints, /ERR_FAILED/)
})

test('an import continues after a failure and counts what was done', async ({
  page,
  request,
  complaints,
}) => {
  test.setTimeout(180_000)
  await asStaff(page, request)
  const id = randomUUID().slice(0, 8)
  const rows = Array.from(
    { length: 220 },
    (_, row) => `K-${id}-${row};Customer ${row};Support;1.1.2026;31.12.2099\n`,
  )
  await page.goto(`/de${IMPORT}?account=${VENDOR}`)
  await shows(page, 'Konten importieren')
  const file = {
    name: 'konten.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Nummer;Name;Servicevertrag;Erster Tag;Letzter Tag\n${rows.join('')}`),
  }
  await page.getByLabel('CSV-Datei').setInputFiles(file)
  await expect(page.getByRole('button', { name: '220 Konten importieren' })).toBeVisible(LONG)
  let asked = 0
  await page.route('**/api/accounts/import', async (route) => {
    asked += 1
    if (asked !== 2) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await page.getByRole('button', { name: '220 Konten importieren' }).click()
  await expect(page.locator('#view')).toContainText('100 von 220 Konten importiert', LONG)
  await page.getByRole('button', { name: 'Weiter' }).click()
  await expect(page.getByRole('heading', { name: '220 Konten wurden importiert' })).toBeVisible(
    LONG,
  )
  forgive(complaints, /ERR_FAILED/)
})

test('a hundred thousand rows need little memory, and the page stays responsive', async ({
  page,
  request,
}) => {
  test.setTimeout(600_000)
  await asStaff(page, request)
  await page.route('**/api/accounts/import', async (route) => {
    const { dry_run, rows } = route.request().postDataJSON() as {
      dry_run: boolean
      rows: { external_id: string }[]
    }
    const results = rows.map(({ external_id }) =>
      Number(external_id.slice(2)) % 10
        ? { outcome: 'created', account: dry_run ? null : VENDOR, kind: 'customer' }
        : {
            outcome: 'invalid',
            errors: [{ field: 'plan', code: 'missing', reason: 'must be given' }],
          },
    )
    await route.fulfill({ json: { results } })
  })
  await page.goto(`${IMPORT}?account=${VENDOR}`)
  await shows(page, 'Import accounts')
  const rows = Array.from(
    { length: 100_000 },
    (_, row) =>
      `K-${row},Customer number ${row} of the world Ltd,customer,,` +
      'Support,2026-01-01,2099-12-31,Europe/Berlin,' +
      `office@customer.example,+49 30 ${row},https://customer.example,Planner:10; Ledger\n`,
  )
  const path = test.info().outputPath('books.csv')
  const { writeFile, stat } = await import('node:fs/promises')
  await writeFile(
    path,
    'external_id,name,kind,partner,plan,starts_on,ends_on,time_zone,' +
      `email,phone,website,licences\n${rows.join('')}`,
  )
  const client = await page.context().newCDPSession(page)
  const heap = async () => {
    await client.send('HeapProfiler.collectGarbage')
    const { usedSize } = await client.send('Runtime.getHeapUsage')
    return Math.round(usedSize / 1e5) / 10
  }
  // Records the longest time for which the page did not respond.
  await page.evaluate(() => {
    const found = { longest: 0, last: performance.now() }
    Object.assign(globalThis, { found })
    setInterval(() => {
      const now = performance.now()
      found.longest = Math.max(found.longest, now - found.last - 20)
      found.last = now
    }, 20)
  })
  const before = await heap()
  const began = Date.now()
  await page.getByLabel('CSV file').setInputFiles(path)
  await expect(page.getByRole('progressbar')).toBeVisible({ timeout: 60_000 })
  const during = await heap()
  await expect(page.getByRole('button', { name: 'Import 90,000 accounts' })).toBeVisible({
    timeout: 500_000,
  })
  const tried = Date.now() - began
  await expect(page.locator('#view')).toContainText('10,000 rows have errors')
  await expect(page.locator('#view')).toContainText('And 9,800 rows more')
  const after = await heap()
  const longest = await page.evaluate(() =>
    Math.round((globalThis as unknown as { found: { longest: number } }).found.longest),
  )
  const { size } = await stat(path)
  const result = await saved(page, 'Download the preview')
  expect(result.split('\r\n').length).toBe(100_002)
  const figures = [
    `${Math.round(size / 1e5) / 10} MB, preview in ${tried} ms`,
    `heap ${before} MB before, ${during} during, ${after} after`,
    `unresponsive for at most ${longest} ms`,
  ].join('; ')
  test.info().annotations.push({ type: 'figures', description: figures })
  console.log(figures)
  // The file has 17 MB; as text in memory it would take twice that.
  expect(Math.max(during, after) - before).toBeLessThan(8)
  expect(longest).toBeLessThan(1000)
})

test('only staff can import accounts', async ({ page, request }) => {
  const pat = person('Pat Partner')
  const { account } = await invoke(request, 'CreateAccount', {
    body: { name: 'Lake Partners', kind: 'partner', first_professional: pat },
  })
  await enter(page, pat)
  await page.goto(`/customers/?account=${account}`)
  await shows(page, 'Customers')
  await expect(page.getByRole('link', { name: 'Import accounts' })).toHaveCount(0)
  await page.goto(`${IMPORT}?account=${account}`)
  await expect(page.locator('#view')).toContainText('Only the vendor’s staff can import accounts.')
})
