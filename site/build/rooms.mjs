/**
 * The order of the folders in `src`: what a module may import.
 *
 * A folder uses those before it, and a subject no other subject. Every folder says in one line what
 * it is for.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** The folders from the lowest to the highest; those of one rank do not use each other. */
export const RANKS = [
  // What knows nothing of Portico's API: addresses, days, files, the vendor's own words.
  ['lib'],
  // The HTTP API: its contract, the one module that fetches, and what its answers mean.
  ['api'],
  // What the API's codes and problems are called, in the page's language.
  ['words'],
  // Parts of a page that any page may have: forms, dialogs, toasts, icons.
  ['ui'],
  // The page around its content: heading, account bar, loading and problems.
  ['shell'],
  // One folder for each subject.
  ['account', 'people', 'access', 'import', 'search'],
  // One script for each page, named as the use case.
  ['pages'],
]

const FROM = /(?:^|\n)(?:import|export)\b[^'"]*?['"](\.[^'"]+)['"]|\bimport\('(\.[^']+)'\)/g

/**
 * Lists what is wrong with the imports of the folder `src`: folders without a rank, arrows upwards
 * or sideways, circles.
 */
export function wrongImports(src) {
  const files = readdirSync(src, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !/\.(d|test)\.ts$/.test(name))
  const imports = new Map(files.map((file) => [file, importsOf(src, file)]))
  return [...files.flatMap(strays), ...arrows(imports), ...circles(imports)]
}

function importsOf(src, file) {
  const text = readFileSync(join(src, file), 'utf8')
  return [...text.matchAll(FROM)].map(([, still, late]) =>
    relative(src, join(src, dirname(file), still ?? late)).replaceAll('\\', '/'),
  )
}

const folderOf = (file) => file.split('/')[0]

function rankOf(file) {
  return RANKS.findIndex((folders) => folders.includes(folderOf(file)))
}

function strays(file) {
  return rankOf(file) < 0 || !file.includes('/') ? [`${file} is in no folder that has a rank`] : []
}

function arrows(imports) {
  return [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => !target.startsWith('..') && folderOf(target) !== folderOf(file))
      .filter((target) => rankOf(target) >= rankOf(file))
      .map((target) => `${file} imports ${target}, which is not below it`),
  )
}

function circles(imports) {
  const found = []
  const done = new Set()
  const visit = (file, path) => {
    if (path.includes(file)) {
      found.push(`a circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`)
      return
    }
    if (done.has(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return found
}
