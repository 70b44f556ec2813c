/** The library: its sections, its products and versions, its downloads and its feeds. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from './portal.ts'
import { builtFiles, builtPages } from './site.ts'

/** Chapters and community pages have no date: they follow those that have one. */
const UNDATED = ''

const SECTIONS = [
  'Product updates',
  'Hotfixes',
  'News',
  'Knowledge base',
  'Documentation',
  'Training and events',
  'Newsletters',
  'Community',
]

test('every section is one step from the library, and links back', async ({ page }) => {
  for (const section of SECTIONS) {
    await page.goto('/library/')
    await page.locator('main').getByRole('link', { name: section, exact: true }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(section)
    await page
      .getByRole('navigation', { name: 'You are here' })
      .getByRole('link', { name: 'Library' })
      .click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library')
  }
})

test('a product lists its articles, newest first', async ({ page, request }) => {
  await page.goto('/library/')
  await page.locator('main').getByRole('link', { name: 'Ledger', exact: true }).first().click()
  await expect(page).toHaveURL('/library/product/ledger/')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ledger')
  const about = builtPages().filter(
    ({ path, html }) =>
      path.startsWith('/library/') &&
      html.includes('<article') &&
      html.includes('href="/library/product/ledger/"'),
  )
  expect(about.length).toBeGreaterThan(5)
  const addresses = new Set(about.map(({ path }) => path))
  const listed = await page
    .locator('main a')
    .evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? ''))
  const shown = listed.filter((address) => addresses.has(address))
  expect([...shown].sort()).toEqual([...addresses].sort())
  // The page shows the day of an event, the feed the day of its announcement.
  const feed = await (await request.get('/library/product/ledger/atom.xml')).text()
  const published = new Map(
    [...feed.matchAll(/<id>([^<]+)<\/id>\s*<published>([^<]+)</g)].map(
      ([, address = '', day = '']) => [address, day],
    ),
  )
  expect(published.size).toBeGreaterThan(5)
  const days = shown.map((address) => published.get(address) ?? UNDATED)
  expect(days).toEqual([...days].sort().reverse())
})

test('a download matches the checksum on its page', async ({ page }) => {
  const pages = builtPages().filter(({ html }) => html.includes('class="download"'))
  expect(pages.length).toBeGreaterThan(4)
  for (const { path } of pages) {
    await page.goto(path)
    for (const download of await page.locator('.download').all()) {
      const started = page.waitForEvent('download')
      await download.getByRole('link').click()
      const file = await readFile((await (await started).path())!)
      expect(await download.locator('code').textContent(), path).toBe(
        createHash('sha256').update(file).digest('hex'),
      )
      await expect(download).toContainText(new RegExp(`\\b${file.length} bytes?\\b`, 'i'))
    }
  }
})

test('the feeds are well-formed and list the same as their pages', async ({ page, request }) => {
  const feeds = builtFiles('atom.xml')
  expect(feeds.length).toBeGreaterThan(20)
  // Parsing needs a page without the site's content security policy.
  for (const feed of feeds) {
    const response = await request.get(feed)
    expect(response.headers()['content-type'], feed).toMatch(/xml/)
    const read = await page.evaluate(
      (text) => {
        const { documentElement: root } = new DOMParser().parseFromString(text, 'application/xml')
        const entries = [...root.querySelectorAll('entry')]
        return {
          root: root.nodeName,
          language: root.getAttribute('xml:lang'),
          entries: entries.map((entry) => entry.querySelector('link')?.getAttribute('href') ?? ''),
          incomplete: entries.filter((entry) =>
            ['title', 'id', 'updated', 'summary'].some(
              (name) => !entry.querySelector(name)?.textContent,
            ),
          ).length,
        }
      },
      await response.text(),
    )
    expect(read, feed).toMatchObject({
      root: 'feed',
      language: feed.startsWith('/de/') ? 'de' : 'en',
      incomplete: 0,
    })
    expect(read.entries.length, feed).toBeGreaterThan(0)
    const list = await (await request.get(feed.replace('atom.xml', ''))).text()
    for (const address of read.entries)
      expect(address, feed).toMatch(feed.startsWith('/de/') ? /^\/de\/library\/./ : /^\/library\/./)
    if (!/library\/atom\.xml$/.test(feed))
      for (const address of read.entries) expect(list, feed).toContain(`href="${address}"`)
  }
})

test('a section links its feed, and a book its chapters', async ({ page }) => {
  await page.goto('/library/hotfixes/')
  await expect(page.locator('link[type="application/atom+xml"]').first()).toHaveAttribute(
    'href',
    /^\/library\/.*atom\.xml$/,
  )
  await page.goto('/library/documentation/ledger-administration/')
  await page.locator('main').getByRole('link', { name: 'Install and update' }).first().click()
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toContainText(/install/i)
  const first = await heading.textContent()
  await page.locator('.turn .turn-on').click()
  await expect(heading).not.toHaveText(first!)
  await expect(page.locator('.book-chapters [aria-current]')).toHaveText(
    (await heading.textContent())!.trim(),
  )
})
