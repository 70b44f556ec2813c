/** Nothing moves while a page loads, whether the API is fast or takes a second. */
import { enter, expect, invite, newAccount, type Page, person, shows, test } from './portal.ts'
import { builtFile, builtFiles, builtPages, settles } from './site.ts'

/** Limit for layout shift. Browsers call 0.1 good: https://web.dev/articles/cls. */
const MAX_SHIFT = 0.02
/** Limit while the typeface replaces its fallback; with an unscaled fallback it would be 0.1. */
const MAX_SHIFT_LATE = 0.03

for (const { speed, wait } of [
  { speed: 'a quick API', wait: 0 },
  { speed: 'an API that takes a second', wait: 1000 },
]) {
  for (const width of [390, 1280]) {
    test(`with ${speed}, nothing moves at ${width} pixels`, async ({
      page,
      request,
      anotherBrowser,
    }) => {
      test.slow()
      const account = await newAccount(request)
      const professional = await invite(request, account, person('Ben Novak'))
      await enter(page, account.administrator)
      const of = `?account=${account.id}`
      await expectStable(page, width, wait, [
        '/',
        '/library/knowledge-base/kb-2041/',
        '/accounts/',
        `/people/${of}`,
        `/people/profile/${of}&professional=${professional}`,
        `/people/edit/${of}&professional=${professional}`,
        `/account/${of}`,
        `/activity/${of}`,
        `/profile/${of}`,
      ])
      await expectStable(await anotherBrowser(), width, wait, [
        '/',
        '/sign-in/',
        '/search/',
        '/de/',
        `/people/${of}`,
      ])
    })
  }
}

test('a typeface that loads late moves hardly anything on a phone', async ({ page }) => {
  await page.route('**/*.woff2', async (route) => {
    // After the first paint in the fallback font.
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length)
    await new Promise((resume) => setTimeout(resume, 100))
    await route.continue()
  })
  const addresses = ['/', '/de/', '/library/', '/library/knowledge-base/kb-2041/', '/de/help/']
  await expectStable(page, 390, 0, addresses, MAX_SHIFT_LATE)
})

test('letters of other languages load only where needed, in the same typeface', async ({
  page,
  request,
}) => {
  const loaded = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => name.endsWith('.woff2')),
    )
  const lukasz = { ...person('Lukasz Dvorak'), name: 'Łukasz Dvořák' }
  const account = await newAccount(request, { first_professional: lukasz })
  await page.goto('/')
  await settles(page)
  await page.evaluate(() => document.fonts.ready)
  expect(await loaded()).toHaveLength(1)
  await enter(page, lukasz)
  await page.goto(`/people/?account=${account.id}`)
  await shows(page, 'People')
  await page.evaluate(() => document.fonts.ready)
  expect(await loaded()).toHaveLength(2)
  expect(await fontsOf(page, 'main')).toEqual(['Hanken Grotesk'])
})

test('the typeface has every letter that the portal uses', async ({ page }) => {
  const written = builtPages()
    .map(({ html }) => html.replaceAll(/<(pre|code)\b[\s\S]*?<\/\1>/g, ''))
    .concat(builtFiles('.js').map(builtFile))
    .join('')
  const letters = [...new Set(written.match(/[^\s\p{Cc}\p{Cf}]/gu))].sort().join('')
  expect(letters).toContain('ß')
  await page.goto('/')
  await settles(page)
  await page.locator('main').evaluate((main, text) => (main.textContent = text), letters)
  await page.evaluate(() => document.fonts.ready)
  expect(await fontsOf(page, 'main'), letters).toEqual(['Hanken Grotesk'])
})

/** Returns the fonts that an element is drawn in. */
async function fontsOf(page: Page, selector: string): Promise<string[]> {
  const client = await page.context().newCDPSession(page)
  await client.send('DOM.enable')
  await client.send('CSS.enable')
  const { root } = await client.send('DOM.getDocument')
  const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId })
  await client.detach()
  return [...new Set(fonts.map(({ familyName }) => familyName))].sort()
}

async function expectStable(
  page: Page,
  width: number,
  wait: number,
  addresses: string[],
  max = MAX_SHIFT,
): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  await page.addInitScript(() => {
    const found = { shift: 0, moved: [] as string[] }
    Object.assign(globalThis, { found })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number
        sources: { node: Element | null }[]
      })[]) {
        found.shift += entry.value
        found.moved.push(
          ...entry.sources.map(
            ({ node }) => `${node?.nodeName} ${node?.id ?? ''} ${node?.className ?? ''}`,
          ),
        )
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  if (wait) {
    await page.route('/api/**', async (route) => {
      await new Promise((resume) => setTimeout(resume, wait))
      await route.continue()
    })
  }
  for (const address of addresses) {
    await page.goto(address)
    await settles(page)
    await page.evaluate(() => document.fonts.ready)
    // Wait for the layout of the last change.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    )
    const { shift, moved } = await page.evaluate(
      () => (globalThis as unknown as { found: { shift: number; moved: string[] } }).found,
    )
    expect.soft(shift, `${address} at ${width}: ${moved.join(', ')}`).toBeLessThan(max)
  }
}
