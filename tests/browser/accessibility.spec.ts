/** Accessibility of every page: light and dark, phone and desktop, in both languages. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import {
  type Account,
  enter,
  expect,
  forgive,
  INVITATION,
  inDays,
  invite,
  invoke,
  link,
  newAccount,
  newestMail,
  type Page,
  type Person,
  person,
  type Request,
  shows,
  signIn,
  test,
} from './portal.ts'
import { builtPages, isGerman, settles } from './site.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** A viewport width in pixels, and a colour scheme. */
type View = readonly [number, 'light' | 'dark']
const EVERY_VIEW: readonly View[] = [
  [390, 'light'],
  [390, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
]
/** Pages to read have the same colours at any width. */
const READING_VIEWS: readonly View[] = [
  [390, 'light'],
  [1280, 'light'],
  [1280, 'dark'],
]
/** Both languages share templates and colours; only words that are too long differ, on a phone. */
const GERMAN_VIEWS: readonly View[] = [[390, 'light']]

const LANGUAGES = [
  { name: 'English', root: '', views: EVERY_VIEW, reading: READING_VIEWS },
  { name: 'German', root: '/de', views: GERMAN_VIEWS, reading: GERMAN_VIEWS },
] as const
type Language = (typeof LANGUAGES)[number]

/** Tests that the pages are divided into, so that workers share them. */
const PARTS = 4

// A failure names the elements; recording every check would take a third of the time.
test.use({ trace: 'off', contextOptions: { reducedMotion: 'reduce' } })
test.slow()

for (const language of LANGUAGES) {
  for (let part = 0; part < PARTS; part += 1) {
    test(`${language.name} pages for visitors, part ${part + 1} of ${PARTS}`, async ({ page }) => {
      const pages = builtPages().filter((one) => isGerman(one) === (language.name === 'German'))
      expect(pages.length).toBeGreaterThan(80)
      for (const { path } of pages.filter((_, index) => index % PARTS === part)) {
        await page.goto(path)
        await settles(page)
        await isForEverybody(page, path, language.reading)
      }
    })
  }

  test(`${language.name} pages that open from links and searches`, async ({ page, request }) => {
    const account = await newAccount(request)
    const invitation = new URL(
      link(await newestMail(request, account.administrator.email, INVITATION)),
    )
    const token = invitation.hash
    await are(page, language, [
      ['/no-such-page/', /^(This page does not exist)/],
      ['/sign-in/?problem=sign-in-expired', /^(Sign in|Anmelden)$/],
      ['/sign-in/?problem=sign-in-cancelled', /^(Sign in|Anmelden)$/],
      ['/sign-in/?problem=sign-in-failed', /^(Sign in|Anmelden)$/],
      [`/link/${token}`, /^(Accept your invitation|Einladung annehmen)$/],
      [`/link/${token.slice(0, -10)}`, /^(This link is incomplete|Dieser Link ist unvollständig)$/],
      [`/not-me/#${account.id}.${account.id}.secret`, /^(This was not me|Das war ich nicht)$/],
      ['/search/?q=portal', /^(Search|Suche)$/],
      ['/search/?q=qqxxyyzz', /^(Search|Suche)$/],
    ])
  })

  test(`${language.name} pages of links that no longer work`, async ({ page, request }) => {
    const account = await newAccount(request)
    const fates: [string, RegExp, Person][] = [
      [
        'SendInvitation',
        /^(There is a newer link|Es gibt einen neueren Link)$/,
        person('Ben Novak'),
      ],
      [
        'RevokeInvitation',
        /^(This invitation was revoked|Diese Einladung wurde widerrufen)$/,
        person('Eva Lindt'),
      ],
      [
        'DeleteProfessional',
        /^(The profile can no longer be linked|Das Profil lässt sich nicht mehr verknüpfen)$/,
        person('Mia Santos'),
      ],
    ]
    const states: State[] = []
    for (const [fate, heading, who] of fates) {
      const professional = await invite(request, account, who)
      const { hash } = new URL(link(await newestMail(request, who.email, INVITATION)))
      await invoke(request, fate, { path: { account: account.id, professional } })
      states.push([`/link/${hash}`, heading])
    }
    const { hash } = new URL(
      link(await newestMail(request, account.administrator.email, INVITATION)),
    )
    await enter(page, account.administrator)
    const another = person('Zoe Kern')
    await invite(request, account, another)
    const theirs = new URL(link(await newestMail(request, another.email, INVITATION)))
    await are(page, language, [
      [
        `/link/${hash}`,
        /^(Already linked|Accept your invitation|Bereits verknüpft|Einladung annehmen)$/,
      ],
      [
        `/link/${theirs.hash}`,
        /^(You can’t use this sign-in here|Diese Anmeldung können Sie hier nicht verwenden)$/,
      ],
    ])
    await page.context().clearCookies()
    await are(page, language, [
      ...states,
      [`/link/${hash}`, /^(This link has already been used|Dieser Link wurde schon benutzt)$/],
    ])
  })

  test(`${language.name} pages of an account`, async ({ page, request, anotherBrowser }) => {
    const { partner, account, professional } = await populated(request)
    await enter(page, account.administrator)
    await invite(request, partner, account.administrator)
    const second = new URL(
      link(await newestMail(request, account.administrator.email, / Northwind Advisors$/)),
    )
    const of = `?account=${account.id}`
    const profile = `${of}&professional=${professional}`
    await are(page, language, [
      [`/link/${second.hash}`, /^(Accept your invitation|Einladung annehmen)$/],
      ['/accounts/', /^(Choose an account|Konto wählen)$/],
      ['/sign-in/', /^(Sign in|Anmelden)$/],
      ['/link-profile/', /^(Link my profile|Mein Profil verknüpfen)$/],
      [`/people/${of}`, /^(People|Personen)$/],
      [`/people/${of}&search=nobody`, /^(People|Personen)$/],
      [`/people/add/${of}`, /^(Add new professional|Person hinzufügen)$/],
      [`/people/import/${of}`, /^(Import people|Personen importieren)$/],
      [`/people/review/${of}`, /^(Review access|Zugang prüfen)$/],
      [`/people/profile/${profile}`, 'Ben Novak'],
      [`/people/edit/${profile}`, /^(Edit Ben Novak|Ben Novak bearbeiten)$/],
      ['/ask-for-access/', /^(Ask for access|Um Zugang bitten)$/],
      [`/access-requests/${of}`, /^(Access requests|Zugangsanfragen)$/],
      [`/account/${of}`, /^(Plan and licences|Vertrag und Lizenzen)$/],
      [`/activity/${of}`, /^(Activity|Aktivität)$/],
      [`/profile/${of}`, /^(My profile|Mein Profil)$/],
      [`/plan-lapsed/${of}`, /^(The service plan is current|Der Servicevertrag ist aktuell)$/],
      [
        '/people/?account=unknown',
        /^(This page is not available to you|Diese Seite ist für Sie nicht verfügbar)$/,
      ],
    ])

    const partners = await anotherBrowser()
    await enter(partners, partner.administrator)
    const empty = await newAccount(request, {
      name: 'Lake Dairy',
      partner: partner.id,
      first_professional: null,
    })
    await are(partners, language, [
      [`/customers/?account=${partner.id}`, /^(Customers|Kunden)$/],
      [`/customers/?account=${partner.id}&search=nobody`, /^(Customers|Kunden)$/],
      [`/people/?account=${empty.id}`, /^(People|Personen)$/],
      [`/profile/?account=${empty.id}`, /^(My profile|Mein Profil)$/],
    ])
    const alone = await newAccount(request, { name: 'Westwind', kind: 'partner' })
    const lonely = await anotherBrowser()
    await enter(lonely, alone.administrator)
    await are(lonely, language, [[`/customers/?account=${alone.id}`, /^(Customers|Kunden)$/]])

    const stranger = await anotherBrowser()
    await signIn(stranger, person('Nobody'))
    await are(stranger, language, [
      ['/accounts/', /^(Choose an account|Konto wählen)$/],
      ['/link-profile/', /^(Link my profile|Mein Profil verknüpfen)$/],
    ])
  })
}

test('dialogs and errors on the pages about people', async ({ page, request, complaints }) => {
  const { account, professional } = await populated(request)
  const ada = account.administrator
  await enter(page, ada)
  const of = `?account=${account.id}`
  const dialog = page.getByRole('dialog')
  const isOpen = async (what: string) => {
    await expect(dialog, what).toBeVisible()
    await isForEverybody(page, what)
  }

  await page.goto(`/people/add/${of}`)
  await page.getByLabel('E-mail', { exact: true }).fill('ben at home')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('#error-summary')).toBeFocused()
  await isForEverybody(page, 'a form with errors')
  await page.getByLabel('Name').fill('Ada again')
  await page.getByLabel('E-mail', { exact: true }).fill(ada.email)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('#error-summary')).toContainText(
    'This e-mail address is already in use.',
  )
  await isForEverybody(page, 'an error found by the server')

  await page.goto(`/people/${of}`)
  await page.getByRole('button', { name: 'Resend pending invitations' }).click()
  await isOpen('the dialog that resends invitations')
  await dialog.getByRole('button', { name: 'Resend', exact: true }).click()
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeVisible()
  await isOpen('the outcome of resending')

  await page.goto(`/people/profile/${of}&professional=${professional}`)
  await page.getByRole('button', { name: 'Send invite e-mail' }).click()
  await expect(page.locator('#status')).toContainText('is on its way')
  await isForEverybody(page, 'a success message')
  await page.getByRole('button', { name: 'Delete' }).click()
  await isOpen('the dialog that deletes')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page.locator('#toasts')).toContainText('was deleted')
  await settles(page)
  await isForEverybody(page, 'the list with an offer to undo')

  await invite(request, account, person('Eva Lindt'))
  await page.goto(`/people/${of}`)
  await page.getByRole('link', { name: 'Ada Holm' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('radio')).toHaveCount(1)
  await isOpen('the dialog that hands a role over')

  await page.route(/\/professionals(\?|$)/, (route) => route.abort())
  await page.goto(`/people/${of}`)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await isForEverybody(page, 'a list that could not load')
  await page.unrouteAll()
  await page.route('/api/accounts/*', (route) => route.abort())
  await page.goto(`/people/${of}`)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await isForEverybody(page, 'a page that could not load')
  forgive(complaints, /ERR_FAILED/)
})

