/** All pages: no dead link, no foreign scripts, light to load, usable with the keyboard. */

import { posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Locator } from '@playwright/test'
import {
  accept,
  enter,
  expect,
  INVITATION,
  invite,
  link,
  newAccount,
  newestMail,
  type Page,
  person,
  shows,
  signIn,
  test,
} from './portal.ts'
import {
  type Built,
  builtBytes,
  builtFile,
  builtFiles,
  builtPages,
  isInterface,
  settles,
} from './site.ts'

/** Elements and links for which a browser contacts a host. */
const ELEMENTS = /<(?:script|img|iframe|source|video|audio|object|embed)\b[^>]*>/g
const LINKS =
  /<link\b[^>]*rel="(?:stylesheet|icon|preload|modulepreload|preconnect|dns-prefetch)"[^>]*>/g

/** Limit for a page's first load, compressed, with its typeface but no images, in bytes. */
const MAX_BYTES = 80_000

test('every address in the built pages and feeds exists, with its fragment', async ({
  request,
}) => {
  test.slow()
  const answers = new Map<string, Promise<{ status: number; body: string }>>()
  const get = (address: string) => {
    const found = answers.get(address)
    if (found) return found
    const answer = request
      .get(address)
      .then(async (response) => ({ status: response.status(), body: await response.text() }))
    answers.set(address, answer)
    return answer
  }
  const dead: string[] = []
  const pages = builtPages()
  expect(pages.length).toBeGreaterThan(160)
  for (const { path, html } of [...pages, { path: '/404.html', html: builtFile('/404.html') }]) {
    for (const address of new Set(addresses(html))) {
      const url = new URL(address, `http://site${path}`)
      if (url.host !== 'site') continue
      // Pages filled by a script have their targets only afterwards.
      const { status, body } = await get(url.pathname)
      const part = decodeURIComponent(url.hash.slice(1))
      if (status !== 200 || (part && !body.includes(`id="${part}"`)))
        dead.push(`${path} leads to ${address}`)
    }
  }
  for (const file of [...builtFiles('.xml'), ...builtFiles('.txt')]) {
    const { body } = await get(file)
    for (const [, address = ''] of body.matchAll(/(?:<loc>|<id>|href="|Sitemap: )([^"<\s]+)/g)) {
      const { status } = await get(new URL(address, 'http://site').pathname)
      if (status !== 200) dead.push(`${file} leads to ${address}`)
    }
  }
  expect(dead).toEqual([])
  expect(
    [...answers.keys()].filter((path) => path.endsWith('/atom.xml')).length,
    'feeds',
  ).toBeGreaterThan(10)
  expect(
    [...answers.keys()].filter((path) => path.includes('/files/')).length,
    'downloads',
  ).toBeGreaterThan(3)
})

for (const { language, root } of [
  { language: 'English', root: '' },
  { language: 'German', root: '/de' },
]) {
  test(`every ${language} link of the interface leads to a page, signed out and signed in`, async ({
    page,
    request,
    anotherBrowser,
  }) => {
    // Every page several times, beside other tests.
    test.setTimeout(360_000)
    const screens = builtPages().filter(
      (one) => isInterface(one) && one.path.startsWith('/de/') === (root !== ''),
    )
    await walk(
      page,
      screens.map(({ path }) => path),
    )

    const partner = await newAccount(request, { name: 'Northwind Advisors', kind: 'partner' })
    const account = await newAccount(request, { partner: partner.id })
    const colleague = person('Ben Novak')
    await invite(request, account, colleague)
    await enter(page, account.administrator)
    const walked = await walk(page, [`${root}/accounts/`, `${root}/people/?account=${account.id}`])
    for (const path of ['add/', 'edit/', 'import/', 'profile/']
      .map((name) => `/people/${name}`)
      .concat('/account/', '/activity/', '/profile/')) {
      expect(
        walked.some((address) => address.startsWith(root + path)),
        `a link to ${path}`,
      ).toBe(true)
    }
    const partners = await anotherBrowser()
    await enter(partners, partner.administrator)
    const theirs = await walk(partners, [`${root}/customers/?account=${partner.id}`])
    expect(theirs, 'a link to a customer').toContain(`${root}/people/?account=${account.id}`)
  })
}

