/**
 * Fixtures and helpers of the browser tests: browsers without errors, people, accounts and mail.
 */

import { randomUUID } from 'node:crypto'
import {
  type APIRequestContext,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import { PATIENCE, withPortico } from './portico.ts'

export { expect, type Page }
export type Request = APIRequestContext

export interface Person {
  name: string
  email: string
}

/** A customer's or partner's account, with its first professional. */
export interface Account {
  id: string
  name: string
  administrator: Person
}

export interface Mail {
  id: string
  to: string
  subject: string
  text: string
  links: string[]
  headers: Record<string, string>
}

/** The part of a direct invocation's result that tests use. */
interface Invoked {
  account: string
  professional: string
  state: string
  roles: Record<string, unknown>
}

/** Options set in the configuration. */
export interface Options {
  /** Address of a Portico that is running already. */
  running: string | undefined
}

interface WorkerFixtures {
  /** Address of the worker's own Portico, or of the running one. */
  portico: string
}

interface Fixtures {
  /** Errors in the test's browsers: from scripts, and from the content security policy. */
  complaints: string[]
  /** Opens a browser of its own, with nobody signed in. */
  anotherBrowser: () => Promise<Page>
  /** Moves Portico's clock to a date, until the end of the test. */
  moveClock: (today: string) => Promise<void>
}

export const test = base.extend<Fixtures, Options & WorkerFixtures>({
  running: [undefined, { option: true, scope: 'worker' }],
  portico: [
    ({ running }, use) => (running ? use(running) : withPortico(use)),
    { scope: 'worker', timeout: PATIENCE },
  ],
  baseURL: ({ portico }, use) => use(portico),
  complaints: async ({}, use) => {
    const complaints: string[] = []
    await use(complaints)
    expect(complaints, 'complaints of the browser').toEqual([])
  },
  context: async ({ context, complaints }, use) => {
    listen(context, complaints)
    await use(context)
  },
  anotherBrowser: async ({ browser, complaints }, use) => {
    const opened: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext()
      opened.push(context)
      listen(context, complaints)
      return context.newPage()
    })
    for (const context of opened) await context.close()
  },
  moveClock: async ({ request }, use) => {
    const set = async (today: string | null) =>
      await expect(await request.post('/_local/clock', { data: { today } })).toBeOK()
    await use(set)
    await set(null)
  },
})

function listen(context: BrowserContext, complaints: string[]): void {
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('console', (message) => {
    // Chromium reports every failed response, also those that the page explains.
    const { url } = message.location()
    const isExplained =
      /status of 4\d\d/.test(message.text()) &&
      (url.includes('/api/') || url === message.page()?.url())
    if (message.type() === 'error' && !isExplained) complaints.push(message.text())
  })
}

/** Removes complaints about failures that the test caused; there must be at least one. */
export function forgive(complaints: string[], caused: RegExp): void {
  const others = complaints.filter((one) => !caused.test(one))
  expect(others.length, `complaints like ${caused}`).toBeLessThan(complaints.length)
  complaints.splice(0, complaints.length, ...others)
}

/** Returns a person unique to the test. */
export function person(name: string): Person {
  const local = name.toLowerCase().replaceAll(' ', '.')
  return { name, email: `${local}.${randomUUID().slice(0, 8)}@people.example` }
}

/** Returns the date `days` from today, `YYYY-MM-DD`. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

/**
 * Creates an account as an operator; its plan lasts another year, and its first professional is
 * invited.
 */
export async function newAccount(
  request: Request,
  overrides: Record<string, unknown> = {},
): Promise<Account> {
  const administrator = person('Ada Holm')
  const body = {
    name: 'Harbour Foods',
    kind: 'customer',
    plan: { name: 'Support', starts_on: inDays(-100), ends_on: inDays(365) },
    first_professional: administrator,
    ...overrides,
  }
  const created = await invoke(request, 'CreateAccount', { body })
  return { id: created.account, name: body.name, administrator }
}

