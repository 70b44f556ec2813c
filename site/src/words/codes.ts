/** What the API's codes are called on the pages, in the page's language. */
import * as text from '#language/words.ts'
import type {
  AccountKind,
  Activity,
  Day,
  Moment,
  Plan,
  ProfessionalState,
  Role,
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
  held: 'bad',
  ended: 'plain',
}

export const role = (code: Role): string => text.roles[code]
export const roles = (codes: Role[]): string => codes.map(role).join(', ')
export const accountKind = (code: AccountKind): string => text.accountKinds[code]
export const planState = (code: Plan['state']) => ({
  label: text.planStates[code],
  tone: PLAN_TONES[code],
})
/** The same of a plan, which on the day `today` may be still to begin. */
export const standing = (plan: Plan, today?: Day): { label: string; tone: Tone } =>
  isToCome(plan, today)
    ? { label: text.beginsOn(shortDay(plan.starts_on)), tone: 'plain' }
    : planState(plan.state)
export const professionalState = (code: ProfessionalState) => ({
  ...text.states[code],
  tone: STATE_TONES[code],
})
export const actor = (code: Activity['actor']['as']): string | null => text.actors[code]

/** Roles in the middle of a sentence: "administrator and billing contact". */
export function rolesWithin(codes: Role[]): string {
  return listed(codes.map((code) => text.rolesWithin[code]))
}

/** "one, two and three". */
export function listed(words: string[]): string {
  return new Intl.ListFormat(text.locale).format(words)
}

/** "22 November 2026". */
export function day(date: Day, locale = text.locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** "22 Nov 2026": where there is no room for more. */
function shortDay(date: Day): string {
  return new Intl.DateTimeFormat(text.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** "22 November 2026 at 14:05", in the reader's own time zone. */
export function moment(time: Moment, locale = text.locale, timeZone?: string): string {
  const style = { dateStyle: 'long', timeStyle: 'short', ...(timeZone && { timeZone }) } as const
  return new Intl.DateTimeFormat(locale, style).format(new Date(time))
}

/** "14:05", in the reader's own time zone. */
export function time(time: Moment, locale = text.locale, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeStyle: 'short',
    ...(timeZone && { timeZone }),
  }).format(new Date(time))
}

/** "Sunday, 22 November 2026", in the reader's own time zone. */
export function weekday(time: Moment, locale = text.locale, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'full',
    ...(timeZone && { timeZone }),
  }).format(new Date(time))
}

/** Why a plan that is not current is not: it is over, or has not begun on the day `today`. */
export function lapse(plan: Plan, today?: Day): string {
  if (isToCome(plan, today)) return text.planBegins(plan.name, day(plan.starts_on))
  return text.planEnded(plan.name, day(plan.ends_on))
}

/** A language by its own name: "English", "Nederlands". */
export function language(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Makes a sentence of words that come in lower case and without a full stop. */
export function sentence(words: string): string {
  const trimmed = words.trim()
  if (!trimmed) return ''
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  return /[.!?]$/.test(start) ? start : `${start}.`
}
