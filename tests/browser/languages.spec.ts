/** The portal in German: every page of a person's visit, and switching languages. */
import {
  chooseIdentity,
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

/** Words that every English text contains and no German one does. */
const ENGLISH = new RegExp(
  String.raw`\b(the|and|your|you|with|this|that|from|are|not|have|account|sign in|people|page|` +
    String.raw`please|invitation)\b`,
  'i',
)

test('a person invited in German finds everything in German', async ({ page, request }) => {
  const who = person('Jana Vogt')
  const account = await newAccount(request, {
    name: 'Hafenküche',
    first_professional: { ...who, language: 'de' },
  })
  const mail = await newestMail(request, who.email, INVITATION)

  await test.step('the link in the mail opens the German page', async () => {
    expect(mail.subject).toMatch(/Hafenküche .*eingeladen/)
    expect(new URL(link(mail)).pathname).toBe('/de/link/')
    await page.goto(link(mail))
    await shows(page, 'Einladung annehmen')
    await expectGerman(page)
  })

  await test.step('signing in returns there, and the invitation is accepted', async () => {
    await page.getByRole('link', { name: 'Anmelden und weiter' }).click()
    await shows(page, 'Anmelden')
    await expectGerman(page)
    await chooseIdentity(page, who)
    await shows(page, 'Einladung annehmen')
    await expectGerman(page)
    await page.getByRole('button', { name: 'Einladung annehmen' }).click()
    await shows(page, 'Ihr Profil ist verknüpft')
    await expectGerman(page)
    await page.getByRole('link', { name: 'Portal öffnen' }).click()
    await shows(page, 'Personen')
    await expectGerman(page)
  })

  await test.step('every page of the account is German', async () => {
    for (const [path, heading] of [
      ['/de/people/add/', 'Person hinzufügen'],
      ['/de/people/import/', 'Personen importieren'],
      ['/de/people/review/', 'Zugang prüfen'],
      ['/de/account/', 'Vertrag und Lizenzen'],
      ['/de/activity/', 'Aktivität'],
      ['/de/profile/', 'Mein Profil'],
      ['/de/plan-lapsed/', 'Der Servicevertrag ist aktuell'],
    ] as const) {
      await page.goto(`${path}?account=${account.id}`)
      await shows(page, heading)
      await expectGerman(page)
    }
    for (const [path, heading] of [
      ['/de/accounts/', 'Konto wählen'],
      ['/de/link-profile/', 'Mein Profil verknüpfen'],
      ['/de/sessions/', 'Meine Sitzungen'],
      ['/de/confirm-email/', 'Öffnen Sie den Link aus Ihrer E-Mail'],
      ['/de/not-me/', 'Öffnen Sie den Link aus Ihrer E-Mail'],
      ['/de/unsubscribe/', 'Öffnen Sie den Link aus Ihrer E-Mail'],
      ['/de/people/?account=01JD7H2M8BB0B1C2D3E4F5G6BB', 'Diese Seite ist für Sie nicht verfügbar'],
    ] as const) {
      await page.goto(path)
      await shows(page, heading)
      await expectGerman(page)
    }
  })

  await test.step('the server’s errors are explained in German', async () => {
    await page.goto(`/de/account/?account=${account.id}`)
    await page.getByRole('button', { name: 'Rollen ändern' }).click()
    await page.getByRole('checkbox', { name: who.name }).uncheck()
    await page.getByRole('button', { name: 'Rollen speichern' }).click()
    await expect(page.locator('#alert')).toContainText(
      'Kein anderer Administrator könnte sich anmelden.',
    )
    await expectGerman(page)

    await page.goto(`/de/people/add/?account=${account.id}`)
    await page.getByLabel('Name').fill('Ben Novak')
    await page.getByLabel('E-Mail', { exact: true }).fill(who.email)
    await page.getByRole('button', { name: 'Speichern' }).click()
    await expect(page.getByText('Diese E-Mail-Adresse wird schon verwendet')).toBeVisible()
    await expectGerman(page)
  })

  await test.step('signing out and in again stays German', async () => {
    await page.getByRole('button', { name: who.email }).click()
    await page.getByRole('button', { name: 'Abmelden' }).click()
    await shows(page, 'Sie sind abgemeldet')
    await expectGerman(page)
    await page.goto('/de/')
    await page.locator('#session').getByRole('link', { name: 'Anmelden' }).click()
    // The provider still remembers the identity.
    await page.getByRole('link', { name: 'Weiter mit' }).click()
    await shows(page, 'Personen')
    expect(new URL(page.url()).pathname).toBe('/de/people/')
  })
})

test('the other language shows the same page of the same account', async ({ page, request }) => {
  const account = await newAccount(request)
  const professional = await invite(request, account, person('Ben Novak'))
  await signIn(page, account.administrator)
  const mail = await newestMail(request, account.administrator.email, INVITATION)

  await test.step('an invitation’s secret survives, unseen by any server', async () => {
    await page.goto(link(mail))
    await shows(page, 'Accept your invitation')
    await page.getByRole('link', { name: 'Deutsch' }).click()
    await shows(page, 'Einladung annehmen')
    expect(page.url()).toMatch(/\/de\/link\/$/)
    await page.getByRole('button', { name: 'Einladung annehmen' }).click()
    await shows(page, 'Ihr Profil ist verknüpft')
  })

  await test.step('a profile stays the same profile', async () => {
    await page.goto(`/people/profile/?account=${account.id}&professional=${professional}`)
    await shows(page, 'Ben Novak')
    await page.getByRole('link', { name: 'Deutsch' }).click()
    await shows(page, 'Ben Novak')
    await expect(page).toHaveURL(
      `/de/people/profile/?account=${account.id}&professional=${professional}`,
    )
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await page.getByRole('link', { name: 'English' }).click()
    await expect(page).toHaveURL(
      `/people/profile/?account=${account.id}&professional=${professional}`,
    )
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })

  await test.step('signing in returns to the page in the chosen language', async () => {
    await page.context().clearCookies()
    await page.goto(`/activity/?account=${account.id}`)
    await page.getByRole('link', { name: 'Sign in to continue' }).click()
    await shows(page, 'Sign in')
    await page.getByRole('link', { name: 'Deutsch' }).click()
    await shows(page, 'Anmelden')
    await chooseIdentity(page, account.administrator)
    await shows(page, 'Aktivität')
    await expect(page).toHaveURL(`/de/activity/?account=${account.id}`)
  })
})

/** Checks that the page shows no English and links only to German pages. */
async function expectGerman(page: Page): Promise<void> {
  const where = page.url()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  const main = (await page.locator('main').innerText()).replaceAll(/\S+@\S+/g, '')
  expect(
    main.split('\n').filter((line) => ENGLISH.test(line)),
    `English on ${where}`,
  ).toEqual([])
  const named = await page
    .locator('main [aria-label], main [placeholder], header [aria-label]')
    .evaluateAll((elements) =>
      elements.flatMap((one) => [
        one.getAttribute('aria-label') ?? '',
        one.getAttribute('placeholder') ?? '',
      ]),
    )
  expect(
    named.filter((name) => ENGLISH.test(name)),
    `English names on ${where}`,
  ).toEqual([])
  const links = await page
    .locator('a[href]:not(.languages a)')
    .evaluateAll((all) =>
      all
        .map((one) => (one as HTMLAnchorElement).href)
        .filter((href) => href.startsWith(location.origin)),
    )
  const strays = links
    .map((href) => new URL(href).pathname)
    .filter((path) => !/^\/(de|api)\//.test(path))
  expect(strays, `links of ${where} that leave German`).toEqual([])
  expect(await page.title()).not.toMatch(ENGLISH)
}
