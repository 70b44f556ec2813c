/**
 * Stages the site for Zola: copies with placeholders filled in, and files generated from
 * `config.toml`.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { parse, stringify } from 'smol-toml'
import { placeholders } from './configuration.mjs'
import { BuildError } from './error.mjs'
import { FIRST, prefix } from './languages.mjs'
import { checkView } from './view.mjs'

/** The library's taxonomies. */
const TAXONOMIES = [
  { name: 'product', feed: true, paginate_by: 20 },
  { name: 'version', feed: true, paginate_by: 20 },
]

/** Stages `site` in the folder `staged`, which is emptied first. */
export function stage(site, staged, configuration, languages) {
  rmSync(staged, { recursive: true, force: true })
  for (const part of ['templates', 'sass', 'static'])
    cpSync(join(site, part), join(staged, part), { recursive: true })
  stageStyles(site, staged)
  stageContent(site, staged, configuration)
  write(join(staged, 'config.toml'), stringify(zolaConfiguration(configuration, languages)))
  write(join(staged, 'static/brand.css'), brandStyle(configuration.brand))
}

/** Copies the styles beside scripts to the others, where Zola finds them. */
function stageStyles(site, staged) {
  const src = join(site, 'src')
  for (const name of readdirSync(src, { recursive: true }).map(String)) {
    if (!name.endsWith('.scss')) continue
    const to = join(staged, 'sass', basename(name))
    if (existsSync(to)) throw new BuildError(`two partials are named ${basename(name)}`)
    cpSync(join(src, name), to)
  }
}

/** Copies the Markdown: fills in placeholders and adds the language to paths. */
function stageContent(site, staged, configuration) {
  const content = join(site, 'content')
  for (const entry of readdirSync(content, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const from = join(entry.parentPath ?? entry.path, entry.name)
    const to = join(staged, 'content', relative(content, from))
    if (entry.name.endsWith('.md')) write(to, stagedPage(site, from, configuration))
    else cpSync(from, to)
  }
}

function stagedPage(site, path, configuration) {
  const code = /\.([a-z]{2,3})\.md$/.exec(path)?.[1] ?? FIRST
  const [, front, body] =
    /^\+\+\+\n([\s\S]*?)\n?\+\+\+\n?([\s\S]*)$/.exec(readFileSync(path, 'utf8')) ?? []
  if (body === undefined)
    throw new BuildError(`${path} does not begin with front matter between two lines of +++`)
  const words = placeholders(configuration, code)
  let facts
  try {
    facts = fill(parse(front), words)
  } catch (error) {
    throw new BuildError(`${path} has front matter that cannot be read: ${error.message}`)
  }
  // Zola uses a path as it is, without the language.
  if (facts.path && code !== FIRST) facts.path = `${code}/${facts.path}`
  if (facts.template === 'view.html') {
    const errors = checkView(site, facts.extra ?? {})
    if (errors.length) throw new BuildError(`${path}: ${errors.join('; ')}`)
    // Pages filled by a script have no text to search.
    facts.in_search_index = false
  }
  return `+++\n${stringify(facts)}\n+++\n${fill(body, words)}`
}

function zolaConfiguration(configuration, languages) {
  const { vendor, brand, notices } = configuration
  const [first, ...others] = languages.map(({ code, words }) => {
    const filled = fill(words, placeholders(configuration, code))
    return {
      code,
      title: filled.portal,
      description: filled.portal_description,
      // Only sections of the library have feeds, by their front matter.
      generate_feeds: false,
      feed_filenames: ['atom.xml'],
      taxonomies: TAXONOMIES,
      build_search_index: true,
      search: SEARCH,
      translations: filled,
    }
  })
  const { code: default_language, ...main } = first
  return {
    // Makes one build work on every host.
    base_url: '/',
    default_language,
    compile_sass: true,
    taxonomy_root: 'library',
    feed_limit: 20,
    ...main,
    languages: Object.fromEntries(others.map(({ code, ...language }) => [code, language])),
    markdown: {
      highlighting: { style: 'class', light_theme: 'github-light', dark_theme: 'github-dark' },
    },
    extra: {
      vendor: vendor.name,
      access_mailbox: vendor.access_mailbox,
      logo: brand.logo,
      languages: languages.map(({ code, words }) => ({
        code,
        name: words.language,
        root: prefix(code),
      })),
      notices: notices.map((notice) => ({
        ...notice,
        ...(notice.from && { from: notice.from.toISOString() }),
        ...(notice.until && { until: notice.until.toISOString() }),
      })),
      words: configuration.words,
    },
  }
}

/** What the search indexes. */
const SEARCH = {
  index_format: 'fuse_json',
  include_title: true,
  include_description: true,
  include_path: true,
  include_content: true,
  truncate_content_length: 20_000,
}

/** Returns the two brand colours; the design derives all others. */
function brandStyle({ accent, accent_dark }) {
  return `:root{--brand:${accent};--brand-dark:${accent_dark}}\n`
}

/** Replaces `{name}` in every string of `value`; leaves unknown names. */
function fill(value, words) {
  if (typeof value === 'string')
    return value.replaceAll(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole)
  if (Array.isArray(value)) return value.map((one) => fill(one, words))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, words)]))
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
