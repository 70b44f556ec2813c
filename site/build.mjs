#!/usr/bin/env node
/**
 * Builds the site: `node site/build.mjs [--base-url URL] [--out DIR]`.
 *
 * Reads the vendor's `config.toml`, stages the site in `.stage` (placeholders filled in, scripts
 * bundled for each language) and runs Zola, which writes the pages to `public` or DIR. Without
 * `--base-url` the pages work on any host; sitemap and feeds need the real address. `npm run check`
 * checks types, so that a build stays fast.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundle } from './build/bundle.mjs'
import { readConfiguration } from './build/configuration.mjs'
import { BuildError } from './build/error.mjs'
import { readLanguages } from './build/languages.mjs'
import { stage } from './build/stage.mjs'

const site = dirname(fileURLToPath(import.meta.url))
const started = performance.now()

try {
  const options = readOptions()
  const out = resolve(options.out ?? join(site, 'public'))
  // Builds into other folders may run at the same time.
  const staged = options.out ? `${out}.stage` : join(site, '.stage')
  const languages = readLanguages(site)
  const configuration = readConfiguration(site, languages)
  stage(site, staged, configuration, languages)
  await Promise.all(languages.map(({ code }) => bundle(site, staged, code)))
  makePages(staged, out, options['base-url'])
  sortIndexes(out)
  if (options.out) rmSync(staged, { recursive: true })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`built ${relative(process.cwd(), out) || out} in ${seconds} s`)
} catch (error) {
  if (!(error instanceof BuildError)) throw error
  console.error(error.message)
  process.exit(1)
}

function readOptions() {
  try {
    return parseArgs({ options: { 'base-url': { type: 'string' }, out: { type: 'string' } } })
      .values
  } catch (error) {
    throw new BuildError(
      `${error.message}: usage is node site/build.mjs [--base-url URL] [--out DIR]`,
    )
  }
}

/**
 * Sorts the search indexes, which Zola does not: equal content gives equal files, and a deployment
 * uploads only changes.
 */
function sortIndexes(out) {
  for (const name of readdirSync(out).filter((file) => /^search_index\..*\.json$/.test(file))) {
    const path = join(out, name)
    const documents = JSON.parse(readFileSync(path, 'utf8'))
    documents.sort((one, other) => (one.url < other.url ? -1 : 1))
    writeFileSync(path, JSON.stringify(documents))
  }
}

/** Runs Zola; shows its output only when it fails. */
function makePages(root, out, baseUrl) {
  const args = [join(site, 'zola.mjs'), '--root', root, 'build', '--output-dir', out, '--force']
  if (baseUrl) args.push('--base-url', baseUrl)
  const zola = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (zola.status !== 0) {
    const words = zola.stderr || zola.stdout || String(zola.error)
    throw new BuildError(`zola could not build the pages:\n${words.trim()}`)
  }
  // Remove Zola's own code colours; ours come from the tokens.
  for (const theme of ['light', 'dark']) rmSync(join(out, `giallo-${theme}.css`), { force: true })
}
