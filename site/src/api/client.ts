/** The HTTP API: one function per operation that the pages use. */
import type {
  AccessDecision,
  AccessRequest,
  AccountChanges,
  AccountDecision,
  AccountImport,
  AccountKind,
  AccountSummary,
  Confirmation,
  Grant,
  List,
  Moment,
  NewAccessRequest,
  NewAccount,
  NewAppointment,
  NewProfessional,
  NewRoles,
  NewSignInPolicy,
  Order,
  Plan,
  ProfessionalChanges,
  ProfessionalImport,
  Report,
} from './contract.ts'
import { address, send, sendForText } from './http.ts'
import type { Result } from './problem.ts'

export { serverTime } from './http.ts'

/** Which page of a list to load. */
export interface PageQuery {
  search?: string | null
  after?: string | null
  limit?: number
}

/** One page of an exported list. */
export interface ExportedPage {
  /** CSV (RFC 4180); the first page begins with the column names. */
  text: string
  /** Cursor of the next page, or null. */
  next: string | null
}

/** Reads a whole list, page after page. */
async function everyPage<T>(
  read: (after: string | null) => Promise<Result<List<T>>>,
): Promise<Result<T[]>> {
  const items: T[] = []
  let after: string | null = null
  do {
    const page: Result<List<T>> = await read(after)
    if (!page.ok) return page
    items.push(...page.value.items)
    after = page.value.next
  } while (after)
  return { ok: true, value: items }
}

/** Returns the current session; null when nobody is signed in. */
export const showSession = () => send('get', '/api/session')

export const listProviders = () => send('get', '/api/sign-in')

/** Lists the identity's own sessions and a page of its sign-ins on record. */
export const listSessions = (page: PageQuery = {}) => send('get', '/api/sessions', { query: page })

/** Ends one of the identity's sessions by id, or all others. */
export const endSession = (session: string) =>
  send('delete', '/api/sessions/{session}', { path: { session } })

/** Ends the session; returns the provider's sign-out address if it has one. */
export const signOut = () => send('post', '/api/sign-out')

/** How to sign in. */
export interface SignInOptions {
  /** The path to return to; null leads to the person's accounts. */
  returnTo: string | null
  /** Whether the person stays signed in. */
  keep?: boolean | undefined
  /** Whether the provider asks which identity to use. */
  choose?: boolean | undefined
  /** Whether the provider has to ask again who the person is. */
  fresh?: boolean | undefined
  /** Whether the provider has to confirm several factors. */
  factors?: boolean | undefined
  /** The address to offer at the provider. */
  loginHint?: string | null | undefined
}

/** Returns the address that starts signing in. It redirects, so it is for links only. */
export function signInAddress(provider: string, options: SignInOptions): string {
  const { returnTo, keep, choose, fresh, factors, loginHint } = options
  return address('/api/sign-in', {
    query: {
      provider,
      return: returnTo,
      keep: keep || null,
      choose: choose || null,
      fresh: fresh || null,
      factors: factors || null,
      login_hint: loginHint,
    },
  })
}

/** Lists all accounts with a profile linked to the identity, by name. */
export const listAccounts = async (): Promise<Result<AccountSummary[]>> => {
  const all = await everyPage((after) =>
    send('get', '/api/accounts', { query: { limit: 100, after } }),
  )
  const { compare } = new Intl.Collator()
  return all.ok ? { ok: true, value: [...all.value].sort((a, b) => compare(a.name, b.name)) } : all
}

/**
 * Lists the accounts that partner or vendor `account` manages.
 *
 * Filters apply within each page, so a page can be empty although there is a next one.
 */
export const listCustomers = (
  account: string,
  page: PageQuery & {
    kind?: AccountKind
    plan_state?: Plan['state'] | null
    confirmation?: Confirmation | null
  } = {},
) => send('get', '/api/accounts', { query: { managed_by: account, ...page } })

export const showAccount = (account: string) =>
  send('get', '/api/accounts/{account}', { path: { account } })

export const createAccount = (body: NewAccount) => send('post', '/api/accounts', { body })

export const updateAccount = (account: string, body: AccountChanges) =>
  send('patch', '/api/accounts/{account}', { path: { account }, body })

/** Confirms, declines or withdraws a partner's new customer; the last two leave no account. */
export const decideAccount = (account: string, body: AccountDecision) =>
  send('post', '/api/accounts/{account}/decision', { path: { account }, body })

/** Sets the partner's permissions. */
export const changeGrant = (account: string, grant: Grant, version: number) =>
  send('put', '/api/accounts/{account}/grant', { path: { account }, body: { grant, version } })

/** Sets how the account's people sign in; staff lift it, once a second one asks for it too. */
export const changeSignInPolicy = (account: string, body: NewSignInPolicy) =>
  send('put', '/api/accounts/{account}/sign-in-policy', { path: { account }, body })

/** Releases the mail of an account that is held back because of bounces. */
export const releaseMail = (account: string) =>
  send('post', '/api/accounts/{account}/mail/release', { path: { account } })

/** Appoints an administrator as partner or staff, or requests a second person's approval. */
export const appointAdministrator = (account: string, body: NewAppointment) =>
  send('post', '/api/accounts/{account}/appointments', { path: { account }, body })

export const decideAppointment = (
  account: string,
  appointment: string,
  body: { approve: boolean; reason: string | null },
) =>
  send('post', '/api/accounts/{account}/appointments/{appointment}/decision', {
    path: { account, appointment },
    body,
  })

export const assignRoles = (account: string, body: NewRoles) =>
  send('put', '/api/accounts/{account}/roles', { path: { account }, body })

