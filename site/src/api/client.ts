/** The HTTP API: one function for each operation that the pages use. */
import type {
  AccessDecision,
  AccessRequest,
  AccountChanges,
  AccountImport,
  AccountKind,
  Grant,
  List,
  Moment,
  NewAccessRequest,
  NewAccount,
  NewAppointment,
  NewProfessional,
  NewRoles,
  Order,
  Plan,
  ProfessionalChanges,
  ProfessionalImport,
  Report,
} from './contract.ts'
import { address, send, sendForText } from './http.ts'
import type { Result } from './problem.ts'

export { serverTime } from './http.ts'

/** Which part of a list to show. */
export interface Part {
  search?: string | null
  after?: string | null
  limit?: number
}

/** Part of a list that is made into a file. */
export interface ExportedPart {
  /** CSV (RFC 4180); the first part begins with the columns' names. */
  text: string
  /** What asks for the following part, or null. */
  next: string | null
}

/** Asks who is signed in; null when nobody is. */
export const showSession = () => send('get', '/api/session')

export const listProviders = () => send('get', '/api/sign-in')

/** Ends the session; answers where to sign out of the provider too, if it can be done. */
export const signOut = () => send('post', '/api/sign-out')

/** Returns where a browser goes to sign in: for links, since it redirects to the provider. */
export function signInAddress(
  provider: string,
  returnTo: string | null,
  keep: boolean,
  choose: boolean,
): string {
  return address('/api/sign-in', {
    query: { provider, return: returnTo, keep: keep || null, choose: choose || null },
  })
}

/** Lists the accounts that the identity is linked in. */
export const listAccounts = (part: Part = {}) => send('get', '/api/accounts', { query: part })

/**
 * Lists the accounts that partner or vendor `account` looks after.
 *
 * A page holds those of its accounts that are asked for, which may be none.
 */
export const listCustomers = (
  account: string,
  part: Part & { kind?: AccountKind; plan_state?: Plan['state'] | null } = {},
) => send('get', '/api/accounts', { query: { managed_by: account, ...part } })

export const showAccount = (account: string) =>
  send('get', '/api/accounts/{account}', { path: { account } })

export const createAccount = (body: NewAccount) => send('post', '/api/accounts', { body })

export const updateAccount = (account: string, body: AccountChanges) =>
  send('patch', '/api/accounts/{account}', { path: { account }, body })

/** Says what the partner may do. */
export const changeGrant = (account: string, grant: Grant, version: number) =>
  send('put', '/api/accounts/{account}/grant', { path: { account }, body: { grant, version } })

/** Makes a professional administrator from outside, or asks for a second person's approval. */
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

/** Lists people by name. `signal` ends the request, whose answer nobody should look at then. */
export const listProfessionals = (
  account: string,
  part: Part & { order?: Order | null } = {},
  signal?: AbortSignal,
) =>
  send('get', '/api/accounts/{account}/professionals', { path: { account }, query: part, signal })

/**
 * Lists those of a page of the list whom a report names.
 *
 * They may be nobody while there is a next page.
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

/** Deletes a professional. Whoever `handOverTo` is takes their roles in the same step. */
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

/** Undoes a deletion, for ten minutes after it. */
export const restoreProfessional = (account: string, professional: string) =>
  send('post', '/api/accounts/{account}/professionals/{professional}/restore', {
    path: { account, professional },
  })

/**
 * Brings up to 100 accounts to what the rows say; a dry run only says what would become of each.
 *
 * `partners` are those that earlier rows of a dry run would create.
 */
export const importAccounts = (body: AccountImport) =>
  send('post', '/api/accounts/import', { body })

/** Adds up to 16 people; a dry run only says what would become of each. */
export const importProfessionals = (account: string, body: ProfessionalImport) =>
  send('post', '/api/accounts/{account}/professionals/import', { path: { account }, body })

/** Returns part of the account's people as CSV, by name. */
export const exportProfessionals = (
  account: string,
  after: string | null,
): Promise<Result<ExportedPart>> =>
  sendForText(
    '/api/accounts/{account}/professionals/export',
    { path: { account }, query: { after } },
    (text, headers) => ({ text, next: nextPart(headers.get('link')) }),
  )

/**
 * Sends a new invitation to everybody, on one page of the list, who has not accepted theirs.
 *
 * Those who were invited at `before` or later are left out, so that a request can be sent again
 * after a failure. It must not be in the server's future.
 */
export const resendInvitations = (account: string, before: Moment, after: string | null) =>
  send('post', '/api/accounts/{account}/invitations', {
    path: { account },
    body: { before, after },
  })

export const listActivity = (account: string, part: Part = {}) =>
  send('get', '/api/accounts/{account}/activity', { path: { account }, query: part })

/** Requests access; the answer tells nothing of what is there. */
export const askForAccess = (body: NewAccessRequest) =>
  send('post', '/api/access-requests', { body })

/** Lists what the identity that is signed in has asked for. */
export const listOwnAccessRequests = () => send('get', '/api/access-requests')

export const withdrawAccessRequest = (request: string) =>
  send('delete', '/api/access-requests/{request}', { path: { request } })

/** Lists the requests to decide on in an account, the open ones first, or the one `request`. */
export const listAccessRequests = (
  account: string,
  part: Part & { request?: string | null } = {},
) =>
  // With `account` the items are as those who decide see them, which a schema cannot say.
  send('get', '/api/access-requests', { query: { account, ...part } }) as Promise<
    Result<List<AccessRequest>>
  >

export const decideAccessRequest = (account: string, request: string, body: AccessDecision) =>
  send('post', '/api/accounts/{account}/access-requests/{request}/decision', {
    path: { account, request },
    body,
  })

/** Looks at an invitation without using it up. */
export const showInvitation = (token: string) =>
  send('post', '/api/invitations/preview', { body: { token } })

export const linkIdentity = (token: string) => send('post', '/api/links', { body: { token } })

/** Requests links by mail: for every profile with an e-mail, or one in place of an old link. */
export const requestLinks = (body: { email: string } | { token: string }) =>
  send('post', '/api/links/requests', { body })

/** Says "this was not me": unlinks the identity and holds the profile. */
export const disputeLink = (token: string) =>
  send('post', '/api/links/disputes', { body: { token } })

/** Returns `after` of the address that a Link header calls the next one (RFC 8288). */
function nextPart(link: string | null): string | null {
  const next = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1]
  return next === undefined ? null : new URL(next, location.href).searchParams.get('after')
}