test('accepting an invitation and adding a colleague work by keyboard alone', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  await page.goto(link(await newestMail(request, account.administrator.email, INVITATION)))
  await shows(page, 'Accept your invitation')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('link', { name: 'Sign in to continue' }))
  await press(page, page.getByRole('link', { name: 'Continue with' }))
  await page.getByLabel('E-mail').waitFor()
  await page.keyboard.type(account.administrator.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(account.administrator.name)
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('button', { name: 'Accept invitation' }))
  await shows(page, 'Your profile is linked')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await press(page, page.getByRole('link', { name: 'Open the portal' }))

  const colleague = person('Ben Novak')
  await press(page, page.getByRole('link', { name: 'Add new professional' }))
  await tabTo(page, page.getByLabel('Name'))
  await page.keyboard.type(colleague.name)
  await tabTo(page, page.getByLabel('E-mail', { exact: true }))
  await page.keyboard.type(colleague.email)
  await page.keyboard.press('Enter')
  await shows(page, colleague.name)
  await press(page, page.getByRole('button', { name: 'Delete' }))
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Cancel' }))
  await expect(page.getByRole('button', { name: 'Delete' })).toBeFocused()
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Delete' }))
  await shows(page, 'People')
  await expect(page.getByRole('rowheader')).toHaveText(['Ada Holm'])
  await press(page, page.locator('#toasts').getByRole('button', { name: 'Undo' }))
  await expect(page.getByRole('rowheader')).toHaveText(['Ada Holm', colleague.name])

  const menu = page.getByRole('button', { name: account.administrator.email })
  await press(page, menu)
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('button', { name: 'Sign out' }))
  await shows(page, 'You are signed out')
})

test('switching accounts and finding an article work by keyboard alone', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  const second = await newAccount(request, {
    name: 'Lake Dairy',
    first_professional: account.administrator,
  })
  await signIn(page, account.administrator)
  for (const name of ['Harbour Foods', 'Lake Dairy']) {
    await accept(
      page,
      await newestMail(
        request,
        account.administrator.email,
        new RegExp(`has invited you .*${name}$`),
      ),
    )
  }
  await page.goto(`/activity/?account=${account.id}`)
  await shows(page, 'Activity')
  await press(page, page.getByRole('button', { name: 'Switch account' }))
  await press(page, page.getByRole('link', { name: 'Lake Dairy' }))
  await expect(page).toHaveURL(`/activity/?account=${second.id}`)
  await expect(page.getByRole('button', { name: 'Lake Dairy – Switch account' })).toBeVisible()

  await press(page, page.getByRole('link', { name: 'Search', exact: true }))
  await expect(page.getByLabel('Search the portal')).toBeFocused()
  await page.keyboard.type('backup')
  await page.locator('.result').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/back.?up/i)
  expect(new URL(page.url()).pathname).toMatch(/^\/library\//)
})

test('every page forbids foreign scripts, styles and frames', async ({ request }) => {
  for (const address of [
    ...builtPages().map(({ path }) => path),
    '/no-such-page/',
    '/de/no-such-page/',
  ]) {
    const policy = (await request.get(address)).headers()['content-security-policy']
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy, address).toContain(rule)
    }
    expect(policy, address).not.toContain('unsafe')
  }
})

