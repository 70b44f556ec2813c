/**
 * A button with a panel below it.
 *
 * Escape, a click outside and leaving with the keyboard close the panel.
 */
export interface Menu {
  isOpen: () => boolean
  toggle: () => void
  close: () => void
}

/** Creates the menu of `place`, whose first button opens it; `draw` is called on every change. */
export function makeMenu(place: HTMLElement, draw: () => void): Menu {
  let isOpen = false

  function set(open: boolean): void {
    if (isOpen === open) return
    isOpen = open
    draw()
  }

  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !isOpen) return
    set(false)
    place.querySelector('button')?.focus()
  })
  place.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !place.contains(relatedTarget)) set(false)
  })
  addEventListener('click', ({ target }) => {
    if (target instanceof Node && target.isConnected && !place.contains(target)) set(false)
  })
  return { isOpen: () => isOpen, toggle: () => set(!isOpen), close: () => set(false) }
}
