/** Several tabs of one browser in which somebody signs in at the same time. */
import { expect, type Page, type Person, person, test } from './portal.ts'

/** Opens the provider's page on the way back to `path`. */
async function begin(page: Page, path: string): Promise<void> {
  await page.goto(`/sign-in/?return=${encodeURIComponent(path)}`)
  await page.getByRole('link', { name: /^Continue with / }).click()
  await expect(page.getByLabel('E-mail')).toBeVisible()
}

/** Signs in on the provider's page. */
async function finish(page: Page, { name, email }: Person): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

test('each tab comes back to its own page, and going back there leads to it again', async ({
  page,
  context,
}) => {
  const who = person('Tess Tabs')
  const second = await context.newPage()
  await begin(page, '/help/')
  await begin(second, '/library/')
  const pending = (await context.cookies()).filter(({ name }) => name.startsWith('__Host-sign-in-'))
  expect(pending).toHaveLength(2)
  expect(
    pending.every(({ httpOnly, secure, sameSite }) => httpOnly && secure && sameSite === 'Lax'),
  ).toBe(true)

  await finish(second, who)
  await expect(second).toHaveURL(/\/library\/$/)
  const callback = page.waitForRequest(/\/api\/sign-in\/callback\/local\?/)
  await finish(page, who)
  await expect(page).toHaveURL(/\/help\/$/)
  await expect(page.getByRole('button', { name: who.email })).toBeVisible()
  // What is left of the sign-ins holds no secret of them.
  const left = (await context.cookies()).filter(({ name }) => name.startsWith('__Host-sign-in-'))
  expect(left.map(({ value }) => value.split('.')[1])).toEqual(['done', 'done'])

  await page.goto((await callback).url())
  await expect(page).toHaveURL(/\/help\/$/)
})
