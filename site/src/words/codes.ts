/** Labels for the API's codes, in the page's language. */
import * as text from '#language/words.ts'
import type {
  AccountKind,
  AuditEvent,
  Day,
  Moment,
  Plan,
  ProfessionalState,
  Role,
  StaffPermission,
} from '../api/contract.ts'
import { isToCome } from './plan-term.ts'

export { locale } from '#language/words.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'plain'

const PLAN_TONES: Record<Plan['state'], Tone> = {
  current: 'good',
  ending: 'warn',
  grace: 'warn',
  lapsed: 'bad',
}

const STATE_TONES: Record<ProfessionalState, Tone> = {
  not_invited: 'plain',
  queued: 'plain',
  sent: 'plain',
  delivered: 'plain',
  delayed: 'warn',
  bounced: 'bad',
  complained: 'bad',
  failed: 'bad',
  expired: 'warn',
  revoked: 'plain',
  linked: 'good',
  on_hold: 'bad',
  ended: 'plain',
}

export const roleName = (code: Role): string => text.roles[code]
export const roleNames = (codes: Role[]): string => codes.map(roleName).join(', ')
export const permissionName = (code: StaffPermission): string => text.staffPermissions[code].name
export const permissionMeaning = (code: StaffPermission): string =>
  text.staffPermissions[code].meaning
/** Tells one of the vendor's staff which permission is missing, and who can give it. */
export const missingPermission = (code: StaffPermission): string =>
  text.missingPermission(permissionName(code))
export const accountKindName = (code: AccountKind): string => text.accountKinds[code]
export const planState = (code: Plan['state']) => ({
  label: text.planStates[code],
  tone: PLAN_TONES[code],
})
/** Returns a plan's label and tone; on `today` it may not have started. */
export const planStatus = (plan: Plan, today?: Day): { label: string; tone: Tone } =>
  isToCome(plan, today)
    ? { label: text.beginsOn(formatShortDay(plan.starts_on)), tone: 'plain' }
    : planState(plan.state)
export const stateWords = (code: ProfessionalState) => ({
  ...text.states[code],
  tone: STATE_TONES[code],
})
export const actorRole = (code: AuditEvent['actor']['as']): string | null => text.actors[code]

/** Formats roles within a sentence: "administrator and billing contact". */
export function rolesInSentence(codes: Role[]): string {
  return formatList(codes.map((code) => text.rolesWithin[code]))
}

/** Formats a list: "one, two and three". */
export function formatList(words: string[]): string {
  return new Intl.ListFormat(text.locale).format(words)
}

/** Formats a date: "22 November 2026". */
export function formatDay(date: Day, locale = text.locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** Formats a date for narrow places: "22 Nov 2026". */
function formatShortDay(date: Day): string {
  return new Intl.DateTimeFormat(text.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** Formats a time in the user's time zone: "22 November 2026 at 14:05". */
export function formatMoment(formatTime: Moment, locale = text.locale, timeZone?: string): string {
  const style = { dateStyle: 'long', timeStyle: 'short', ...(timeZone && { timeZone }) } as const
  return new Intl.DateTimeFormat(locale, style).format(new Date(formatTime))
}

/** Formats a time of day in the user's time zone: "14:05". */
export function time(time: Moment, locale = text.locale, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeStyle: 'short',
    ...(timeZone && { timeZone }),
  }).format(new Date(time))
}

/** Formats a date with its weekday in the user's time zone: "Sunday, 22 November 2026". */
export function formatWeekday(time: Moment, locale = text.locale, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'full',
    ...(timeZone && { timeZone }),
  }).format(new Date(time))
}

/** Explains why a plan is not current: it has expired, or not started on `today`. */
export function lapseReason(plan: Plan, today?: Day): string {
  if (isToCome(plan, today)) return text.planBegins(plan.name, formatDay(plan.starts_on))
  return text.planEnded(plan.name, formatDay(plan.ends_on))
}

/** Returns a language's own name: "English", "Nederlands". */
export function languageName(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Capitalises words and adds a full stop. */
export function sentence(words: string): string {
  const trimmed = words.trim()
  if (!trimmed) return ''
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  return /[.!?]$/.test(start) ? start : `${start}.`
}
