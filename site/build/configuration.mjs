/** Reads and validates the vendor's `config.toml`; reports all errors at once. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { contrast } from './colour.mjs'
import { BuildError } from './error.mjs'

/** Colours behind and on the accent; text needs a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3). */
const LIGHT = { page: '#f6f4ee', onAccent: '#ffffff' }
const DARK = { page: '#1a1f1d', onAccent: '#0b1f1c' }
const NEEDED = 4.5

const NOTICES = ['information', 'maintenance']

/** Returns `{ vendor, brand, words, notices }`. */
export function readConfiguration(site, languages) {
  const path = join(site, 'config.toml')
  const errors = []
  const read = readToml(path)
  const { vendor = {}, brand = {}, words = {}, notices = [] } = read

  for (const name of Object.keys(read)) {
    if (!['vendor', 'brand', 'words', 'notices'].includes(name))
      errors.push(`[${name}] is not known`)
  }
  const expect = (table, entries, name, pattern, should) => {
    if (!pattern.test(entries[name] ?? '')) errors.push(`${name} in [${table}] ${should}`)
  }
  expect(
    'vendor',
    vendor,
    'name',
    /^[^<>"\\{}]{1,80}$/,
    'must be 1 to 80 characters without < > " \\ { }',
  )
  expect('vendor', vendor, 'access_mailbox', /^[^\s@<>"]+@[^\s@<>"]+$/, 'must be an e-mail address')
  expect(
    'vendor',
    vendor,
    'mail_from',
    /^[^<>"\n]+ <[^\s@<>]+@[^\s@<>]+>$/,
    'must look like Name <portal@vendor.example>',
  )
  expect('vendor', vendor, 'address', /^[^<>"\\{}]+$/, 'must be one line without < > " \\ { }')
  expect('vendor', vendor, 'website', /^https:\/\/[^\s"<>{}]+$/, 'must begin with https://')
  expect('brand', brand, 'logo', /^[\w./-]+$/, 'must name a file in static/')
  expect('brand', brand, 'accent', /^#[0-9a-f]{6}$/i, 'must look like #1f5c57')
  expect('brand', brand, 'accent_dark', /^#[0-9a-f]{6}$/i, 'must look like #7fd1c4')
  for (const { code } of languages) {
    for (const word of ['partner', 'partners']) {
      expect(
        `words.${code}`,
        words[code] ?? {},
        word,
        /^[^<>"\\{}]{1,40}$/,
        'must be 1 to 40 characters',
      )
    }
  }
  if (brand.logo && !existsSync(join(site, 'static', brand.logo)))
    errors.push(`static/${brand.logo}, the logo, is missing`)
  if (errors.length === 0)
    errors.push(
      ...unreadable('accent', brand.accent, LIGHT),
      ...unreadable('accent_dark', brand.accent_dark, DARK),
    )
  for (const [index, notice] of notices.entries())
    errors.push(...noticeErrors(notice, index + 1, languages))
  if (errors.length)
    throw new BuildError(`${path} has errors:\n${errors.map((error) => `- ${error}`).join('\n')}`)
  return { vendor, brand, words, notices }
}

/** Returns the values of the placeholders in content and templates, in one language. */
export function placeholders({ vendor, words }, code) {
  return {
    vendor: vendor.name,
    access_mailbox: vendor.access_mailbox,
    vendor_address: vendor.address,
    vendor_website: vendor.website,
    ...words[code],
  }
}

function readToml(path) {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new BuildError(`${path} cannot be read: ${error.message}`)
  }
}

function unreadable(name, colour, { page, onAccent }) {
  const worst = Math.min(contrast(colour, page), contrast(colour, onAccent))
  if (worst >= NEEDED) return []
  return [
    `${name} in [brand] is too ${name === 'accent' ? 'light' : 'dark'} to read: ` +
      `its contrast with ${page} or ${onAccent} ` +
      `is ${worst.toFixed(1)} to 1, ${NEEDED} is needed`,
  ]
}

function noticeErrors(notice, number, languages) {
  const errors = []
  const report = (what) => errors.push(`notice ${number} ${what}`)
  if (!NOTICES.includes(notice.kind)) report(`needs a kind: ${NOTICES.join(' or ')}`)
  for (const { code } of languages)
    if (typeof notice[code] !== 'string') report(`has no text in "${code}"`)
  for (const name of ['from', 'until']) {
    if (name in notice && !(notice[name] instanceof Date))
      report(`has a "${name}" that is no time such as 2026-12-05T18:00:00Z`)
  }
  if (notice.from >= notice.until) report('ends before it begins')
  return errors
}
