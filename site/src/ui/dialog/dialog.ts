/** Dialogs: one at a time, above the page, closed by Escape unless something is under way. */
import { nothing, render, type TemplateResult } from 'lit-html'

export interface Dialog {
  /**
   * Opens it, or draws it again; the focus goes to its heading whenever what it is `about` has
   * changed.
   */
  show: (content: TemplateResult, about: string) => void
  close: () => void
}

/**
 * Makes a dialog named by the element with the id `${id}-title`, which is gone once it is closed.
 *
 * While `isBusy` it cannot be closed.
 */
export function makeDialog(
  id: string,
  isBusy: () => boolean,
  onClosed: () => void = () => {},
): Dialog {
  const element = document.createElement('dialog')
  element.id = id
  element.setAttribute('aria-labelledby', `${id}-title`)
  element.addEventListener('cancel', (event) => {
    if (isBusy()) event.preventDefault()
  })
  element.addEventListener('close', () => {
    render(nothing, element)
    element.remove()
    onClosed()
  })
  document.body.append(element)
  let shown = ''

  return {
    show(content, about) {
      render(content, element)
      const isNew = !element.open || about !== shown
      if (!element.open) element.showModal()
      if (isNew) document.getElementById(`${id}-title`)?.focus()
      shown = about
    },
    close: () => element.close(),
  }
}