test('dialogs for partners and for reviewers', async ({
  page,
  request,
  anotherBrowser,
  moveClock,
}) => {
  const { partner, account } = await populated(request)
  await enter(page, account.administrator)
  await moveClock(inDays(-40))
  await invite(request, account, person('Nora Never'))
  await moveClock(inDays(0))
  await page.goto(`/people/review/?account=${account.id}`)
  await page.getByRole('button', { name: /^Keep until.*Nora Never$/ }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await isForEverybody(page, 'the dialog that sets a last day')
  await page.keyboard.press('Escape')
  await isForEverybody(page, 'a review that names somebody')

  const partners = await anotherBrowser()
  await enter(partners, partner.administrator)
  const dialog = partners.getByRole('dialog')
  await partners.goto(`/people/?account=${account.id}`)
  await partners.getByRole('link', { name: 'Ada Holm' }).click()
  await partners.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog).toBeVisible()
  await isForEverybody(partners, 'the dialog that leads to an appointment')
  await dialog.getByRole('link', { name: 'appoint another administrator' }).click()
  await partners.getByRole('button', { name: 'Appoint an administrator' }).click()
  await expect(dialog).toBeVisible()
  await isForEverybody(partners, 'the dialog that appoints an administrator')
})

test('steps and errors of an import', async ({ page, request, complaints }) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  await page.goto(`/people/import/?account=${account.id}`)
  const choose = (text: string) =>
    page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose('first,second\n1,2\n')
  await expect(page.locator('#view').getByRole('alert')).toBeVisible()
  await isForEverybody(page, 'a file that is not a list of people')
  const { email } = person('Ben Novak')
  await choose(
    `name,email,telephone,other\nBen Novak,${email},,\n,eva at home,call me,\n` +
      `Ada again,${account.administrator.email},,\n`,
  )
  await expect(page.getByRole('heading', { name: 'Preview' })).toBeFocused()
  await page.getByText('Already on the list').click()
  await isForEverybody(page, 'the preview of a file with errors')
  await page.route('**/professionals/import', (route) => route.abort())
  await page.getByRole('button', { name: 'Import 1 person' }).click()
  await expect(page.getByRole('button', { name: 'Continue' })).toBeFocused()
  await isForEverybody(page, 'an import that stopped')
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: '1 person was added' })).toBeFocused()
  await isForEverybody(page, 'an import that is done')
  forgive(complaints, /ERR_FAILED/)
})

