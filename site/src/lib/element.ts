/** Access to elements that the page template always contains. */

type ElementClass<E extends HTMLElement> = abstract new () => E

/** Returns the element with an id; throws when the template lacks it. */
export function requireElement(id: string): HTMLElement
export function requireElement<E extends HTMLElement>(id: string, type: ElementClass<E>): E
export function requireElement(id: string, type: ElementClass<HTMLElement> = HTMLElement) {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`the page has no ${type.name} with the id ${id}`)
}
