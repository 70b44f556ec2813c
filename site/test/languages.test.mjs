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
import { FIRST, readLanguages } from '../build/languages.mjs'
import { exportsOf, languageModules, translationErrors } from '../build/translation.mjs'

const site = join(dirname(fileURLToPath(import.meta.url)), '..')
const languages = readLanguages(site).map(({ code }) => code)
const folders = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** Texts of several words that are the same in both languages, with the reason. */
const SAME = new Set([])

for (const code of languages.filter((one) => one !== FIRST)) {
  test(`the language "${code}" lacks nothing`, async () => {
    assert.deepEqual(await translationErrors(site, code), [])
  })

  test(`no text of the language "${code}" was left in English`, async () => {
    const left = []
    for (const name of languageModules(site)) {
      const [first, other] = await Promise.all(
        [FIRST, code].map(async (one) =>
          texts(await exportsOf(join(site, 'languages', one, name))),
        ),
      )
      for (const [key, text] of Object.entries(first))
        if (isLeft(text, other[key])) left.push(`${name}: ${key}: ${text}`)
    }
    const [first, other] = [FIRST, code].map((one) =>
      parse(readFileSync(join(site, 'languages', one, 'templates.toml'), 'utf8')),
    )
    for (const [key, text] of Object.entries(first))
      if (isLeft(text, other[key])) left.push(`templates.toml: ${key}: ${text}`)
    assert.deepEqual(left, [])
  })
}

test('missing files, texts, shapes and pages of a language are listed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portico-language-'))
  folders.push(folder)
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('languages/en/templates.toml', 'skip = "Skip"\nprint = "Print"\n')
  write('languages/xx/templates.toml', 'skip = "Xkip"\nextra = "Xtra"\n')
  write(
    'languages/en/page.ts',
    'export const loading = "Loading"\n' +
      'export const found = (a: number, b: number) => `${a} of ${b}`\n',
  )
  write(
    'languages/xx/page.ts',
    'export const found = (a: number) => `${a}`\nexport const stray = "Xtray"\n',
  )
  write(
    'languages/en/roles.ts',
    'export const roles = { one: "One", two: "Two" }\nexport const note = "Note"\n',
  )
  write('languages/xx/roles.ts', 'export const roles = { one: "Xne" }\nexport const note = " "\n')
  write('languages/en/plan.ts', 'export const plan = "Plan"\n')
  write('content/help/one.md', '')
  write('content/help/two.md', '')
  write('content/help/two.xx.md', '')
  write('content/help/old.xx.md', '')
  assert.deepEqual(await translationErrors(folder, 'xx'), [
    'languages/xx/templates.toml: print is missing',
    'languages/xx/templates.toml: extra is not known in English',
    'languages/xx/page.ts: loading is missing',
    'languages/xx/page.ts: stray is not known in English',
    'languages/xx/page.ts: found is a function of 1, in English a function of 2',
    'languages/xx/plan.ts is missing',
    'languages/xx/roles.ts: note is an empty text, in English a text',
    'languages/xx/roles.ts: roles: two is missing',
    'content/help/one.xx.md is missing',
    'content/help/old.xx.md is not known: English has no such page',
  ])
})

test('a language copied from English is detected', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portico-language-'))
  folders.push(folder)
  cpSync(join(site, 'languages/en'), join(folder, 'languages/en'), { recursive: true })
  const words = texts(await exportsOf(join(folder, 'languages/en/plan.ts')))
  assert.ok(Object.values(words).some((text) => isLeft(text, text)))
})

test('every kind of problem has a text and a page in every language', async () => {
  const { LOCAL_KINDS, GATEWAY_KINDS } = await exportsOf(join(site, 'src/api/problem.ts'))
  const { PROBLEM_KINDS } = await exportsOf(join(site, 'src/api/contract.generated.ts'))
  for (const code of languages) {
    const { explanations } = await exportsOf(join(site, 'languages', code, 'problems.ts'))
    assert.deepEqual(
      Object.keys(explanations).sort(),
      [...PROBLEM_KINDS, ...GATEWAY_KINDS, ...LOCAL_KINDS].sort(),
      code,
    )
    for (const kind of [...PROBLEM_KINDS, ...GATEWAY_KINDS]) {
      const page = `content/problems/${kind}${code === FIRST ? '' : `.${code}`}.md`
      assert.ok(existsSync(join(site, page)), page)
    }
  }
})

test('every kind of event has words in every language', async () => {
  const { EVENTS } = await exportsOf(join(site, 'test/events.generated.ts'))
  const kinds = EVENTS.map(({ type }) => type).sort()
  for (const code of languages) {
    const { events } = await exportsOf(join(site, 'languages', code, 'activity.ts'))
    assert.deepEqual(Object.keys(events).sort(), kinds, code)
  }
})

/** Returns a module's texts by path; a function's are its string literals. */
function texts(group, place = '') {
  return Object.fromEntries(
    Object.entries(group).flatMap(([name, value]) => {
      const key = place + name
      if (typeof value === 'string') return [[key, value]]
      if (typeof value === 'function') return [[key, quoted(String(value))]]
      return value && typeof value === 'object' ? Object.entries(texts(value, `${key}.`)) : []
    }),
  )
}

function quoted(source) {
  const literals = source.replaceAll(/\$\{[^{}]*\}/g, ' ').match(/`[^`]*`|"[^"]*"|'[^']*'/g) ?? []
  return literals.join(' ').replaceAll(/<[^>]*>/g, ' ')
}

function isLeft(text, translation) {
  const words = (text ?? '').replaceAll(/\{\w+\}/g, '').match(/\p{L}+/gu) ?? []
  return words.length > 1 && text === translation && !SAME.has(text)
}
