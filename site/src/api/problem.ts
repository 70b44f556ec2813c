/** Why a request failed: the API's RFC 9457 problems, and failures in the browser or network. */
import { PROBLEM_KINDS } from './contract.generated.ts'
import type {
  Day,
  FieldError,
  Linking,
  PartnerCard,
  Role,
  ServerProblemKind,
  ServerProblems,
  StaffPermission,
} from './contract.ts'

/**
 * Problems that arise in the browser: no answer, a late answer, an answer that is not Portico's, an
 * error in the page, someone else signed in in another tab, or back from a step-up as someone else.
 */
export const LOCAL_KINDS = [
  'offline',
  'timeout',
  'unreadable',
  'page-error',
  'other-identity',
  'back-as-other',
] as const

/** Problems that CloudFront or API Gateway finds, before Portico sees the request. */
export const GATEWAY_KINDS = ['too-many-cookies'] as const

export type Kind = ServerProblemKind | LocalProblemKind | (typeof GATEWAY_KINDS)[number]
type LocalProblemKind = (typeof LOCAL_KINDS)[number]

interface Base {
  /** Seconds to wait before trying again, if the server said so. */
  retryAfter: number | null
}

/** Details of a lapsed plan, and who to contact. */
export type LapsedPlan = Pick<
  ServerProblems['PlanLapsed'],
  'since' | 'begins_on' | 'plan' | 'partner' | 'access_mailbox'
>

/** Roles that someone has to take over first, and who could. */
export type RequiredRoles = Pick<
  ServerProblems['RoleRequired'],
  'roles' | 'needs_active' | 'eligible' | 'has_more'
>

/** What sign-in an act needs, and the id of the provider that the user is signed in with. */
export type StepUp = Pick<ServerProblems['StepUpRequired'], 'fresh' | 'factors' | 'provider'>

/** What the vendor's administrators can permit its staff, in the order in which pages name it. */
export const STAFF_PERMISSIONS = [
  'people',
  'appointments',
  'plans',
  'imports',
] as const satisfies StaffPermission[]

/** The kinds with members of their own. */
type Detailed =
  | { kind: 'invalid'; errors: FieldError[] }
  | ({ kind: 'plan-lapsed' } & LapsedPlan & Pick<ServerProblems['PlanLapsed'], 'administrator'>)
  | { kind: 'access-ended'; since: Day | null }
  | ({ kind: 'forbidden' } & Pick<ServerProblems['Forbidden'], 'permission'>)
  | ({ kind: 'account-exists' } & Pick<ServerProblems['AccountExists'], 'account'>)
  | ({ kind: 'duplicate-email' } & Pick<ServerProblems['DuplicateEmail'], 'professional' | 'name'>)
  | ({ kind: 'changed' } & Pick<ServerProblems['Changed'], 'changed'>)
  | ({ kind: 'role-required' } & RequiredRoles)
  | ({ kind: 'step-up-required' } & StepUp)
  | ({ kind: 'linking-limited' } & Pick<ServerProblems['LinkingLimited'], 'linking'>)

export type Problem = Base & (Detailed | { kind: Exclude<Kind, Detailed['kind']> })

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem }

/** Checks whether the same request may succeed a moment later. */
export function isTemporary(problem: Problem): boolean {
  return [
    'offline',
    'timeout',
    'unreadable',
    'unavailable',
    'too-many-requests',
    'internal',
  ].includes(problem.kind)
}

/** Creates a problem that arose in the browser. */
export function localProblem(kind: LocalProblemKind): Problem {
  return { kind, retryAfter: null }
}

/**
 * Parses a failed response.
 *
 * Classifies a response that is not Portico's, such as the gateway's, by its status.
 */
export function readProblem(
  status: number,
  body: unknown,
  retryAfterHeader: string | null,
): Problem {
  const members = isRecord(body) ? body : {}
  const kind = kindOf(members.type) ?? kindByStatus(status)
  const seconds = Number(retryAfterHeader)
  const base: Base = {
    retryAfter: retryAfterHeader && Number.isFinite(seconds) ? seconds : null,
  }
  switch (kind) {
    case 'invalid':
      return { ...base, kind, errors: list<FieldError>(members.errors) }
    case 'plan-lapsed':
      return {
        ...base,
        kind,
        since: text(members.since),
        begins_on: text(members.begins_on) || null,
        plan: text(members.plan),
        partner: isRecord(members.partner) ? (members.partner as unknown as PartnerCard) : null,
        access_mailbox: text(members.access_mailbox) || null,
        administrator: members.administrator === true,
      }
    case 'access-ended':
      return { ...base, kind, since: text(members.since) || null }
    case 'forbidden':
      return {
        ...base,
        kind,
        permission: STAFF_PERMISSIONS.find((one) => one === members.permission) ?? null,
      }
    case 'account-exists':
      return { ...base, kind, account: text(members.account) }
    case 'duplicate-email':
      return {
        ...base,
        kind,
        professional: text(members.professional),
        name: text(members.name),
      }
    case 'changed':
      return { ...base, kind, changed: list(members.changed) }
    case 'role-required':
      return {
        ...base,
        kind,
        roles: list<Role>(members.roles),
        needs_active: members.needs_active === true,
        eligible: list(members.eligible),
        has_more: members.has_more === true,
      }
    case 'step-up-required':
      return {
        ...base,
        kind,
        fresh: members.fresh === true,
        factors: members.factors === true,
        provider: text(members.provider),
      }
    case 'linking-limited':
      return { ...base, kind, linking: readLinking(members.linking) }
    default:
      return { ...base, kind }
  }
}

function readLinking(value: unknown): Linking {
  const { kind, values } = isRecord(value) ? value : {}
  const known = (['mail-domains', 'issuers'] as const).find((one) => one === kind)
  return { kind: known ?? 'any', values: list(values) }
}

/** Returns the kind in a problem's type, which is the path or address of its page. */
function kindOf(type: unknown): Kind | undefined {
  const name = /\/problems\/([a-z-]+)\/?$/.exec(text(type))?.[1]
  return PROBLEM_KINDS.find((kind) => kind === name)
}

function kindByStatus(status: number): Kind {
  switch (status) {
    case 400:
      return 'malformed'
    case 401:
      return 'not-signed-in'
    case 403:
      return 'forbidden'
    case 404:
      return 'not-found'
    case 413:
      return 'too-large'
    case 429:
      return 'too-many-requests'
    // A page sends no long headers of its own; what is long are cookies of other sites.
    case 431:
    case 494:
      return 'too-many-cookies'
    case 502:
    case 503:
    case 504:
      return 'unavailable'
    default:
      return 'internal'
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function list<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : []
}
