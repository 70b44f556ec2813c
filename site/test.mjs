#!/usr/bin/env node
/**
 * Runs the site's unit tests: `src/FOLDER/NAME.test.ts` and those in `test/`. Bundles TypeScript
 * with esbuild for `node --test`.
 *
 * `node site/test.mjs recent plan` runs only files whose path contains one of the words.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { define } from './build/bundle.mjs'

const site = dirname(fileURLToPath(import.meta.url))
const bundled = join(site, 'test/bundled')
const words = process.argv.slice(2)

/** Lists the files of `folder` that end in `ending`, relative to the site. */
function find(folder, ending) {
  return readdirSync(join(site, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith(ending) && !path.includes('bundled'))
    .filter((path) => !words.length || words.some((word) => path.includes(word)))
}

const sources = [...find('src', '.test.ts'), ...find('test', '.test.ts')]
rmSync(bundled, { recursive: true, force: true })
await build({
  entryPoints: sources.map((path) => join(site, path)),
  outdir: bundled,
  outbase: site,
  outExtension: { '.js': '.mjs' },
  alias: { '#language': join(site, 'languages/en') },
  define: define('en'),
  bundle: true,
  external: ['happy-dom'],
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
})
const files = [
  ...sources.map((path) => join(bundled, path.replace(/\.ts$/, '.mjs'))),
  ...find('test', '.test.mjs').map((path) => join(site, path)),
]
const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...files], {
  cwd: site,
  stdio: 'inherit',
})
process.exit(status ?? 1)
