/**
 * A browser's window for unit tests.
 *
 * A test of a page imports this first, by itself: lit-html looks for a document when it is loaded.
 */
import { Window } from 'happy-dom'

export const ORIGIN = 'https://portal.example'
export const window = new Window({ url: ORIGIN })

/** What Node has too, where a page has its own. */
const OVERRIDDEN = ['Event', 'CustomEvent', 'FormData', 'addEventListener', 'navigator']

for (const name of Object.getOwnPropertyNames(window)) {
  if (name in globalThis && !OVERRIDDEN.includes(name)) continue
  const get = () => Reflect.get(window, name)
  Object.defineProperty(globalThis, name, { configurable: true, get })
}
