/** The built site: its pages and files. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from './portal.ts'

const FOLDER = join(import.meta.dirname, '../../site/public')

/** A built page, with its HTML. */
export interface Built {
  /** Its path, such as `/de/help/`. */
  path: string
  html: string
}

/** Returns all pages in both languages, without redirects and the 404 page. */
export function builtPages(): Built[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|\/)index\.html$/.test(file),
  )
  const pages = files.map((file) => ({
    path: `/${file.slice(0, -'index.html'.length)}`,
    html: builtFile(`/${file}`),
  }))
  return pages
    .filter(({ html }) => !html.includes('http-equiv="refresh"'))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Returns the paths of all files with this ending. */
export function builtFiles(ending: string): string[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith(ending)).map((file) => `/${file}`)
}

/** Returns the text of the file that the server sends for an address. */
export function builtFile(address: string): string {
  return builtBytes(address).toString()
}

export function builtBytes(address: string): Buffer {
  return readFileSync(join(FOLDER, new URL(address, 'http://site').pathname))
}

export function isGerman({ path }: Built): boolean {
  return path.startsWith('/de/')
}

/** Checks whether a script fills the page with data from the API. */
export function isInterface({ html }: Built): boolean {
  return html.includes('id="view" aria-busy="true"')
}

/** Waits until the page's scripts have drawn everything. */
export async function settles(page: Page): Promise<void> {
  // Checked on every frame; an expectation would poll every 100 ms.
  await page.waitForFunction(
    () =>
      document.querySelector('#session[data-known]') &&
      !document.querySelector('[aria-busy="true"]'),
  )
}
