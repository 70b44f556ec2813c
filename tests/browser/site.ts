/** The site as it was built: its pages, and the files that they need. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from './portal.ts'

const FOLDER = join(import.meta.dirname, '../../site/public')

/** A page that was built, and what the server sends for it. */
export interface Built {
  /** The path that it stands at, such as `/de/help/`. */
  path: string
  html: string
}

/** All pages in both languages, but those that only lead on to another, and the one that says that there is none. */
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

/** The paths of all files whose name ends so. */
export function builtFiles(ending: string): string[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith(ending)).map((file) => `/${file}`)
}

/** What is in the file that the server sends for this address. */
export function builtFile(address: string): string {
  return builtBytes(address).toString()
}

export function builtBytes(address: string): Buffer {
  return readFileSync(join(FOLDER, new URL(address, 'http://site').pathname))
}

export function isGerman({ path }: Built): boolean {
  return path.startsWith('/de/')
}

/** Whether a script fills the page, with what it asks the API for. */
export function isInterface({ html }: Built): boolean {
  return html.includes('id="view" aria-busy="true"')
}

/** Waits until the page's scripts have drawn all that they have to draw. */
export async function settles(page: Page): Promise<void> {
  // Looked at for each frame, where an expectation would be for every tenth of a second.
  await page.waitForFunction(
    () =>
      document.querySelector('#session[data-known]') &&
      !document.querySelector('[aria-busy="true"]'),
  )
}
