/** The HTTP API: one function per route. The only module that fetches. */
import type {
  Account,
  AccountSummary,
  Activity,
  InvitationPreview,
  Linked,
  List,
  Professional,
  ProfessionalInput,
  ProfessionalSummary,
  Provider,
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

/** Who is signed in, or null. */
export const showSession = () => send<Session | null>('GET', '/api/session')

export const listProviders = () => send<{ providers: Provider[] }>('GET', '/api/sign-in')

/** Ends the session; answers where to sign out of the provider too, if it can be done. */
export const signOut = () => send<{ provider_sign_out: string | null }>('POST', '/api/sign-out')

/** Where a browser goes to sign in: a place for links, since it redirects to the provider. */
export function signInAddress(provider: string, returnTo: string | null, keep: boolean, choose: boolean): string {
  const wishes = { provider, return: returnTo, keep: keep ? 'true' : null, choose: choose ? 'true' : null }
  return `/api/sign-in${query(wishes)}`
}

export const listAccounts = (part: Part = {}) => send<List<AccountSummary>>('GET', `/api/accounts${query({ ...part })}`)

/** The accounts that partner or vendor `account` looks after. */
export const listCustomers = (account: string, part: Part = {}) =>
  send<List<AccountSummary>>('GET', `/api/accounts${query({ managed_by: account, ...part })}`)

export const showAccount = (account: string) => send<Account>('GET', path`/api/accounts/${account}`)

export const assignRoles = (account: string, roles: Roles & { version: number }) =>
  send<Account>('PUT', path`/api/accounts/${account}/roles`, roles)

export const listProfessionals = (account: string, part: Part = {}) =>
  send<List<ProfessionalSummary>>('GET', path`/api/accounts/${account}/professionals` + query({ ...part }))

export const invite = (account: string, input: ProfessionalInput) =>
  send<Professional>('POST', path`/api/accounts/${account}/professionals`, input)

export const showProfessional = (account: string, professional: string) =>
  send<Professional>('GET', path`/api/accounts/${account}/professionals/${professional}`)

export const updateProfessional = (account: string, professional: string, input: ProfessionalInput) =>
  send<Professional>('PATCH', path`/api/accounts/${account}/professionals/${professional}`, input)

/** Deletes a professional. Whoever `handOverTo` is takes their roles in the same step. */
export const deleteProfessional = (account: string, professional: string, handOverTo: string | null) =>
  send<void>(
    'DELETE',
    path`/api/accounts/${account}/professionals/${professional}` + query({ hand_over_to: handOverTo }),
  )

export const sendInvitation = (account: string, professional: string) =>
  send<Professional>('POST', path`/api/accounts/${account}/professionals/${professional}/invitation`)

export const revokeInvitation = (account: string, professional: string) =>
  send<Professional>('DELETE', path`/api/accounts/${account}/professionals/${professional}/invitation`)

export const listActivity = (account: string, part: Part = {}) =>
  send<List<Activity>>('GET', path`/api/accounts/${account}/activity` + query({ ...part }))

/** Looks at an invitation without using it up. */
export const showInvitation = (token: string) => send<InvitationPreview>('POST', '/api/invitations/preview', { token })

export const linkIdentity = (token: string) => send<Linked>('POST', '/api/links', { token })

/** Asks for links by mail: for every profile with an e-mail, or a fresh one in place of an old link. */
export const requestLinks = (by: { email: string } | { token: string }) =>
  send<Record<string, never>>('POST', '/api/links/requests', by)

/** Says "this was not me": unlinks the identity and holds the profile. */
export const disputeLink = (token: string) =>
  send<{ account: { name: string }; professional: { name: string } }>('POST', '/api/links/disputes', { token })

async function send<T>(method: string, address: string, body?: unknown): Promise<Result<T>> {
  let response: Response
  let content: string
  try {
    response = await fetch(address, {
      method,
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    content = await response.text()
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError'
    return { ok: false, problem: localProblem(late ? 'timeout' : 'offline') }
  }
  const answer = parse(content)
  if (!response.ok) {
    return { ok: false, problem: readProblem(response.status, answer, response.headers.get('retry-after')) }
  }
  if (answer === undefined && response.status !== 204) return { ok: false, problem: localProblem('unreadable') }
  return { ok: true, value: answer as T }
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
  const given = Object.entries(wishes).filter(([, value]) => value !== null && value !== undefined && value !== '')
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : ''
}