test('menus, dialogs and errors on other pages', async ({
  page,
  request,
  anotherBrowser,
  complaints,
}) => {
  const { account } = await populated(request)
  await enter(page, account.administrator)
  const of = `?account=${account.id}`
  await page.goto('/')
  await page.getByRole('button', { name: account.administrator.email }).click()
  await expect(page.getByRole('link', { name: 'My profile' })).toBeVisible()
  await isForEverybody(page, 'the open menu')

  const many = Array.from({ length: 12 }, (_, index) => ({
    account: `${index}`,
    name: `Account ${index}`,
    kind: 'customer',
    plan: null,
    roles: [],
    professional: null,
  }))
  await page.route('/api/accounts?*', (route) =>
    route.fulfill({ json: { items: many, next: null } }),
  )
  await page.route('/api/session', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), accounts: many.length } })
  })
  await page.goto(`/account/${of}`)
  await page.getByRole('button', { name: 'Switch account' }).click()
  await expect(page.getByLabel('Find an account')).toBeVisible()
  await isForEverybody(page, 'the open account switch')
  await page.unrouteAll()

  await page.goto(`/account/${of}`)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await page.getByLabel('Ada Holm').uncheck()
  await page.getByRole('button', { name: 'Save roles' }).click()
  await expect(page.locator('#alert')).toContainText('administrator')
  await isForEverybody(page, 'roles that are not allowed')

  await page.goto(`/profile/${of}`)
  await page.getByRole('button', { name: 'Edit my profile' }).click()
  await page.getByLabel('Telephone').fill('call me')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Telephone')).toHaveAttribute('aria-invalid', 'true')
  await isForEverybody(page, 'a profile with errors')

  await page.goto('/link-profile/')
  await page.getByLabel('E-mail on record').fill('nobody')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByLabel('E-mail on record')).toHaveAttribute('aria-invalid', 'true')
  await isForEverybody(page, 'an address with errors')
  await page.getByLabel('E-mail on record').fill(person('Nobody').email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await shows(page, 'Thank you')
  await isForEverybody(page, 'a requested link')

  const colleague = person('Mia Santos')
  await invite(request, account, colleague)
  const theirs = await anotherBrowser()
  await signIn(theirs, colleague)
  await theirs.goto(link(await newestMail(request, colleague.email, INVITATION)))
  await theirs.getByRole('button', { name: 'Accept invitation' }).click()
  await shows(theirs, 'Your profile is linked')
  await isForEverybody(theirs, 'a profile that is linked')
  await theirs.goto(link(await newestMail(request, colleague.email, /^A sign-in was linked to/)))
  await theirs.getByRole('button', { name: 'This was not me' }).click()
  await shows(theirs, 'The sign-in is removed')
  await isForEverybody(theirs, 'an identity that is unlinked')
  await theirs.getByRole('button', { name: colleague.email }).click()
  await theirs.getByRole('button', { name: 'Sign out' }).click()
  await shows(theirs, 'You are signed out')
  await isForEverybody(theirs, 'the page after signing out')

  await page.route('/api/session', (route) => route.abort())
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Check again' })).toBeVisible()
  await isForEverybody(page, 'a session that could not load')
  forgive(complaints, /ERR_FAILED/)
})

