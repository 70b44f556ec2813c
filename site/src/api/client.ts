/** The HTTP API: one function per route. The only module that fetches. */
import type {
  AccessDecision,
  AccessInput,
  AccessRequest,
  AccountImportResult,
  AccountImportRow,
  Account,
  AccountInput,
  AccountKind,
  AccountSummary,
  Activity,
  Grant,
  ImportResult,
  ImportRow,
  InvitationPreview,
  Linked,
  List,
  Moment,
  NewAccount,
  Order,
  Plan,
  OwnAccessRequest,
  Professional,
  ProfessionalInput,
  ProfessionalSummary,
  Provider,
  Report,
  Roles,
  Session,
} from './contract.ts'
import { type Result, localProblem, readProblem } from './problem.ts'

/** Longer than the server's own time limit for a request, so that its answer is preferred to ours. */
const TIMEOUT_MS = 20_000

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

/** How far the server's clock is ahead of this computer's, in milliseconds, by its last answer. */
let ahead = 0

/** The server's time, or up to a second earlier: computers' own clocks are often wrong. */
export const serverTime = (): Moment => new Date(Date.now() + ahead).toISOString()

/** Who is signed in, or null. */
export const showSession = () => send<Session | null>('GET', '/api/session')

export const listProviders = () => send<{ providers: Provider[] }>('GET', '/api/sign-in')

/** Ends the session; answers where to sign out of the provider too, if it can be done. */
export const signOut = () => send<{ provider_sign_out: string | null }>('POST', '/api/sign-out')

/** Where a browser goes to sign in: a place for links, since it redirects to the provider. */
export function signInAddress(
  provider: string,
  returnTo: string | null,
  keep: boolean,
  choose: boolean,
): string {
  const wishes = {
    provider,
    return: returnTo,
    keep: keep ? 'true' : null,
    choose: choose ? 'true' : null,
  }
  return `/api/sign-in${query(wishes)}`
}

export const listAccounts = (part: Part = {}) =>
  send<List<AccountSummary>>('GET', `/api/accounts${query({ ...part })}`)

/** The accounts that partner or vendor `account` looks after. A page holds those of its accounts that are asked for, which may be none. */
export const listCustomers = (
  account: string,
  part: Part & { kind?: AccountKind; plan_state?: Plan['state'] | null } = {},
) => send<List<AccountSummary>>('GET', `/api/accounts${query({ managed_by: account, ...part })}`)

export const showAccount = (account: string) => send<Account>('GET', path`/api/accounts/${account}`)

export const createAccount = (input: NewAccount) =>
  send<AccountSummary>('POST', '/api/accounts', input)

export const updateAccount = (account: string, input: AccountInput) =>
  send<Account>('PATCH', path`/api/accounts/${account}`, input)

/** Says what the partner may do. */
export const changeGrant = (account: string, grant: Grant, version: number) =>
  send<Account>('PUT', path`/api/accounts/${account}/grant`, { grant, version })

/** Makes a professional administrator from outside; the answer says whether a second person's approval is waited for. */
export const appointAdministrator = (
  account: string,
  input: { professional: string; in_place_of: string[]; reason: string | null },
) => send<Account>('POST', path`/api/accounts/${account}/appointments`, input)

export const decideAppointment = (
  account: string,
  appointment: string,
  input: { approve: boolean; reason: string | null },
) =>
  send<Account>('POST', path`/api/accounts/${account}/appointments/${appointment}/decision`, input)

export const assignRoles = (account: string, roles: Roles & { version: number }) =>
  send<Account>('PUT', path`/api/accounts/${account}/roles`, roles)

/** By name. A request that `signal` ends gets an answer that nobody should look at. */
export const listProfessionals = (
  account: string,
  part: Part & { order?: Order | null } = {},
  signal?: AbortSignal,
) =>
  send<List<ProfessionalSummary>>(
    'GET',
    path`/api/accounts/${account}/professionals` + query({ ...part }),
    undefined,
    signal,
  )

/** Those of a page of the list whom a report names, which may be nobody while there is a next page. */
export const reportProfessionals = (account: string, report: Report, after: string | null) =>
  send<List<ProfessionalSummary>>(
    'GET',
    path`/api/accounts/${account}/professionals` + query({ report, after, limit: 100 }),
  )

export const invite = (account: string, input: ProfessionalInput) =>
  send<Professional>('POST', path`/api/accounts/${account}/professionals`, input)

export const showProfessional = (account: string, professional: string) =>
  send<Professional>('GET', path`/api/accounts/${account}/professionals/${professional}`)

export const updateProfessional = (
  account: string,
  professional: string,
  input: ProfessionalInput,
) =>
  send<Professional>('PATCH', path`/api/accounts/${account}/professionals/${professional}`, input)

/** Deletes a professional. Whoever `handOverTo` is takes their roles in the same step. */
export const deleteProfessional = (
  account: string,
  professional: string,
  handOverTo: string | null,
) =>
  send<void>(
    'DELETE',
    path`/api/accounts/${account}/professionals/${professional}` +
      query({ hand_over_to: handOverTo }),
  )

export const sendInvitation = (account: string, professional: string) =>
  send<Professional>(
    'POST',
    path`/api/accounts/${account}/professionals/${professional}/invitation`,
  )

export const revokeInvitation = (account: string, professional: string) =>
  send<Professional>(
    'DELETE',
    path`/api/accounts/${account}/professionals/${professional}/invitation`,
  )

