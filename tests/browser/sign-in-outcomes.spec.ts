/** How a sign-in can end: each outcome has its sentence, and leads on. */
import { expectAccessible } from './accessibility.ts'
import {
  chooseIdentity,
  expect,
  INVITATION,
  link,
  newAccount,
  newestMail,
  type Page,
  person,
  shows,
  signIn,
  test,
} from './portal.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

/** Each outcome by its name: what the page says in English and in German. */
const SENTENCES: Record<string, [RegExp, RegExp]> = {
  'sign-in-cancelled': [/The sign-in was cancelled/, /wurde abgebrochen/],
  'sign-in-expired': [/The sign-in took too long/, /zu lange gedauert/],
  'sign-in-unknown': [/This browser did not start/, /nicht in diesem Browser begonnen/],
  'sign-in-not-allowed': [/Your organisation has not allowed/, /nicht freigegeben/],
  'provider-unavailable': [/Local sign-in has trouble/, /Local sign-in hat gerade eine Störung/],
  'provider-misconfigured': [/Local sign-in is not set up/, /bei Local sign-in ist nicht richtig/],
  'sign-in-refused': [/We could not accept the answer of Local/, /Antwort von Local sign-in nicht/],
  'same-identity': [/You came back with the same sign-in/, /mit derselben Anmeldung/],
  'factors-missing': [/Local sign-in did not confirm several/, /nicht mehrere Faktoren bestätigt/],
  'sign-in-not-fresh': [/Local sign-in did not ask you/, /hat Sie nicht noch einmal gefragt/],
  'consent-given': [/Your organisation now allows/, /hat das Portal freigegeben/],
  'sign-in-failed': [/Sign-in failed/, /ist fehlgeschlagen/],
}

for (const [language, root, index] of [
  ['English', '', 0],
  ['German', '/de', 1],
] as const)
  test(`every outcome has its sentence and its page in ${language}`, async ({ page }) => {
    for (const [kind, sentences] of Object.entries(SENTENCES)) {
      await page.goto(
        `${root}/sign-in/?problem=${kind}&provider=local&return=${root}/help/&reference=7ZQ4M2XA`,
      )
      const notice = page.locator('#view .notice').first()
      await expect(notice, kind).toHaveText(sentences[index])
      await expect(notice).toHaveRole(kind === 'consent-given' ? 'status' : 'alert')
      const way = page.getByRole('link', { name: /^(Continue with|Weiter mit) / })
      await expect(way).toHaveAttribute('href', /provider=local&return=%2F(de%2F)?help%2F/)
      await notice.getByRole('link', { name: /^(What this means|Was das bedeutet)$/ }).click()
      await expect(page).toHaveURL(new RegExp(`${root}/problems/${kind}/$`))
      await expect(page.locator('h1')).not.toBeEmpty()
    }
  })

test('outcomes with more than a sentence are accessible', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  for (const root of ['', '/de'])
    for (const kind of ['provider-misconfigured', 'consent-given', 'sign-in-not-allowed']) {
      await page.goto(`${root}/sign-in/?problem=${kind}&provider=local&reference=7ZQ4M2XA`)
      await expect(page.locator('#view .notice').first()).toBeVisible()
      await expectAccessible(page, `${root} ${kind}`)
    }
  await page.getByRole('button', { name: 'Nachricht kopieren' }).press('Enter')
  await expect(page.locator('#toasts')).toContainText('Die Nachricht ist kopiert.')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain(new URL(page.url()).origin)
  expect(copied).toBe(await page.getByLabel('Nachricht an Ihre IT-Abteilung').inputValue())
})

/** Starts a sign-in; returns the provider's way back, without its answer. */
async function begin(page: Page, returnTo: string): Promise<URL> {
  const asked = page.waitForRequest((request) => request.url().includes('redirect_uri='))
  await page.goto(`/sign-in/?return=${encodeURIComponent(returnTo)}`)
  await page.getByRole('link', { name: /^Continue with / }).click()
  const query = new URL((await asked).url()).searchParams
  const back = new URL(query.get('redirect_uri') ?? '')
  back.searchParams.set('state', query.get('state') ?? '')
  back.searchParams.set('iss', new URL((await asked).url()).origin)
  await expect(page.getByLabel('E-mail')).toBeVisible()
  return back
}

test('what the provider answers is told apart, and Back and reloading never trap', async ({
  page,
}) => {
  for (const [error, kind] of [
    ['access_denied', 'sign-in-cancelled'],
    ['consent_required', 'sign-in-not-allowed'],
    ['temporarily_unavailable', 'provider-unavailable'],
    ['invalid_scope', 'provider-misconfigured'],
  ] as const) {
    const back = await begin(page, '/help/')
    back.searchParams.set('error', error)
    await page.goto(back.href)
    await expect(page).toHaveURL(new RegExp(`/sign-in/\\?problem=${kind}&return=%2Fhelp%2F`))
    const notice = page.locator('#view').getByRole('alert').filter({ hasText: SENTENCES[kind]![0] })
    await expect(notice, error).toBeVisible()
    if (kind === 'provider-misconfigured')
      await expect(notice.locator('code')).toHaveText(/^[\dA-Z]{8}$/)
    await page.reload()
    await expect(notice, `${error}, reloaded`).toBeVisible()
  }
  const who = person('Tess Twice')
  await chooseIdentity(page, who)
  await expect(page).toHaveURL(/\/help\/$/)
  await page.goBack()
  await expect(page.locator('h1')).not.toBeEmpty()
  await page.goto('/help/')
  await expect(page.getByRole('button', { name: who.email })).toBeVisible()
})

test('an answer that this browser did not ask for is explained', async ({ page }) => {
  await page.goto('/api/sign-in/callback/local?code=some&state=other')
  await expect(page.locator('#view').getByRole('alert')).toContainText(
    'This browser did not start that sign-in.',
  )
  await page.goto('/api/sign-in/callback/local?admin_consent=True&tenant=some&scope=openid')
  await expect(page.locator('#view').getByRole('status').first()).toContainText(
    'Your organisation now allows',
  )
})

test('whoever gets the same sign-in again is led out of the provider and back', async ({
  page,
  request,
}) => {
  const account = await newAccount(request)
  const { administrator } = account
  const other = person('Olga Other')
  await signIn(page, other)
  await page.goto(link(await newestMail(request, administrator.email, INVITATION)))
  await shows(page, 'Accept your invitation')
  await page.getByRole('link', { name: 'Use a different sign-in' }).click()
  await page.getByRole('link', { name: /^Continue with / }).click()
  await page.getByLabel('E-mail').fill(other.email)
  await page.getByLabel('Name').fill(other.name)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(page.locator('#view').getByRole('alert')).toContainText(
    'You came back with the same sign-in.',
  )
  await expect(page.getByRole('link', { name: `Continue as ${other.name}` })).toHaveAttribute(
    'href',
    '/link/',
  )
  await expectAccessible(page, 'the same sign-in')
  await page.getByRole('button', { name: 'Sign out of the portal first' }).press('Enter')
  const leave = page.getByRole('link', { name: /^Sign out of Local sign-in/ })
  await expect(leave).toHaveAttribute('target', '_blank')
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
  await page.reload()
  await expect(leave).toBeVisible()
  await chooseIdentity(page, administrator)
  await shows(page, 'Accept your invitation')
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await shows(page, 'Your profile is linked')
})