test('pages of a plan that has lapsed, and of a link that has expired', async ({
  page,
  request,
  anotherBrowser,
  moveClock,
}) => {
  const plan = { name: 'Support', starts_on: inDays(-355), ends_on: inDays(10) }
  const { account, professional } = await populated(request, { plan })
  const other = await newAccount(request)
  const expired = new URL(link(await newestMail(request, other.administrator.email, INVITATION)))
  const member = person('Mia Santos')
  await invite(request, account, member)
  const theirs = await anotherBrowser()
  await enter(theirs, member)
  await enter(page, account.administrator)
  const waiting = person('Eva Lindt')
  await moveClock(inDays(5))
  await invite(request, account, waiting)
  const unfollowed = new URL(link(await newestMail(request, waiting.email, INVITATION)))

  const of = `?account=${account.id}`
  const lapsed = /^(The service plan has expired|Der Servicevertrag ist abgelaufen)$/
  await moveClock(inDays(11))
  for (const language of LANGUAGES) {
    const profile = `/people/profile/${of}&professional=${professional}`
    await are(page, language, [
      [`/plan-lapsed/${of}`, lapsed],
      [`/people/${of}`, /^(People|Personen)$/],
      [profile, 'Ben Novak'],
      [`/people/add/${of}`, /^(Add new professional|Person hinzufügen)$/],
      [`/people/import/${of}`, /^(Import people|Personen importieren)$/],
      [`/people/review/${of}`, /^(Review access|Zugang prüfen)$/],
      [`/account/${of}`, /^(Plan and licences|Vertrag und Lizenzen)$/],
      [`/activity/${of}`, /^(Activity|Aktivität)$/],
      [`/profile/${of}`, /^(My profile|Mein Profil)$/],
    ])
    await are(theirs, language, [
      [`/people/${of}`, lapsed],
      [`/profile/${of}`, lapsed],
    ])
    const stranger = await anotherBrowser()
    await are(stranger, language, [
      [`/link/${unfollowed.hash}`, lapsed],
      [`/link/${expired.hash}`, /^(This link has expired|Der Link ist abgelaufen)$/],
    ])
  }
})

