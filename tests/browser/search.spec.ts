/** The search: as you type, by keyboard, and when it fails. */
import { expect, forgive, type Page, test } from './portal.ts'

const status = (page: Page) => page.locator('#find-status')
const results = (page: Page) => page.locator('.result')
const box = (page: Page) => page.getByLabel('Search the portal')

test('results appear as you type, with words marked, and the address keeps the query', async ({
  page,
}) => {
  await page.goto('/search/')
  await expect(box(page)).toBeFocused()
  await expect(page.getByRole('navigation', { name: 'Or browse the library' })).toBeVisible()
  await page.keyboard.type('direct deb')
  await expect(status(page)).toHaveText(/^\d+ pages? found for “direct deb”$/)
  await expect(page.getByRole('navigation', { name: 'Or browse the library' })).toBeHidden()
  await expect(results(page).first().locator('mark').first()).toHaveText(/^(direct|deb)/i)
  await expect(page).toHaveURL('/search/?q=direct+deb')
  await expect(page).toHaveTitle(/^direct deb – Search/)
  await results(page).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/direct debit/i)
})

test('arrow keys move through the results, Enter opens one, Escape clears', async ({ page }) => {
  await page.goto('/search/')
  await page.keyboard.type('ledger')
  const links = results(page).getByRole('link')
  await expect(links.nth(1)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(links.nth(0)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(links.nth(1)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(box(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(box(page)).toHaveValue('')
  await expect(status(page)).toBeEmpty()
  await expect(page).toHaveURL('/search/')

  await page.keyboard.type('backup')
  await page.keyboard.press('Enter')
  await expect(links.nth(0)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/library\//)
  await page.goBack()
  await expect(box(page)).toHaveValue('backup')
  await expect(links.nth(0)).toBeVisible()
})

test('many results are shown in steps', async ({ page }) => {
  await page.goto('/search/?q=the')
  await expect(results(page)).toHaveCount(20)
  await page.getByRole('button', { name: /^Show \d+ more$/ }).click()
  await expect(results(page).nth(20).getByRole('link')).toBeFocused()
})

test('typed markup is only text', async ({ page }) => {
  const hostile = '<img src=x onerror="document.title=1">&"\'</script>'
  await page.goto(`/search/?q=${encodeURIComponent(hostile)}`)
  await expect(status(page)).toContainText(
    /^(Nothing found for|No page contains all|\d+ pages? found)/,
  )
  await expect(box(page)).toHaveValue(hostile)
  await expect(page.locator('main img')).toHaveCount(0)
  await page.goto(`/search/?q=${'('.repeat(300)}`)
  await expect(status(page)).toContainText('Nothing found for')
})

test('no results give advice, and partial matches say so', async ({ page }) => {
  await page.goto('/search/?q=qqxxyyzz')
  await expect(status(page)).toHaveText('Nothing found for “qqxxyyzz”')
  await expect(page.getByText('Check the spelling')).toBeVisible()
  await box(page).fill('backup qqxxyyzz')
  await expect(status(page)).toHaveText(
    'No page contains all of these words. These contain some of them:',
  )
  await expect(results(page).first()).toBeVisible()
})

test('a search that fails to load says so and can be retried', async ({ page, complaints }) => {
  await page.route('**/search_index.*', (route) => route.abort())
  await page.goto('/search/?q=backup')
  await expect(status(page)).toHaveText('We could not load the search. You may be offline.')
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(results(page).first()).toBeVisible()
  await expect(box(page)).toBeFocused()
  forgive(complaints, /ERR_FAILED/)
})

test('a query typed while the index loads is searched', async ({ page }) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/search_index.*', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/search/?q=backup')
  await expect(status(page)).toHaveText('Loading search …')
  await box(page).fill('restore')
  await expect(page).toHaveURL('/search/?q=restore')
  release()
  await expect(status(page)).toHaveText(/found for “restore”$/)
})

test('the library’s form searches, in German too', async ({ page }) => {
  await page.goto('/de/library/')
  await page.getByRole('search').getByRole('searchbox').fill('Lastschrift')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/de/search/?q=Lastschrift')
  await expect(status(page)).toContainText('„Lastschrift“')
  for (const address of await results(page)
    .getByRole('link')
    .evaluateAll((links) => links.map((one) => one.getAttribute('href')))) {
    expect(address).toMatch(/^\/de\//)
  }
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('the search leads to the library', async ({ page }) => {
    await page.goto('/search/?q=backup')
    await page.locator('noscript a').click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library')
  })
})