/** Adds `who` to an account as an operator; returns the profile's id. */
export async function invite(
  request: Request,
  account: Account,
  who: Person,
  overrides: object = {},
): Promise<string> {
  const added = await invoke(request, 'Invite', {
    path: { account: account.id },
    body: { ...who, ...overrides },
  })
  return added.professional
}

/** Invokes a function directly, as an operator. */
export async function invoke(request: Request, name: string, event: object): Promise<Invoked> {
  const response = await request.post(`/_local/invoke/${name}`, { data: event })
  const { status, body } = await response.json()
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body
}

/** Polling interval for what Portico does in the background within 0.2 s, in milliseconds. */
const SOON = [50]

/**
 * Waits for the newest mail to `to` with a matching subject; with `after`, for one newer than that.
 */
export async function newestMail(
  request: Request,
  to: string,
  subject: RegExp,
  after?: Mail,
): Promise<Mail> {
  let found: Mail | undefined
  await expect
    .poll(
      async () => {
        const mails: Mail[] = await (await request.get('/_local/mail')).json()
        found = mails.find(
          (mail) => mail.to === to && subject.test(mail.subject) && (!after || mail.id > after.id),
        )
        return found?.subject
      },
      { message: `a mail to ${to} about ${subject}`, intervals: SOON },
    )
    .toBeDefined()
  return found!
}

/** Returns all mails to `email`. */
export async function mailsTo(request: Request, email: string): Promise<Mail[]> {
  const mails: Mail[] = await (await request.get('/_local/mail')).json()
  return mails.filter(({ to }) => to === email)
}

/** Waits until the mail service has reported the invitation's delivery state. */
export async function reported(
  request: Request,
  account: Account,
  professional: string,
  state: string,
): Promise<void> {
  const path = { account: account.id, professional }
  await expect
    .poll(async () => (await invoke(request, 'ShowProfessional', { path })).state, {
      message: `an invitation that is ${state}`,
      intervals: SOON,
    })
    .toBe(state)
}

export const INVITATION = /has invited you|hat Sie .* eingeladen$/
export const FRESH_LINK = /^Your link to/

/** Returns the only link in a mail that carries a secret. */
export function link(mail: Mail): string {
  const [only, ...others] = mail.links.filter((address) => /#(?!e-mails$)/.test(address))
  if (!only || others.length)
    throw new Error(`${mail.subject}: expected one link, found ${mail.links.join(' ')}`)
  return only
}

/** Signs in through the provider's page, until the portal shows who is signed in. */
export async function chooseIdentity(page: Page, { name, email }: Person): Promise<void> {
  await page.getByRole('link', { name: /^(Continue with|Weiter mit) / }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(page.getByRole('button', { name: email })).toBeVisible()
}

/** Signs in for 30 days without the pages, for tests that start after signing in. */
export async function signIn(page: Page, who: Person): Promise<void> {
  const provider = await page.request.get(
    '/api/sign-in?provider=local&fresh=true&keep=true&return=/robots.txt',
  )
  const back = await page.request.post(provider.url(), { form: { ...who } })
  expect(back.url(), 'back from the provider').toMatch(/\/robots\.txt$/)
}

/** Signs in and accepts the invitation without the pages. */
export async function enter(page: Page, who: Person): Promise<void> {
  await signIn(page, who)
  await accept(page, await newestMail(page.request, who.email, INVITATION))
}

/** Accepts the invitation in a mail without its page. */
export async function accept(page: Page, mail: Mail): Promise<void> {
  const data = { token: new URL(link(mail)).hash.slice(1) }
  const response = await page.request.post('/api/links', {
    data,
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  await expect(response, await response.text()).toBeOK()
}

/** Waits until the page with this heading is complete. */
export async function shows(page: Page, heading: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
  await expect(page.locator('#view')).not.toHaveAttribute('aria-busy')
}
