/** Acts that need another sign-in, and the way through the provider and back. */
import { expect, type Page, type Person } from './portal.ts'

/** What the API can ask for. */
export interface Needed {
  fresh?: boolean
  factors?: boolean
  provider?: string
}

/** Makes the API ask for another sign-in at the next request that matches. */
export async function refuseOnce(
  page: Page,
  method: string,
  path: RegExp,
  needed: Needed = { fresh: true },
): Promise<void> {
  let isRefused = false
  await page.route(path, (route) => {
    if (isRefused || route.request().method() !== method) return route.fallback()
    isRefused = true
    return route.fulfill({
      status: 401,
      contentType: 'application/problem+json',
      json: {
        type: '/problems/step-up-required/',
        title: 'Please confirm that it is you',
        status: 401,
        detail: 'sign in again, then repeat it',
        fresh: false,
        factors: false,
        provider: 'local',
        ...needed,
      },
    })
  })
}

/** Makes the provider ask who it is, although it remembers; notes what the portal asked of it. */
export async function watchSignIns(page: Page): Promise<URLSearchParams[]> {
  const started: URLSearchParams[] = []
  await page.route(/\/api\/sign-in\?/, (route) => {
    const url = new URL(route.request().url())
    started.push(new URLSearchParams(url.search))
    url.searchParams.set('fresh', 'true')
    // The local provider confirms none.
    url.searchParams.delete('factors')
    return route.continue({ url: url.href })
  })
  return started
}

/** Continues from the dialog by keyboard, and signs in at the provider. */
export async function signInAgain(page: Page, { name, email }: Person): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Please confirm that it is you' })
  await expect(dialog.getByRole('heading')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(dialog.getByRole('link', { name: /^Continue with / })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

/** Expects to be back, with nothing sent. */
export async function expectBack(page: Page): Promise<void> {
  await expect(page.locator('#status')).toContainText(
    'You are back, and nothing has been sent yet.',
  )
}
