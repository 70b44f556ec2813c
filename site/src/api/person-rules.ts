/**
 * Validation rules for profiles and requests.
 *
 * They mirror the server's rules and codes, so that mistakes show while typing. The server decides.
 */

import { dayIn } from '../lib/day.ts'
import type { ValueError } from './contract.ts'

const LONGEST_NAME = 100
const LONGEST_EMAIL = 254
const LONGEST_ORGANISATION = 150
const LONGEST_REMARK = 500
const LONGEST_PHONE = 40

/**
 * Characters that reorder, hide or pad text invisibly. U+200C and U+200D are allowed: Persian and
 * Indic names need them.
 */
const HIDING_CHARACTERS = [
  String.raw`\p{Cc}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}-\u{180f}`,
  String.raw`\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{2800}\u{3164}\u{feff}`,
  String.raw`\u{ffa0}\u{fff0}-\u{fffd}\u{13430}-\u{1343f}\u{16fe4}\u{1bca0}-\u{1bca3}`,
  String.raw`\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`,
].join('')
const HIDING = new RegExp(String.raw`[${HIDING_CHARACTERS}]|(?! )\p{White_Space}`, 'u')

/** More accents, or marks of any script, on one letter than a language needs. */
const COMMON_ACCENTS = String.raw`\u{300}-\u{36f}\u{483}-\u{489}\u{1ab0}-\u{1aff}`
const ACCENTS = String.raw`[${COMMON_ACCENTS}\u{1dc0}-\u{1dff}\u{20d0}-\u{20ff}\u{fe20}-\u{fe2f}]`
const STACKED = new RegExp(String.raw`(${ACCENTS}\p{M}*){3}|\p{M}{9}`, 'u')

/** Checks that every character can be seen on any device, and stays within its line. */
function checkCharacters(text: string): ValueError | null {
  if (HIDING.test(text)) return { code: 'invisible' }
  if (/[\p{Co}\p{Cn}]/u.test(text)) return { code: 'unknown-character' }
  if (STACKED.test(text)) return { code: 'stacked-marks' }
  return /[\p{Alphabetic}\p{N}]/u.test(text) ? null : { code: 'no-letter' }
}

/**
 * Checks a name or job title: up to 100 characters, nothing invisible, and nothing that mail
 * programs turn into a link.
 */
export function checkName(value: string): ValueError | null {
  const text = value.normalize('NFC').split(' ').filter(Boolean).join(' ')
  if ([...text].length > LONGEST_NAME) return { code: 'too-long', most: LONGEST_NAME }
  return checkShort(text)
}

function checkShort(text: string): ValueError | null {
  if (!text) return { code: 'empty' }
  const unreadable = checkCharacters(text)
  if (unreadable) return unreadable
  if (holdsAddress(text)) return { code: 'address-inside' }
  if (/[/\\]/.test(text) || text.split(/[ ,;()"]/).some(looksLikeHost))
    return { code: 'link-inside' }
  return null
}

/** Checks a message or reason: up to 500 characters, joined into one line. */
export function checkRemark(value: string): ValueError | null {
  const text = value.replaceAll(/\s+/g, ' ').trim()
  if ([...text].length > LONGEST_REMARK) return { code: 'too-long', most: LONGEST_REMARK }
  return checkShort(text)
}

/**
 * Checks an organisation's name or number: up to 150 characters, no address.
 *
 * Full stops inside words are common here, so they are allowed.
 */
export function checkOrganisation(value: string): ValueError | null {
  const text = value.normalize('NFC').split(' ').filter(Boolean).join(' ')
  if (!text) return { code: 'empty' }
  if ([...text].length > LONGEST_ORGANISATION)
    return { code: 'too-long', most: LONGEST_ORGANISATION }
  return checkCharacters(text) ?? (holdsAddress(text) ? { code: 'address-inside' } : null)
}

/** A label of a host name, and the last label, which has two characters or more. */
const LABEL = String.raw`[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?`
const LAST_LABEL = String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}]`
const HOST = new RegExp(String.raw`^(${LABEL}\.)+${LAST_LABEL}$`, 'u')

/** Checks an e-mail address. */
export function checkEmail(value: string): ValueError | null {
  const text = value.normalize('NFKC').trim()
  const at = text.lastIndexOf('@')
  const [local, host] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 0) return { code: 'email' }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  if (/[^\x00-\x7f]/.test(local)) return { code: 'email-accent' }
  if (text.length > LONGEST_EMAIL) return { code: 'too-long', most: LONGEST_EMAIL }
  const isLocal = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(local)
  const isHost = HOST.test(host)
  return isLocal && isHost && !/^[\d.]+$/.test(host) ? null : { code: 'email' }
}

/** Checks a telephone number in any common notation. */
export function checkPhone(value: string): ValueError | null {
  const text = value.split(' ').filter(Boolean).join(' ')
  const digits = text.replaceAll(/\D/g, '').length
  return digits >= 3 && text.length <= LONGEST_PHONE && /^[\d +()/.#*x-]*$/.test(text)
    ? null
    : { code: 'telephone', most: LONGEST_PHONE }
}

/** Checks the last day of access, `YYYY-MM-DD`: today or later. */
export function checkEndDate(value: string, today = dayIn('UTC')): ValueError | null {
  const time = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN
  // `Date` turns 31 February into a day in March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value)
    return { code: 'date' }
  return value < today ? { code: 'past' } : null
}

function holdsAddress(text: string): boolean {
  const lower = text.toLowerCase()
  return (
    lower.includes('://') ||
    lower.includes('www.') ||
    (lower.includes('/') && lower.includes('.')) ||
    /[<>@]/.test(text)
  )
}

/** Mail programs turn `word.word` into a link, whatever the ending. */
function looksLikeHost(word: string): boolean {
  const labels = word.split(/[.\u3002\uff0e\uff61]/)
  const ending = labels.at(-1) ?? ''
  return /^[\p{Alphabetic}\p{N}]{2,}$/u.test(ending) && Boolean(labels.at(-2))
}