/** Undoes a deletion, for ten minutes after it. */
export const restoreProfessional = (account: string, professional: string) =>
  send<Professional>('POST', path`/api/accounts/${account}/professionals/${professional}/restore`)

/** Brings up to 100 accounts to what the rows say; a dry run only says what would become of each. `partners` are those that earlier rows of it would create. */
export const importAccounts = (input: {
  dry_run: boolean
  partners?: string[]
  rows: AccountImportRow[]
}) => send<{ results: AccountImportResult[] }>('POST', '/api/accounts/import', input)

/** Adds up to 16 people; a dry run only says what would become of each. */
export const importProfessionals = (
  account: string,
  input: { dry_run: boolean; send_invitations: boolean; rows: ImportRow[] },
) =>
  send<{ results: ImportResult[] }>(
    'POST',
    path`/api/accounts/${account}/professionals/import`,
    input,
  )

/** Part of the account's people as CSV, by name. */
export const exportProfessionals = (
  account: string,
  after: string | null,
): Promise<Result<ExportedPart>> =>
  exchange(
    'GET',
    path`/api/accounts/${account}/professionals/export` + query({ after }),
    (text, response) => ({
      text,
      next: nextPart(response.headers.get('link')),
    }),
  )

/**
 * Sends a new invitation to everybody, on one page of the list, who has not accepted theirs.
 *
 * Those who were invited at `before` or later are left out, so that asking again after a failure is harmless. It must not be
 * in the server's future.
 */
export const resendInvitations = (account: string, before: Moment, after: string | null) =>
  send<{ sent: number; next: string | null }>('POST', path`/api/accounts/${account}/invitations`, {
    before,
    after,
  })

export const listActivity = (account: string, part: Part = {}) =>
  send<List<Activity>>('GET', path`/api/accounts/${account}/activity` + query({ ...part }))

/** Asks for access; the answer tells nothing of what is there. */
export const askForAccess = (input: AccessInput) =>
  send<Record<string, never>>('POST', '/api/access-requests', input)

/** What the identity that is signed in has asked for. */
export const listOwnAccessRequests = () =>
  send<List<OwnAccessRequest>>('GET', '/api/access-requests')

export const withdrawAccessRequest = (request: string) =>
  send<OwnAccessRequest>('DELETE', path`/api/access-requests/${request}`)

/** The requests to decide on in an account, the open ones first, or the one `request`. */
export const listAccessRequests = (
  account: string,
  part: Part & { request?: string | null } = {},
) => send<List<AccessRequest>>('GET', `/api/access-requests${query({ account, ...part })}`)

export const decideAccessRequest = (account: string, request: string, decision: AccessDecision) =>
  send<AccessRequest>(
    'POST',
    path`/api/accounts/${account}/access-requests/${request}/decision`,
    decision,
  )

/** Looks at an invitation without using it up. */
export const showInvitation = (token: string) =>
  send<InvitationPreview>('POST', '/api/invitations/preview', { token })

export const linkIdentity = (token: string) => send<Linked>('POST', '/api/links', { token })

/** Asks for links by mail: for every profile with an e-mail, or a fresh one in place of an old link. */
export const requestLinks = (by: { email: string } | { token: string }) =>
  send<Record<string, never>>('POST', '/api/links/requests', by)

/** Says "this was not me": unlinks the identity and holds the profile. */
export const disputeLink = (token: string) =>
  send<{ account: { name: string }; professional: { name: string } }>(
    'POST',
    '/api/links/disputes',
    { token },
  )

/** Sends and reads JSON. */
function send<T>(
  method: string,
  address: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Result<T>> {
  const read = (text: string, { status }: Response) =>
    status === 204 ? (undefined as T) : (parse(text) as T | undefined)
  return exchange(method, address, read, body, signal)
}

/** Sends a request, and has `read` understand the answer if it is a success; undefined says that it is not understood. */
async function exchange<T>(
  method: string,
  address: string,
  read: (text: string, response: Response) => T | undefined,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Result<T>> {
  const late = AbortSignal.timeout(TIMEOUT_MS)
  let response: Response
  let text: string
  try {
    response = await fetch(address, {
      method,
      headers: {
        accept: 'application/json, text/csv',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, late]) : late,
    })
    text = await response.text()
  } catch {
    return { ok: false, problem: localProblem(late.aborted ? 'timeout' : 'offline') }
  }
  const date = Date.parse(response.headers.get('date') ?? '')
  if (date) ahead = date - Date.now()
  if (!response.ok) {
    return {
      ok: false,
      problem: readProblem(response.status, parse(text), response.headers.get('retry-after')),
    }
  }
  const value = read(text, response)
  if (value === undefined && response.status !== 204)
    return { ok: false, problem: localProblem('unreadable') }
  return { ok: true, value: value as T }
}

/** Takes `after` out of the address that a Link header calls the next one (RFC 8288). */
function nextPart(link: string | null): string | null {
  const address = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1]
  return address === undefined ? null : new URL(address, location.href).searchParams.get('after')
}

/** Reads JSON; undefined when it is none, such as the page of a proxy on the way. */
function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

/** A path whose inserted parts cannot change its shape. */
function path(fixed: TemplateStringsArray, ...parts: string[]): string {
  return String.raw({ raw: fixed }, ...parts.map(encodeURIComponent))
}

function query(wishes: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(wishes).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  )
  return given.length
    ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
    : ''
}
