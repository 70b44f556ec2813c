import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const site = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(site, 'static/fonts')
const fonts = readdirSync(folder).filter((name) => name.endsWith('.woff2'))

/**
 * Limit for all files of the typeface, in bytes. Pages in English or German need only the first.
 */
const MOST = 25_000

test('a font file is named by its hash, so that browsers may cache it for ever', () => {
  for (const name of fonts) {
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
    assert.match(name, new RegExp(`-${hash.slice(0, 8)}\\.woff2$`))
  }
})

test('the style sheet uses every font, and pages preload one', () => {
  const styles = readFileSync(join(site, 'sass/_fonts.scss'), 'utf8')
  const named = [...styles.matchAll(/"(hanken-grotesk-[^"]+)"/g)].map(([, name]) => `${name}.woff2`)
  assert.deepEqual(named.sort(), fonts.sort())
  const page = readFileSync(join(site, 'templates/base.html'), 'utf8')
  const preloaded = [...page.matchAll(/fonts\/([^']+\.woff2)/g)].map(([, name]) => name)
  assert.deepEqual(
    preloaded,
    fonts.filter((name) => !name.includes('-ext-')),
  )
})

test('the typeface is light', () => {
  const bytes = fonts.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0)
  assert.ok(bytes <= MOST, `${bytes} bytes`)
})
