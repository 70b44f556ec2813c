/** Accessibility of every page: light and dark, phone and desktop, in both languages. */
import { checkStates, expectAccessible, LANGUAGES, type State } from './accessibility.ts'
import { newInhabitedAccount, newPartner } from './accounts.ts'
import {
  enter,
  expect,
  INVITATION,
  inDays,
  invite,
  invoke,
  link,
  newAccount,
  newestMail,
  type Person,
  person,
  signIn,
  test,
} from './portal.ts'
import { builtPages, isGerman, settles } from './site.ts'

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
        await expectAccessible(page, path, language.reading)
      }
    })
  }

  test(`${language.name} pages that open from links and searches`, async ({ page, request }) => {
    const account = await newAccount(request)
    const invitation = new URL(
      link(await newestMail(request, account.administrator.email, INVITATION)),
    )
    const token = invitation.hash
    await checkStates(page, language, [
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
    await checkStates(page, language, [
      [
        `/link/${hash}`,
        /^(Already linked|Accept your invitation|Schon verknüpft|Einladung annehmen)$/,
      ],
      [
        `/link/${theirs.hash}`,
        /^(You can’t use this sign-in here|Diese Anmeldung können Sie hier nicht verwenden)$/,
      ],
    ])
    await page.context().clearCookies()
    await checkStates(page, language, [
      ...states,
      [`/link/${hash}`, /^(This link has already been used|Dieser Link wurde schon benutzt)$/],
    ])
  })

  test(`${language.name} pages of an account`, async ({ page, request, anotherBrowser }) => {
    const { partner, account, professional } = await newInhabitedAccount(request)
    await enter(page, account.administrator)
    await invite(request, partner, account.administrator)
    const second = new URL(
      link(await newestMail(request, account.administrator.email, / Northwind Advisors$/)),
    )
    const of = `?account=${account.id}`
    const profile = `${of}&professional=${professional}`
    await checkStates(page, language, [
      [`/link/${second.hash}`, /^(Accept your invitation|Einladung annehmen)$/],
      ['/accounts/', /^(Choose an account|Konto wählen)$/],
      ['/sign-in/', /^(Sign in|Anmelden)$/],
      ['/link-profile/', /^(Link my profile|Mein Profil verknüpfen)$/],
      ['/sessions/', /^(My sessions|Meine Sitzungen)$/],
      [
        `/unsubscribe/#${account.id}.${account.id}.${account.id}.secret`,
        /^(Turn off these e-mails|Diese E-Mails abbestellen)$/,
      ],
      [
        `/confirm-email/#${account.id}.${account.id}.secret`,
        /^(Confirm your new address|Neue Adresse bestätigen)$/,
      ],
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
    await checkStates(partners, language, [
      [`/customers/?account=${partner.id}`, /^(Customers|Kunden)$/],
      [`/customers/?account=${partner.id}&search=nobody`, /^(Customers|Kunden)$/],
      [`/people/?account=${empty.id}`, /^(People|Personen)$/],
      [`/profile/?account=${empty.id}`, /^(My profile|Mein Profil)$/],
    ])
    const alone = await newPartner(request, { name: 'Westwind' })
    const lonely = await anotherBrowser()
    await enter(lonely, alone.administrator)
    await checkStates(lonely, language, [
      [`/customers/?account=${alone.id}`, /^(Customers|Kunden)$/],
    ])

    const stranger = await anotherBrowser()
    await signIn(stranger, person('Nobody'))
    await checkStates(stranger, language, [
      ['/accounts/', /^(Choose an account|Konto wählen)$/],
      ['/link-profile/', /^(Link my profile|Mein Profil verknüpfen)$/],
    ])
  })
}

test('pages of a plan that has lapsed, and of a link that has expired', async ({
  page,
  request,
  anotherBrowser,
  moveClock,
}) => {
  const plan = { name: 'Support', starts_on: inDays(-355), ends_on: inDays(10) }
  const { account, professional } = await newInhabitedAccount(request, { plan })
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
    await checkStates(page, language, [
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
    await checkStates(theirs, language, [
      [`/people/${of}`, lapsed],
      [`/profile/${of}`, lapsed],
    ])
    const stranger = await anotherBrowser()
    await checkStates(stranger, language, [
      [`/link/${unfollowed.hash}`, lapsed],
      [`/link/${expired.hash}`, /^(This link has expired|Der Link ist abgelaufen)$/],
    ])
  }
})