/** An address without its language, and its page's heading. */
type State = readonly [address: string, heading: string | RegExp]

/** Opens each address and checks its page once the heading is there. */
async function are(page: Page, language: Language, states: readonly State[]): Promise<void> {
  for (const [address, heading] of states) {
    // A change of the fragment alone would not reload the page.
    await page.goto('about:blank')
    await page.goto(language.root + address)
    await shows(page, heading)
    await settles(page)
    await isForEverybody(page, language.root + address, language.views)
  }
}

/** Creates a partner and its customer, where somebody has been invited. */
async function populated(
  request: Request,
  wishes: object = {},
): Promise<{ partner: Account; account: Account; professional: string }> {
  const partner = await newAccount(request, { name: 'Northwind Advisors', kind: 'partner' })
  const account = await newAccount(request, { partner: partner.id, ...wishes })
  const professional = await invite(request, account, person('Ben Novak'))
  return { partner, account, professional }
}

/**
 * Checks the current page: structure at each width, colours in each scheme, and no sideways
 * scrolling.
 */
async function isForEverybody(
  page: Page,
  what: string,
  views: readonly View[] = EVERY_VIEW,
): Promise<void> {
  await page.evaluate(AXE)
  for (const [width, colorScheme] of views) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    // Only colours depend on the scheme.
    const rules: axe.RunOnly =
      colorScheme === 'light'
        ? { type: 'tag', values: WCAG_2_2_AA }
        : { type: 'rule', values: ['color-contrast'] }
    const found = await page.evaluate(async (runOnly) => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
        runOnly,
        resultTypes: ['violations'],
        selectors: false,
      })
      return {
        width: document.documentElement.scrollWidth,
        violations: violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        ),
      }
    }, rules)
    expect(found.width, `${what}: no wider than ${width}`).toBeLessThanOrEqual(width)
    expect(found.violations, `${what}, ${width} wide, ${colorScheme}`).toEqual([])
  }
}
