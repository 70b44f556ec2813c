/** Hostile input and failing servers must leave every page readable and safe. */
import {
  type Account,
  enter,
  expect,
  forgive,
  invite,
  newAccount,
  type Page,
  person,
  shows,
  test,
} from './portal.ts'

const WIDTHS = [390, 1280]
const LONG =
  'Maximiliana-Theodora-Wilhelmina-Konstantina-von-und-zu-' +
  'Hohenlohe-Waldenburg-Schillingsfuerst-Ostheim'
const WIDE = 'W'.repeat(100)
const ARABIC = 'عبد الرحمن بن محمد الأندلسي'
const HEBREW = 'יהונתן בן־שלום (Yoni)'

let account: Account

test.beforeEach(async ({ page, request }) => {
  account = await newAccount(request, {
    name: `Käserei & Söhne ${'Überlandtransportgesellschaft'.repeat(4)}`.slice(0, 150),
  })
  await enter(page, account.administrator)
})

test('long and right-to-left names do not break any page', async ({ page, request }) => {
  test.slow()
  const ids: string[] = []
  for (const name of [LONG, WIDE, ARABIC, HEBREW]) {
    const { email } = person('someone')
    ids.push(
      await invite(
        request,
        account,
        { name, email: `${'x'.repeat(45)}.${email}` },
        { title: name, send_invitation: false },
      ),
    )
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(`/people/?account=${account.id}`)
    await expect(page.getByRole('rowheader')).toHaveCount(5)
    for (const name of [LONG, WIDE, ARABIC, HEBREW])
      await expect(page.getByRole('link', { name, exact: true })).toBeVisible()
    await expectNoOverflow(page)
    for (const professional of ids) {
      for (const path of ['/people/profile/', '/people/edit/']) {
        await page.goto(`${path}?account=${account.id}&professional=${professional}`)
        await expect(page.locator('#view')).not.toHaveAttribute('aria-busy')
        await expectNoOverflow(page)
      }
    }
    await page.goto(`/people/profile/?account=${account.id}&professional=${ids[2]}`)
    await page.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('dialog')).toContainText(ARABIC)
    await expectNoOverflow(page)
  }
  const direction = await page
    .locator('dd bdi')
    .first()
    .evaluate((one) => getComputedStyle(one).direction)
  expect(direction, 'the name runs its own way').toBe('rtl')
})

test('markup in API responses is only text', async ({ page }) => {
  const markup = '<img src=x onerror="document.title=1"><script>alert(1)</script>{{7*7}}'
  await page.route('**/professionals?*', (route) =>
    route.fulfill({ json: { items: [listed(0, markup)], next: null } }),
  )
  await page.route('**/professionals', (route) =>
    route.fulfill({ json: { items: [listed(0, markup)], next: null } }),
  )
  await page.goto(`/people/?account=${account.id}`)
  await expect(page.getByRole('rowheader')).toHaveText(markup)
  await page.getByRole('searchbox').fill(markup)
  await page.route('**/professionals?*', (route) =>
    route.fulfill({ json: { items: [], next: null } }),
  )
  await page.getByRole('searchbox').fill(`${markup}!`)
  await expect(page.locator('#view')).toContainText(`No name starts with “${markup}!”.`)
  expect(await page.locator('#view img, #view script').count()).toBe(0)
  await expectNoOverflow(page)
})

