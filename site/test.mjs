#!/usr/bin/env node
/**
 * Runs the site's unit tests: bundles `test/*.test.ts`, of the pages' modules, with esbuild, and hands them to `node --test`
 * together with `test/*.test.mjs`, of the build.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { define } from './build/bundle.mjs'

const site = dirname(fileURLToPath(import.meta.url))
const tests = join(site, 'test')
const bundled = join(tests, 'bundled')
const names = readdirSync(tests).filter((name) => name.endsWith('.test.ts'))

rmSync(bundled, { recursive: true, force: true })
await build({
  entryPoints: names.map((name) => join(tests, name)),
  outdir: bundled,
  outExtension: { '.js': '.mjs' },
  alias: { '#language': join(site, 'languages/en') },
  define: define('en'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
})
const files = [
  ...names.map((name) => join(bundled, name.replace(/\.ts$/, '.mjs'))),
  ...readdirSync(tests)
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => join(tests, name)),
]
const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...files], {
  cwd: site,
  stdio: 'inherit',
})
process.exit(status ?? 1)
