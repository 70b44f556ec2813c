/**
 * A browser window for unit tests.
 *
 * Tests of pages import this first: lit-html looks for a document when it is loaded.
 */
import { Window } from 'happy-dom'

export const ORIGIN = 'https://portal.example'
export const window = new Window({ url: ORIGIN })

/** Globals that Node has too, but pages need from the window. */
const OVERRIDDEN = ['Event', 'CustomEvent', 'FormData', 'addEventListener', 'navigator']

for (const name of Object.getOwnPropertyNames(window)) {
  if (name in globalThis && !OVERRIDDEN.includes(name)) continue
  const get = () => Reflect.get(window, name)
  Object.defineProperty(globalThis, name, { configurable: true, get })
}
