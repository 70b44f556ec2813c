/** What the API's codes are called on the pages. */
import type { AccountKind, Activity, Day, Moment, Plan, ProfessionalState, Role } from './contract.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'plain'

const ROLES: Record<Role, string> = {
  administrator: 'Administrator',
  billing_contact: 'Billing contact',
  shipping_contact: 'Shipping contact',
}

const KINDS: Record<AccountKind, string> = { customer: 'Customer', partner: 'Partner', vendor: 'Vendor' }

const PLANS: Record<Plan['state'], { label: string; tone: Tone }> = {
  current: { label: 'Current', tone: 'good' },
  ending: { label: 'Ends soon', tone: 'warn' },
  grace: { label: 'Ended, in grace', tone: 'warn' },
  lapsed: { label: 'Lapsed', tone: 'bad' },
}

const STATES: Record<ProfessionalState, { label: string; tone: Tone; meaning: string }> = {
  not_invited: { label: 'Not invited', tone: 'plain', meaning: 'No invitation has been sent yet.' },
  queued: { label: 'Invitation queued', tone: 'plain', meaning: 'The invitation e-mail is about to be sent.' },
  sent: { label: 'Invited', tone: 'plain', meaning: 'The invitation e-mail has been sent.' },
  delivered: { label: 'Invitation delivered', tone: 'plain', meaning: 'The invitation e-mail is in the mailbox.' },
  delayed: {
    label: 'Invitation delayed',
    tone: 'warn',
    meaning: 'The mail server does not take the invitation e-mail yet. It is tried again.',
  },
  bounced: {
    label: 'Invitation bounced',
    tone: 'bad',
    meaning: 'The invitation e-mail came back. Correct the e-mail address and send it again.',
  },
  complained: {
    label: 'Marked as spam',
    tone: 'bad',
    meaning: 'The invitation e-mail was reported as spam. Agree with the person before you send another.',
  },
  failed: {
    label: 'Invitation failed',
    tone: 'bad',
    meaning: 'The invitation e-mail could not be sent. Check the e-mail address and send it again.',
  },
  expired: {
    label: 'Invitation expired',
    tone: 'warn',
    meaning: 'The invitation was not followed in time. Send it again.',
  },
  revoked: { label: 'Invitation revoked', tone: 'plain', meaning: 'The invitation was revoked; its link is void.' },
  linked: { label: 'Linked', tone: 'good', meaning: 'An identity is linked: the person can sign in.' },
  held: {
    label: 'On hold',
    tone: 'bad',
    meaning: 'Somebody said "this was not me". Check the e-mail address, then send a new invitation.',
  },
  ended: { label: 'Ended', tone: 'plain', meaning: 'The end date has passed: the person has no access.' },
}

const ACTS: Record<string, string> = {
  'account-created': 'created the account',
  'professional-added': 'added',
  'professional-updated': 'changed the profile of',
  'professional-deleted': 'deleted',
  'roles-assigned': 'assigned the roles',
  'invitation-requested': 'asked for an invitation for',
  'invitation-revoked': 'revoked the invitation of',
  'identity-linked': 'linked an identity with',
  'identity-switched': 'switched the identity of',
  'link-disputed': 'said "this was not me" about',
  'plan-lapsed': 'noted that the plan has lapsed',
  'mail-sent': 'sent an e-mail to',
  'mail-failed': 'could not send an e-mail to',
}

const ACTORS: Record<Activity['actor']['as'], string | null> = {
  self: null,
  administrator: 'Administrator',
  partner: 'Partner',
  staff: 'Staff',
  // Their names say so already.
  operator: null,
  schedule: null,
  mailbox: 'By e-mail link',
}

export const role = (code: Role): string => ROLES[code]
export const roles = (codes: Role[]): string => codes.map(role).join(', ')
export const accountKind = (code: AccountKind): string => KINDS[code]
export const planState = (code: Plan['state']) => PLANS[code]
export const professionalState = (code: ProfessionalState) => STATES[code]
export const actor = (code: Activity['actor']['as']): string | null => ACTORS[code]

/** What was done. An act that this site does not know yet is shown by its code, in words. */
export const act = (code: string): string => ACTS[code] ?? code.replaceAll(/[-_]/g, ' ')

/** "22 November 2026". */
export function day(date: Day, locale?: string): string {
  return new Intl.DateTimeFormat(locale ?? pageLanguage(), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** "22 November 2026 at 14:05", in the reader's own time zone. */
export function moment(time: Moment, locale?: string, timeZone?: string): string {
  const style = { dateStyle: 'long', timeStyle: 'short', ...(timeZone && { timeZone }) } as const
  return new Intl.DateTimeFormat(locale ?? pageLanguage(), style).format(new Date(time))
}

/** Why a plan that is not current is not: it is over, or has not begun on the day `today`. */
export function lapse(plan: Plan, today = new Date().toISOString().slice(0, 10), locale?: string): string {
  if (plan.starts_on > today) return `The plan ${plan.name} begins on ${day(plan.starts_on, locale)}.`
  return `The plan ${plan.name} ended on ${day(plan.ends_on, locale)}.`
}

/** A language by its own name: "English", "Nederlands". */
export function language(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Makes a sentence of the server's words, which come in lower case and without a full stop. */
export function sentence(words: string): string {
  const trimmed = words.trim()
  if (!trimmed) return ''
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  return /[.!?]$/.test(start) ? start : `${start}.`
}

/** British English where the page is English: day before month, as most readers of a European vendor expect. */
function pageLanguage(): string {
  const lang = document.documentElement.lang
  return lang === 'en' ? 'en-GB' : lang
}
