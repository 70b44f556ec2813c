/** Nothing jumps while a page loads: not when the API is quick, nor when it takes a second. */
import { enter, expect, invite, newAccount, type Page, person, test } from './portal.ts'
import { settles } from './site.ts'

/** The most that anything may shift, as browsers measure it. Theirs calls 0.1 good: https://web.dev/articles/cls. */
const MOST = 0.02

for (const { speed, wait } of [
  { speed: 'a quick API', wait: 0 },
  { speed: 'an API that takes a second', wait: 1000 },
]) {
  for (const width of [390, 1280]) {
    test(`with ${speed}, nothing jumps at ${width} pixels`, async ({
      page,
      request,
      anotherBrowser,
    }) => {
      test.slow()
      const account = await newAccount(request)
      const professional = await invite(request, account, person('Ben Novak'))
      await enter(page, account.administrator)
      const of = `?account=${account.id}`
      await shiftsLittle(page, width, wait, [
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
      await shiftsLittle(await anotherBrowser(), width, wait, [
        '/',
        '/sign-in/',
        '/search/',
        '/de/',
        `/people/${of}`,
      ])
    })
  }
}

async function shiftsLittle(
  page: Page,
  width: number,
  wait: number,
  addresses: string[],
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
    // What was drawn last has to be laid out before it can have moved anything.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    )
    const { shift, moved } = await page.evaluate(
      () => (globalThis as unknown as { found: { shift: number; moved: string[] } }).found,
    )
    expect.soft(shift, `${address} at ${width}: ${moved.join(', ')}`).toBeLessThan(MOST)
  }
}
