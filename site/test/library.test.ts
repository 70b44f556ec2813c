import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'smol-toml'

interface Facts {
  date?: Date
  taxonomies?: Record<string, string[]>
  extra?: { number?: string; starts?: Date; ends?: Date; downloads?: Download[] }
}

interface Download {
  file: string
  size: number
  sha256: string
}

const FOLDER = 'content/library'
const pieces = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, facts(join(FOLDER, name))]),
)

test('the size and checksum shown for a download are those of its file', () => {
  let compared = 0
  for (const [name, { extra }] of pieces) {
    for (const { file, size, sha256 } of extra?.downloads ?? []) {
      // Files on other hosts cannot be compared here.
      if (!file.startsWith('/')) continue
      const path = join('static', file)
      assert.ok(existsSync(path), `${name}: ${path} is missing`)
      const bytes = readFileSync(path)
      assert.equal(size, bytes.length, `${name}: size of ${file}`)
      assert.equal(
        sha256,
        createHash('sha256').update(bytes).digest('hex'),
        `${name}: checksum of ${file}`,
      )
      compared++
    }
  }
  assert.ok(compared > 0)
})

test('an article has the same facts in every language', () => {
  for (const [name, translated] of pieces) {
    const [, first, code] = /^(.*)\.([a-z]{2,3})\.md$/.exec(name) ?? []
    if (!code) continue
    const original = pieces.get(`${first}.md`)
    assert.ok(original, `${name} has no English original`)
    assert.deepEqual(translated.date, original.date, `${name}: date`)
    assert.deepEqual(translated.taxonomies, original.taxonomies, `${name}: taxonomies`)
    assert.equal(translated.extra?.number, original.extra?.number, `${name}: number`)
    const sums = ({ extra }: Facts) => extra?.downloads?.map(({ sha256 }) => sha256)
    assert.deepEqual(sums(translated), sums(original), `${name}: downloads`)
  }
})

test('an event ends no earlier than it starts', () => {
  for (const [name, { extra }] of pieces) {
    if (name.startsWith('training/') && !name.includes('_index'))
      assert.ok(extra?.starts, `${name} has no "starts"`)
    if (extra?.starts && extra.ends) assert.ok(extra.starts <= extra.ends, name)
  }
})

function facts(path: string): Facts {
  const [, front] = /^\+\+\+\n([\s\S]*?)\n\+\+\+/.exec(readFileSync(path, 'utf8')) ?? []
  assert.ok(front !== undefined, `${path} has no front matter`)
  return parse(front) as Facts
}
