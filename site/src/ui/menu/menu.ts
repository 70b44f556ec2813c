/**
 * A button with a panel below it.
 *
 * Escape, a click beside it, or leaving it with the keyboard closes the panel.
 */
export interface Menu {
  isOpen: () => boolean
  toggle: () => void
  close: () => void
}

/**
 * Makes the menu of the element `place`, whose first button opens it; `draw` draws it open or
 * closed.
 */
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
