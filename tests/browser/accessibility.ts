/** Checks that pages are accessible: light and dark, on a phone and a desktop. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import { expect, type Page, shows } from './portal.ts'
import { settles } from './site.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** A viewport width in pixels, and a colour scheme. */
type View = readonly [number, 'light' | 'dark']
const EVERY_VIEW: readonly View[] = [
  [390, 'light'],
  [390, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
]
/** Pages to read have the same colours at any width. */
const READING_VIEWS: readonly View[] = [
  [390, 'light'],
  [1280, 'light'],
  [1280, 'dark'],
]
/** Both languages share templates and colours; only words that are too long differ, on a phone. */
const GERMAN_VIEWS: readonly View[] = [[390, 'light']]

export const LANGUAGES = [
  { name: 'English', root: '', views: EVERY_VIEW, reading: READING_VIEWS },
  { name: 'German', root: '/de', views: GERMAN_VIEWS, reading: GERMAN_VIEWS },
] as const
type Language = (typeof LANGUAGES)[number]

/** An address without its language, and its page's heading. */
export type State = readonly [address: string, heading: string | RegExp]

/** Opens each address and checks its page once the heading is there. */
export async function checkStates(
  page: Page,
  language: Language,
  states: readonly State[],
): Promise<void> {
  for (const [address, heading] of states) {
    // A change of the fragment alone would not reload the page.
    await page.goto('about:blank')
    await page.goto(language.root + address)
    await shows(page, heading)
    await settles(page)
    await expectAccessible(page, language.root + address, language.views)
  }
}

/**
 * Checks the current page: structure at each width, colours in each scheme, and no sideways
 * scrolling.
 */
export async function expectAccessible(
  page: Page,
  what: string,
  views: readonly View[] = EVERY_VIEW,
): Promise<void> {
  await page.evaluate(AXE)
  for (const [width, colorScheme] of views) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    // Only colours depend on the scheme.
    const rules: axe.RunOnly =
      colorScheme === 'light'
        ? { type: 'tag', values: WCAG_2_2_AA }
        : { type: 'rule', values: ['color-contrast'] }
    const found = await page.evaluate(async (runOnly) => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
        runOnly,
        resultTypes: ['violations'],
        selectors: false,
      })
      return {
        width: document.documentElement.scrollWidth,
        violations: violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        ),
      }
    }, rules)
    expect(found.width, `${what}: no wider than ${width}`).toBeLessThanOrEqual(width)
    expect(found.violations, `${what}, ${width} wide, ${colorScheme}`).toEqual([])
  }
}
