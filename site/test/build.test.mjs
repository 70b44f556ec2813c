import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'smol-toml'
import { contrast } from '../build/colour.mjs'
import { placeholders, readConfiguration } from '../build/configuration.mjs'
import { readLanguages } from '../build/languages.mjs'
import { stage } from '../build/stage.mjs'
import { checkView, SKELETONS } from '../build/view.mjs'

const site = join(dirname(fileURLToPath(import.meta.url)), '..')
const folders = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** Creates a site with only a configuration, the real one modified by `change`. */
function siteWith(change) {
  const folder = mkdtempSync(join(tmpdir(), 'portico-site-'))
  folders.push(folder)
  for (const part of ['static', 'languages'])
    cpSync(join(site, part), join(folder, part), { recursive: true })
  for (const part of ['templates', 'sass', 'content', 'src']) mkdirSync(join(folder, part))
  writeFileSync(
    join(folder, 'config.toml'),
    change(readFileSync(join(site, 'config.toml'), 'utf8')),
  )
  return folder
}

function configurationWith(change) {
  const folder = siteWith(change)
  return readConfiguration(folder, readLanguages(folder))
}

test('the configuration in the repository is valid', () => {
  assert.equal(configurationWith((text) => text).vendor.name, 'Example Vendor')
})

test('all errors of a configuration are reported at once', () => {
  const change = (text) =>
    text
      .replace('"Example Vendor"', '"<b>Vendor</b>"')
      .replace('access@vendor.example', 'nobody')
      .replace('logo.svg', 'no-logo.svg')
      .replace('partners = "Partner"', '')
      .concat('[colour]\n[[notices]]\nkind = "joke"\nfrom = "tomorrow"\nen = "Soon"\n')
  assert.throws(
    () => configurationWith(change),
    ({ message }) => {
      for (const error of [
        'name in [vendor] must be',
        'access_mailbox in [vendor] must be an e-mail address',
        'static/no-logo.svg, the logo, is missing',
        'partners in [words.de]',
        '[colour] is not known',
        'notice 1 needs a kind',
        'notice 1 has no text in "de"',
        'notice 1 has a "from" that is no time',
      ]) {
        assert.ok(message.includes(error), `${error}\n${message}`)
      }
      return true
    },
  )
})

test('a brand colour with too little contrast is rejected, light and dark', () => {
  assert.throws(
    () => configurationWith((text) => text.replace('#1f5c57', '#9ad6cf')),
    /accent in \[brand\] is too light/,
  )
  assert.throws(
    () => configurationWith((text) => text.replace('#7fd1c4', '#1f5c57')),
    /accent_dark in \[brand\] is too dark/,
  )
})

test('contrast is computed as in WCAG', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.equal(contrast('#123456', '#123456'), 1)
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48')
})

test('placeholders are filled in: in bodies, front matter and templates', () => {
  const folder = siteWith((text) => text.replace('"Example Vendor"', '"Ängström & Co \'42"'))
  const page =
    '+++\ntitle = "Ask {vendor}"\npath = "ask"\n[extra]\nlist = ["{partner}"]\n+++\n' +
    'Write to {access_mailbox}, {not_ours}.\n'
  writeFileSync(join(folder, 'content/ask.md'), page)
  writeFileSync(join(folder, 'content/ask.de.md'), page)
  const languages = readLanguages(folder)
  const staged = join(folder, '.stage')
  stage(folder, staged, readConfiguration(folder, languages), languages)

  const [, front, body] = /^\+\+\+\n([\s\S]*)\n\+\+\+\n([\s\S]*)$/.exec(
    readFileSync(join(staged, 'content/ask.de.md'), 'utf8'),
  )
  assert.deepEqual(
    { ...parse(front), extra: { ...parse(front).extra } },
    {
      title: "Ask Ängström & Co '42",
      path: 'de/ask',
      extra: { list: ['Partner'] },
    },
  )
  assert.equal(body, 'Write to access@vendor.example, {not_ours}.\n')
  const zola = parse(readFileSync(join(staged, 'config.toml'), 'utf8'))
  assert.equal(zola.languages.de.translations.portal, "Kundenportal von Ängström & Co '42")
  assert.match(readFileSync(join(staged, 'static/brand.css'), 'utf8'), /--brand:#1f5c57/)
})

test('staging removes files that no longer exist', () => {
  const folder = siteWith((text) => text)
  const languages = readLanguages(folder)
  const staged = join(folder, '.stage')
  writeFileSync(join(folder, 'static/old.txt'), '')
  stage(folder, staged, readConfiguration(folder, languages), languages)
  rmSync(join(folder, 'static/old.txt'))
  stage(folder, staged, readConfiguration(folder, languages), languages)
  assert.ok(!existsSync(join(staged, 'static/old.txt')))
})

test('the front matter of a scripted page is validated', () => {
  const view = { script: 'invite', skeleton: 'form', account_bar: true }
  assert.deepEqual(checkView(site, view), [])
  assert.deepEqual(checkView(site, { ...view, script: 'invites' }), [
    'script = "invites" is no file of src/pages',
  ])
  assert.deepEqual(checkView(site, { ...view, skeleton: 'table', acount_bar: true }), [
    'acount_bar in [extra] is not known',
    'skeleton = "table" is none of list, cards, columns, form, page',
  ])
  assert.deepEqual(checkView(site, { ...view, private: 'yes' }), ['private is true or left out'])
})

test('the template draws every skeleton', () => {
  const template = readFileSync(join(site, 'templates/view.html'), 'utf8')
  // The last one is the default branch.
  for (const skeleton of SKELETONS.slice(0, -1))
    assert.ok(template.includes(`page.extra.skeleton == "${skeleton}"`), skeleton)
})

test('template texts use only known placeholders', () => {
  for (const { code, words } of readLanguages(site)) {
    const known = Object.keys(
      placeholders({ vendor: {}, words: { [code]: { partner: '', partners: '' } } }, code),
    )
    for (const [key, text] of Object.entries(words)) {
      for (const [, name] of text.matchAll(/\{(\w+)\}/g)) {
        assert.ok(
          known.includes(name) ||
            ['count', 'date', 'name', 'page', 'pages', 'section'].includes(name),
          `${code}: ${key} names {${name}}`,
        )
      }
    }
  }
})