test('no page loads from another host or has inline scripts or styles', () => {
  for (const { path, html } of builtPages()) {
    const loads = [...html.matchAll(ELEMENTS), ...html.matchAll(LINKS)]
    for (const [tag] of loads)
      expect(tag, path).not.toMatch(/(?:src|href|srcset|data)="(?:[a-z]+:)?\/\//)
    expect(html, path).not.toMatch(/<script(?![^>]*\bsrc=)|<style\b|\sstyle="|\son[a-z]+="/)
  }
  for (const file of builtFiles('.css'))
    expect(builtFile(file), file).not.toMatch(/url\(["']?(?:[a-z]+:)?\/\/|@import/)
})

test('no request goes to another host, signed out or signed in', async ({
  page,
  request,
  context,
  baseURL,
}) => {
  const account = await newAccount(request)
  const hosts = new Set<string>()
  await enter(page, account.administrator)
  context.on('request', (one) => hosts.add(new URL(one.url()).origin))
  for (const address of [
    '/',
    '/sign-in/',
    '/search/?q=backup',
    '/library/',
    `/people/?account=${account.id}`,
    `/people/import/?account=${account.id}`,
  ]) {
    await page.goto(address)
    await settles(page)
  }
  expect([...hosts]).toEqual([new URL(baseURL!).origin])
})

test('the first load of every page is light', () => {
  const weighed = builtPages().map((one) => ({
    path: one.path,
    bytes: firstLoad(one).reduce((sum, path) => sum + weight(path), gzipSync(one.html).length),
  }))
  expect(weighed.filter(({ bytes }) => bytes > MAX_BYTES)).toEqual([])
  const [heaviest] = weighed.sort((a, b) => b.bytes - a.bytes)
  test.info().annotations.push({
    type: 'heaviest',
    description: `${heaviest?.path}: ${heaviest?.bytes} bytes`,
  })
})

test('a page loads the expected files, and the search its index only when used', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  const built = new Map(builtPages().map((one) => [one.path, one]))
  for (const address of [
    '/',
    '/de/',
    '/sign-in/',
    '/search/',
    '/library/knowledge-base/kb-2041/',
    `/people/?account=${account.id}`,
    `/people/import/?account=${account.id}`,
  ]) {
    const asked: string[] = []
    const note = (one: { url(): string; resourceType(): string }) => {
      if (!['document', 'image'].includes(one.resourceType()))
        asked.push(new URL(one.url()).pathname)
    }
    page.on('request', note)
    await page.goto(address)
    await settles(page)
    page.off('request', note)
    const weighed = firstLoad(built.get(new URL(address, 'http://site').pathname)!)
    expect(asked.filter((path) => !path.startsWith('/api/')).sort(), address).toEqual(
      weighed.sort(),
    )
  }
  await page.goto('/search/')
  const index = page.waitForRequest('**/search_index.en.json')
  await page.getByLabel('Search the portal').fill('backup')
  await index
})

/** Returns a file's transfer size, in bytes. Fonts are compressed already. */
function weight(path: string): number {
  const bytes = builtBytes(path)
  return path.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length
}

/**
 * Returns the files of a page's first load except images: typeface, styles, and scripts with their
 * imports.
 */
function firstLoad({ html }: Built): string[] {
  const found = new Set<string>()
  for (const [tag, address = ''] of html.matchAll(
    /<(?:link rel="(?:stylesheet|preload)"|script)[^>]*?\b(?:href|src)="([^"]+)"/g,
  )) {
    const { pathname } = new URL(address, 'http://site')
    if (tag.startsWith('<script')) addModule(pathname, found)
    else found.add(pathname)
  }
  return [...found]
}

function addModule(path: string, found: Set<string>): void {
  if (found.has(path)) return
  found.add(path)
  // Static imports as the bundler writes them; dynamic ones load later.
  for (const [, name = ''] of builtFile(path).matchAll(/\b(?:from|import)\s*"(\.\/[^"]+)"/g))
    addModule(posix.join(posix.dirname(path), name), found)
}

/** Returns all addresses that a page links to, loads or submits to. */
function addresses(html: string): string[] {
  return [...html.matchAll(/\s(?:href|src|action|data-index)="([^"]+)"/g)].map(([, address = '']) =>
    address.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/'),
  )
}

/**
 * Follows all links of the interface from `starts` on, requests all others, and returns every
 * address found.
 */
async function walk(page: Page, starts: string[]): Promise<string[]> {
  const screens = new Set(
    builtPages()
      .filter(isInterface)
      .map(({ path }) => path),
  )
  const met = new Set(starts)
  const waiting = [...starts]
  for (let address = waiting.shift(); address; address = waiting.shift()) {
    const { pathname, hash } = new URL(address, 'http://site')
    if (!screens.has(pathname)) {
      const response = await page.request.get(address)
      expect(response.status(), address).toBe(200)
      if (hash) expect(await response.text(), address).toContain(`id="${hash.slice(1)}"`)
      continue
    }
    await page.goto('about:blank')
    const response = await page.goto(address)
    expect(response?.status(), address).toBe(200)
    await settles(page)
    if (hash) await expect(page.locator(hash), address).toBeAttached()
    const hrefs = await page
      .locator('a[href]')
      .evaluateAll((links) => links.map((one) => (one as HTMLAnchorElement).href))
    const { origin } = new URL(page.url())
    for (const href of hrefs) {
      const found = href.replace(origin, '')
      // The other language is walked by itself.
      const isOther = /^\/de(\/|$)/.test(found) !== /^\/de(\/|$)/.test(address)
      if (!found.startsWith('/') || found.startsWith('/api/') || isOther || met.has(found)) continue
      met.add(found)
      waiting.push(found)
    }
  }
  return [...met]
}

/** Moves to `target` with Tab and presses Enter. */
async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let tabs = 0; tabs < 60; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target, 'reached by the Tab key').toBeFocused()
}