test('markup in a file is only text', async ({ page }) => {
  await page.goto(`/people/import/?account=${account.id}`)
  const markup = '<img src=x onerror=alert(1)>'
  const text =
    `name,email,${markup}\n${markup},${markup},x\n` +
    `=HYPERLINK("http://evil.example"),${'y'.repeat(3000)},x\n${ARABIC},,x\n`
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: `${markup}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await expect(page.getByRole('table', { name: 'Rows with errors' }).getByRole('row')).toHaveCount(
    4,
  )
  await expect(page.locator('#view')).toContainText(`Ignored columns: ${markup}`)
  expect(await page.locator('#view img').count()).toBe(0)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    await expectNoOverflow(page)
  }
})

test('a list of ten thousand people is paged forwards and back', async ({ page }) => {
  await serveMany(page, 10_000)
  await page.goto(`/people/?account=${account.id}`)
  const rows = page.getByRole('rowheader')
  await expect(rows).toHaveCount(50)
  for (let part = 2; part <= 6; part += 1) {
    await page.getByRole('link', { name: 'Next' }).click()
    await expect(page.locator('.list-count')).toHaveText(`People ${part * 50 - 49} to ${part * 50}`)
  }
  await expect(rows.first()).toHaveText('Member 00250')
  await page.getByRole('link', { name: 'Previous' }).click()
  await expect(rows.first()).toHaveText('Member 00200')
  await page.reload()
  await expect(page.locator('.list-count'), 'the place outlives a reload').toHaveText(
    'People 201 to 250',
  )
  await page.getByRole('link', { name: 'Previous' }).click()
  await expect(rows.first()).toHaveText('Member 00150')
  await page.goto(`/people/?account=${account.id}&after=9950`)
  await expect(rows.last()).toHaveText('Member 09999')
  await expect(page.getByRole('link', { name: 'Next' })).toBeHidden()
  await page.getByRole('link', { name: 'First page' }).click()
  await expect(rows.first()).toHaveText('Member 00000')
})

test('a late response moves nothing on the page', async ({ page }) => {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          shifts.push((entry as PerformanceEntry & { value: number }).value)
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await delay(page, 700)
    await page.goto(`/people/?account=${account.id}`)
    await expect(page.locator('.list-skeleton, .skeleton').first()).toBeVisible()
    await expect(page.getByRole('rowheader')).toHaveCount(1)
    const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
    // Web Vitals call up to 0.1 good; here nothing may move.
    expect(
      shifts.reduce((sum, one) => sum + one, 0),
      `shifts at ${width}: ${shifts.join(' ')}`,
    ).toBeLessThan(0.02)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  }
})

test('typing continues while a slow server searches', async ({ page, request }) => {
  await invite(request, account, person('Ben Novak'), { send_invitation: false })
  await page.goto(`/people/?account=${account.id}`)
  await expect(page.getByRole('rowheader')).toHaveCount(2)
  await delay(page, 500)
  const search = page.getByRole('searchbox')
  await search.pressSequentially('ben', { delay: 260 })
  await expect(page.getByRole('rowheader'), 'the old rows stay meanwhile').toHaveCount(2)
  await expect(page.getByRole('rowheader')).toHaveText(['Ben Novak'])
  await expect(search).toHaveValue('ben')
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

for (const [what, answer] of Object.entries({
  'no answer': null,
  'a page of something in between': {
    status: 200,
    contentType: 'text/html',
    body: '<html><h1>Log in to the Wi-Fi</h1></html>',
  },
  'a gateway that has timed out': { status: 504, json: { message: 'Endpoint request timed out' } },
  'an answer in an unknown shape': { status: 500, json: [1, 2, 3] },
})) {
  test(`${what} midway is explained, and the page continues`, async ({
    page,
    request,
    complaints,
  }) => {
    const professional = await invite(request, account, person('Ben Novak'))
    const pages = [
      `/people/?account=${account.id}`,
      `/people/profile/?account=${account.id}&professional=${professional}`,
    ]
    for (const address of pages) {
      let fails = true
      await page.route(/\/api\/accounts\/.*professionals/, (route) => {
        if (!fails) return route.continue()
        return answer ? route.fulfill(answer) : route.abort()
      })
      await page.goto(address)
      const retry = page.getByRole('button', { name: 'Try again' })
      await expect(retry).toBeVisible()
      await expectNoOverflow(page)
      fails = false
      await retry.click()
      await expect(page.locator('#view')).toContainText('Ben Novak')
      await page.unrouteAll({ behavior: 'ignoreErrors' })
    }
    if (!answer || answer.status >= 500) forgive(complaints, /ERR_FAILED|status of 50\d/)
  })
}

test('a profile that cannot be saved keeps everything typed', async ({ page, complaints }) => {
  await page.goto(`/people/add/?account=${account.id}`)
  const { name, email } = person('Ben Novak')
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail', { exact: true }).fill(email)
  await page.getByLabel('Job title').fill(ARABIC)
  await page.route('**/professionals', (route) => route.abort())
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('#alert')).toContainText('can’t reach the portal')
  await expect(page.getByLabel('Name')).toHaveValue(name)
  await expect(page.getByLabel('Job title')).toHaveValue(ARABIC)
  await page.unroute('**/professionals')
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(page, name)
  forgive(complaints, /ERR_FAILED/)
})

/** Checks that nothing overflows the page sideways. */
async function expectNoOverflow(page: Page): Promise<void> {
  const { wide, culprits } = await page.evaluate(() => {
    const room = document.documentElement.clientWidth
    const outside = [...document.querySelectorAll('body *')].filter((one) => {
      const { right, width } = one.getBoundingClientRect()
      return width > 1 && right > room + 1
    })
    return {
      wide: document.documentElement.scrollWidth - room,
      culprits: outside.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)),
    }
  })
  expect(
    wide,
    `${page.url()} at ${page.viewportSize()?.width}: ${culprits.join(' | ')}`,
  ).toBeLessThanOrEqual(0)
}

/** Delays every response of the API, in milliseconds. */
async function delay(page: Page, time: number): Promise<void> {
  await page.route('**/api/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, time))
    await route.continue().catch(() => {})
  })
}

/** Mocks a list of `count` people. */
async function serveMany(page: Page, count: number): Promise<void> {
  await page.route(/\/professionals(\?|$)/, (route) => {
    const after = Number(new URL(route.request().url()).searchParams.get('after') ?? 0)
    const items = Array.from({ length: Math.min(50, count - after) }, (_, index) =>
      listed(after + index, `Member ${String(after + index).padStart(5, '0')}`),
    )
    return route.fulfill({ json: { items, next: after + 50 < count ? String(after + 50) : null } })
  })
}

function listed(index: number, name: string): object {
  return {
    professional: `01J${String(index).padStart(23, '0')}`,
    account: account.id,
    name,
    email: `member${index}@people.example`,
    pending_email: null,
    title: null,
    phone: null,
    language: 'en',
    ends_on: null,
    roles: index % 7 ? [] : ['administrator', 'billing_contact', 'shipping_contact'],
    state: 'delivered',
    invitation: null,
    identity: null,
    last_sign_in: null,
  }
}
