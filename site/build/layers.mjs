/**
 * The layers of `src`: which folders a module may import.
 *
 * A folder may use the layers before it; folders of one layer do not use each other.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** The layers, lowest first. */
export const LAYERS = [
  // Independent of Portico's API: addresses, days, files, the vendor's own words.
  ['lib'],
  // The HTTP API: its contract, the one module that fetches, and how to read its answers.
  ['api'],
  // Labels for the API's codes and problems, in the page's language.
  ['words'],
  // Components that any page may use: forms, dialogs, toasts, icons.
  ['ui'],
  // The page around its content: heading, account bar, loading and problems.
  ['shell'],
  // One folder for each subject.
  ['account', 'people', 'access', 'import', 'search'],
  // One script per page, named after its use case.
  ['pages'],
]

const FROM = /(?:^|\n)(?:import|export)\b[^'"]*?['"](\.[^'"]+)['"]|\bimport\('(\.[^']+)'\)/g

/**
 * Lists invalid imports in `src`: modules outside the layers, imports upwards or sideways, and
 * cycles.
 */
export function wrongImports(src) {
  const files = readdirSync(src, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !/\.(d|test)\.ts$/.test(name))
  const imports = new Map(files.map((file) => [file, importsOf(src, file)]))
  return [...files.flatMap(strays), ...arrows(imports), ...cycles(imports)]
}

function importsOf(src, file) {
  const text = readFileSync(join(src, file), 'utf8')
  return [...text.matchAll(FROM)].map(([, still, late]) =>
    relative(src, join(src, dirname(file), still ?? late)).replaceAll('\\', '/'),
  )
}

const folderOf = (file) => file.split('/')[0]

function layerOf(file) {
  return LAYERS.findIndex((folders) => folders.includes(folderOf(file)))
}

function strays(file) {
  return layerOf(file) < 0 || !file.includes('/') ? [`${file} is in no folder of a layer`] : []
}

function arrows(imports) {
  return [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => !target.startsWith('..') && folderOf(target) !== folderOf(file))
      .filter((target) => layerOf(target) >= layerOf(file))
      .map((target) => `${file} imports ${target}, which is not below it`),
  )
}

function cycles(imports) {
  const found = []
  const done = new Set()
  const visit = (file, path) => {
    if (path.includes(file)) {
      found.push(`a cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`)
      return
    }
    if (done.has(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return found
}
