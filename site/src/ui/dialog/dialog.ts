/** Modal dialogs: one at a time; Escape closes them unless a request is in progress. */
import { nothing, render, type TemplateResult } from 'lit-html'

export interface Dialog {
  /** Opens or redraws the dialog; its heading gets the focus whenever `about` changes. */
  show: (content: TemplateResult, about: string) => void
  close: () => void
}

/**
 * Creates a dialog labelled by the element `${id}-title`. Closing removes it.
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
