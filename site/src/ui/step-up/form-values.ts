/** Reads what is typed in a form, and fills it in again. */

/** A control's value. A name can occur several times, in rows and groups of choices. */
export interface ControlValue {
  name: string
  value: string
  /** Whether it is ticked; null for anything but checkboxes and radio buttons. */
  checked: boolean | null
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Returns what is typed and chosen: never a password or a file, nor what the page itself wrote. */
export function valuesIn(form: HTMLFormElement): ControlValue[] {
  return controlsOf(form).map((control) => ({
    name: control.name || control.id,
    value: control.value,
    checked: isTicked(control),
  }))
}

/**
 * Fills in `values` as if somebody typed them.
 *
 * Controls that the form does not show yet follow when it does, as long as it is open.
 */
export function fill(form: HTMLFormElement, values: ControlValue[]): void {
  const filled = new Set<Control>()
  let left = values
  const observer = new MutationObserver(fillShown)
  observer.observe(document.body, { childList: true, subtree: true })
  fillShown()

  /** Fills in what is shown, and then what is shown because of that. */
  function fillShown(): void {
    let before: number
    do {
      before = left.length
      left = left.filter((given) => !fillOne(given))
    } while (left.length && left.length < before)
    if (!left.length || !form.isConnected) observer.disconnect()
  }

  function fillOne(given: ControlValue): boolean {
    const control = controlsOf(form).find((one) => !filled.has(one) && isFor(one, given))
    if (!control) return false
    filled.add(control)
    set(control, given)
    return true
  }
}

function isFor(control: Control, { name, value, checked }: ControlValue): boolean {
  if ((control.name || control.id) !== name) return false
  return checked === null ? isTicked(control) === null : control.value === value
}

function set(control: Control, { value, checked }: ControlValue): void {
  if (checked === null ? control.value === value : isTicked(control) === checked) return
  if (checked === null) control.value = value
  else (control as HTMLInputElement).checked = checked
  // Components listen to what is typed.
  control.dispatchEvent(new Event('input', { bubbles: true }))
  control.dispatchEvent(new Event('change', { bubbles: true }))
}

function isTicked(control: Control): boolean | null {
  const isChoice = control.type === 'checkbox' || control.type === 'radio'
  return isChoice ? (control as HTMLInputElement).checked : null
}

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (element): element is Control =>
      isControl(element) &&
      !['password', 'file', 'hidden', 'submit', 'button', 'reset'].includes(element.type) &&
      Boolean(element.name || element.id),
  )
}

function isControl(element: Element): element is Control {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  )
}