/** Lists people by name. Aborting `signal` cancels the request; ignore its result. */
export const listProfessionals = (
  account: string,
  page: PageQuery & { order?: Order | null } = {},
  signal?: AbortSignal,
) =>
  send('get', '/api/accounts/{account}/professionals', { path: { account }, query: page, signal })

/**
 * Lists the people in a report.
 *
 * Filters apply within each page, so a page can be empty although there is a next one.
 */
export const reportProfessionals = (account: string, report: Report, after: string | null) =>
  send('get', '/api/accounts/{account}/professionals', {
    path: { account },
    query: { report, after, limit: 100 },
  })

export const invite = (account: string, body: NewProfessional) =>
  send('post', '/api/accounts/{account}/professionals', { path: { account }, body })

export const showProfessional = (account: string, professional: string) =>
  send('get', '/api/accounts/{account}/professionals/{professional}', {
    path: { account, professional },
  })

export const updateProfessional = (
  account: string,
  professional: string,
  body: ProfessionalChanges,
) =>
  send('patch', '/api/accounts/{account}/professionals/{professional}', {
    path: { account, professional },
    body,
  })

/** Deletes a professional and hands their roles over to `handOverTo` in the same step. */
export const deleteProfessional = (
  account: string,
  professional: string,
  handOverTo: string | null,
) =>
  send('delete', '/api/accounts/{account}/professionals/{professional}', {
    path: { account, professional },
    query: { hand_over_to: handOverTo },
  })

export const sendInvitation = (account: string, professional: string) =>
  send('post', '/api/accounts/{account}/professionals/{professional}/invitation', {
    path: { account, professional },
  })

export const revokeInvitation = (account: string, professional: string) =>
  send('delete', '/api/accounts/{account}/professionals/{professional}/invitation', {
    path: { account, professional },
  })

/** Restores a deleted professional; possible for ten minutes. */
export const restoreProfessional = (account: string, professional: string) =>
  send('post', '/api/accounts/{account}/professionals/{professional}/restore', {
    path: { account, professional },
  })

/**
 * Creates or updates up to 100 accounts; a dry run only previews each row.
 *
 * `partners` are those that earlier rows of the same dry run would create.
 */
export const importAccounts = (body: AccountImport) =>
  send('post', '/api/accounts/import', { body })

/** Adds up to 16 people; a dry run only previews each row. */
export const importProfessionals = (account: string, body: ProfessionalImport) =>
  send('post', '/api/accounts/{account}/professionals/import', { path: { account }, body })

/** Exports one page of the account's people as CSV, by name. */
export const exportProfessionals = (
  account: string,
  after: string | null,
): Promise<Result<ExportedPage>> =>
  sendForText(
    '/api/accounts/{account}/professionals/export',
    { path: { account }, query: { after } },
    (text, headers) => ({ text, next: nextCursor(headers.get('link')) }),
  )

/**
 * Resends the pending invitations on one page of the list.
 *
 * Skips people invited at `before` or later, so that a failed request can be repeated. `before`
 * must not be in the server's future.
 */
export const resendInvitations = (account: string, before: Moment, after: string | null) =>
  send('post', '/api/accounts/{account}/invitations', {
    path: { account },
    body: { before, after },
  })

export const listActivity = (account: string, page: PageQuery = {}) =>
  send('get', '/api/accounts/{account}/activity', { path: { account }, query: page })

/** Requests access; the answer reveals nothing about the organisation. */
export const askForAccess = (body: NewAccessRequest) =>
  send('post', '/api/access-requests', { body })

/** Lists all requests of the signed-in identity, open ones first. */
export const listOwnAccessRequests = () =>
  everyPage((after) => send('get', '/api/access-requests', { query: { limit: 100, after } }))

export const withdrawAccessRequest = (request: string) =>
  send('delete', '/api/access-requests/{request}', { path: { request } })

/** Lists an account's access requests, open ones first, or only `request`. */
export const listAccessRequests = (
  account: string,
  page: PageQuery & { request?: string | null } = {},
) =>
  // With `account` the items are full requests, which the schema cannot express.
  send('get', '/api/access-requests', { query: { account, ...page } }) as Promise<
    Result<List<AccessRequest>>
  >

export const decideAccessRequest = (account: string, request: string, body: AccessDecision) =>
  send('post', '/api/accounts/{account}/access-requests/{request}/decision', {
    path: { account, request },
    body,
  })

/** Returns an invitation's preview without consuming it. */
export const showInvitation = (token: string) =>
  send('post', '/api/invitations/preview', { body: { token } })

export const linkIdentity = (token: string) => send('post', '/api/links', { body: { token } })

/** E-mails a link for each profile with an address, or one that replaces an old link. */
export const requestLinks = (body: { email: string } | { token: string }) =>
  send('post', '/api/links/requests', { body })

/** Confirms the user's own new address with the link that was e-mailed there. */
export const confirmEmail = (token: string) =>
  send('post', '/api/email-confirmations', { body: { token } })

/** Reports a link as "this was not me": unlinks the identity and puts the profile on hold. */
export const disputeLink = (token: string) =>
  send('post', '/api/links/disputes', { body: { token } })

/** Turns off the notices of the e-mail that the token was sent with. */
export const unsubscribe = (token: string) =>
  send('post', '/api/mail/unsubscribe', { query: { token } })

/** Returns the cursor in the `next` address of a Link header (RFC 8288). */
function nextCursor(link: string | null): string | null {
  const next = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1]
  return next === undefined ? null : new URL(next, location.href).searchParams.get('after')
}
