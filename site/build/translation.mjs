/** Compares a language with English: what is missing, unknown, or of a different shape. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { parse } from 'smol-toml'
import { FIRST } from './languages.mjs'

const packages = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules')

/**
 * Lists the files, texts and pages that the language `code` lacks, and those that English does not
 * have.
 */
export async function translationErrors(site, code) {
  return [...templates(site, code), ...(await modules(site, code)), ...content(site, code)]
}

/** Returns the exports of a language module. */
export async function exportsOf(path) {
  const folder = mkdtempSync(join(tmpdir(), 'portico-words-'))
  const outfile = join(folder, 'words.mjs')
  await build({
    entryPoints: [path],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    nodePaths: [packages],
    logLevel: 'silent',
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Returns the names of the language modules; English defines them. */
export function languageModules(site) {
  return readdirSync(join(site, 'languages', FIRST)).filter((name) => name.endsWith('.ts'))
}

function templates(site, code) {
  const words = (language) => join(site, 'languages', language, 'templates.toml')
  if (!existsSync(words(code))) return [`languages/${code}/templates.toml is missing`]
  const [first, other] = [FIRST, code].map((language) =>
    parse(readFileSync(words(language), 'utf8')),
  )
  return compare(`languages/${code}/templates.toml`, first, other)
}

async function modules(site, code) {
  const folder = join(site, 'languages', code)
  const strays = readdirSync(folder).filter(
    (name) => name.endsWith('.ts') && !languageModules(site).includes(name),
  )
  const found = strays.map(
    (name) => `languages/${code}/${name} is not known: English has no such file`,
  )
  for (const name of languageModules(site)) {
    const path = join(folder, name)
    if (!existsSync(path)) found.push(`languages/${code}/${name} is missing`)
    else
      found.push(
        ...compare(
          `languages/${code}/${name}`,
          await exportsOf(join(site, 'languages', FIRST, name)),
          await exportsOf(path),
        ),
      )
  }
  return found
}

/** Compares names, kinds of values, and the number of parameters of functions. */
function compare(where, first, other) {
  const missing = Object.keys(first).filter((name) => !(name in other))
  const strays = Object.keys(other).filter((name) => !(name in first))
  const others = Object.keys(first)
    .filter((name) => name in other)
    .flatMap((name) => {
      const [expected, actual] = [shape(first[name]), shape(other[name])]
      if (expected !== actual) return [`${where}: ${name} is ${actual}, in English ${expected}`]
      return expected === 'a group' ? compare(`${where}: ${name}`, first[name], other[name]) : []
    })
  return [
    ...missing.map((name) => `${where}: ${name} is missing`),
    ...strays.map((name) => `${where}: ${name} is not known in English`),
    ...others,
  ]
}

function shape(value) {
  if (typeof value === 'function') return `a function of ${value.length}`
  if (typeof value === 'string') return value.trim() ? 'a text' : 'an empty text'
  return value && typeof value === 'object' && !('_$litType$' in value)
    ? 'a group'
    : value === null
      ? 'nothing'
      : 'a template'
}

function content(site, code) {
  const files = readdirSync(join(site, 'content'), { recursive: true }).map((name) =>
    String(name).replaceAll('\\', '/'),
  )
  const pages = files.filter((name) => name.endsWith('.md') && !/\.[a-z]{2,3}\.md$/.test(name))
  const translation = (name) => name.replace(/\.md$/, `.${code}.md`)
  const strays = files.filter(
    (name) => name.endsWith(`.${code}.md`) && !pages.some((page) => translation(page) === name),
  )
  return [
    ...pages
      .filter((name) => !files.includes(translation(name)))
      .map((name) => `content/${translation(name)} is missing`),
    ...strays.map((name) => `content/${name} is not known: English has no such page`),
  ]
}
