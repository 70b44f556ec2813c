/**
 * The site's languages: each folder of `languages/` is one.
 *
 * English comes first, at the root of the site.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { BuildError } from './error.mjs'

/** The language without a prefix, which all others are compared with. */
export const FIRST = 'en'

/** Returns each language's code and template texts; English first. */
export function readLanguages(site) {
  const folder = join(site, 'languages')
  const codes = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort(
      (one, other) => Number(other === FIRST) - Number(one === FIRST) || one.localeCompare(other),
    )
  return codes.map((code) => ({ code, words: readWords(join(folder, code, 'templates.toml')) }))
}

/** Returns the path prefix of a language: "" for English, else `/de`. */
export function prefix(code) {
  return code === FIRST ? '' : `/${code}`
}

function readWords(path) {
  if (!existsSync(path))
    throw new BuildError(`${path} is missing: it holds the words of the templates`)
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new BuildError(`${path} cannot be read: ${error.message}`)
  }
}
