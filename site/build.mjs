#!/usr/bin/env node
/**
 * Builds the site: `node site/build.mjs [--base-url URL] [--out DIR]`.
 *
 * Bundles every page's script (`src/pages/*.ts`) into `static/js`, then lets Zola make the pages in `public`, or in DIR.
 * Without `--base-url` the pages work on any host; sitemap and feeds want the real address. Types are checked by
 * `npm run check`, so that a build stays quick.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const site = dirname(fileURLToPath(import.meta.url))
const started = performance.now()
const options = readOptions()
const out = resolve(options.out ?? join(site, 'public'))

await bundle()
makePages()

const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(`built ${relative(process.cwd(), out) || out} in ${seconds} s`)

function readOptions() {
  try {
    return parseArgs({ options: { 'base-url': { type: 'string' }, out: { type: 'string' } } }).values
  } catch (error) {
    fail(`${error.message}: usage is node site/build.mjs [--base-url URL] [--out DIR]`)
  }
}

/** Bundles the pages' scripts. What pages share is split off, so that a browser loads it once. */
async function bundle() {
  const { build } = await import('esbuild').catch(() =>
    fail('esbuild is not installed: run "npm ci --ignore-scripts" in the folder that holds package.json'),
  )
  const pages = join(site, 'src/pages')
  const scripts = join(site, 'static/js')
  rmSync(scripts, { recursive: true, force: true })
  try {
    await build({
      entryPoints: readdirSync(pages).map((file) => join(pages, file)),
      outdir: scripts,
      chunkNames: 'shared-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      minify: true,
      legalComments: 'none',
      logLevel: 'silent',
    })
  } catch (error) {
    const [first] = error.errors ?? []
    if (!first) throw error
    const { file, line } = first.location ?? {}
    fail(`a script does not bundle: ${file ? `${file}:${line}: ` : ''}${first.text}`)
  }
}

/** Runs Zola; shows its words only when it fails. */
function makePages() {
  const args = [join(site, 'zola.mjs'), '--root', site, 'build', '--output-dir', out, '--force']
  if (options['base-url']) args.push('--base-url', options['base-url'])
  const zola = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (zola.status !== 0)
    fail(`zola could not build the pages:\n${(zola.stderr || zola.stdout || String(zola.error)).trim()}`)
}

/** Ends the build with one message on standard error. */
function fail(message) {
  console.error(message)
  process.exit(1)
}
