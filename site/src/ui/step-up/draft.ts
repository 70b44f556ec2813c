/**
 * What somebody had typed when an act needed another sign-in, kept until they are back.
 *
 * It stays in this tab, for a quarter of an hour at most, and is removed as soon as the page is
 * back. Nothing is sent by itself: the form opens again, and the focus is on its button.
 *
 * A button that opens a dialog or a form names it in `data-opens`; the form repeats that name in
 * `data-opener`. Pressing such a button sends nothing.
 */
import type { Identity } from '../../api/contract.ts'
import type { StepUp } from '../../api/problem.ts'
import { currentUrl, pagePath } from '../../lib/address.ts'
import { perPage } from '../../lib/per-page.ts'
import { type ControlValue, fill, valuesIn } from './form-values.ts'

const KEY = 'portico-draft'
/** A sign-in takes ten minutes at most; some time to read goes with it. */
const LASTS_MS = 15 * 60_000
/** How long the page may take until its form is there. */
const PATIENCE_MS = 20_000

interface Draft {
  at: number
  /** The page, without its fragment. */
  url: string
  identity: Identity
  needed: StepUp
  /** What opens the form; null if the page shows it by itself. */
  opener: string | null
  /** Values of the form around the opener, which its dialog repeats. */
  outer: ControlValue[]
  /** Values of the form itself; null if the act is a button without a form. */
  values: ControlValue[] | null
  button: { id: string; label: string }
}

/** The buttons that were pressed last: anywhere, and outside dialogs. */
const pressed = perPage<{ last?: HTMLElement; outside?: HTMLElement }>(() => ({}))

/** Notes which button is pressed; not every browser moves the focus there. */
export function watchButtons(): void {
  const onClick = ({ target }: Event) => {
    const button = target instanceof Element ? target.closest('button') : null
    if (!button || button.closest('#step-up')) return
    const state = pressed()
    state.last = button
    if (!button.closest('dialog')) state.outside = button
  }
  document.addEventListener('click', onClick, { capture: true })
}

/** Keeps what is typed in the form of the button that was pressed last. */
export function keepDraft(identity: Identity, needed: StepUp): void {
  const { last, outside } = pressed()
  const isInForm = last?.isConnected && (last.closest('form') || !last.closest('dialog'))
  const button = isInForm ? last : outside
  if (!button) return
  const form = button.closest('form')
  const opener = form?.dataset.opener ?? null
  const outer = opener ? findOpener(opener)?.closest('form') : null
  const draft: Draft = {
    at: Date.now(),
    url: currentUrl(),
    identity,
    needed,
    opener,
    outer: outer ? valuesIn(outer) : [],
    values: form && valuesIn(form),
    button: { id: button.id, label: labelOf(button) },
  }
  sessionStorage.setItem(KEY, JSON.stringify(draft))
}

/** Forgets what is kept. */
export function dropDraft(): void {
  sessionStorage.removeItem(KEY)
}

/** Returns what sign-in is under way for the page at `url`; null if none is. */
export function pendingStepUp(url: string | null): StepUp | null {
  const draft = read()
  return draft?.url === url ? draft.needed : null
}

/**
 * Opens the form of this page again with what was typed, and removes the draft.
 *
 * Pages about signing in leave it for the page it belongs to; any other page ends it. Resolves to
 * `restored` once the focus is on the button, to `other-identity` when somebody else is signed in
 * now, and to null without a draft.
 */
export async function restoreDraft(
  identity: Identity,
): Promise<'restored' | 'other-identity' | null> {
  const here = pagePath()
  if (here === '/sign-in/' || here.startsWith('/problems/')) return null
  const draft = read()
  dropDraft()
  if (draft?.url !== currentUrl()) return null
  const { identity: typist, opener, outer, values } = draft
  if (!isSame(typist, identity)) return 'other-identity'
  if (opener) {
    const button = await appears(() => findOpener(opener))
    const around = button?.closest('form')
    if (around) fill(around, outer)
    button?.click()
  }
  const form = values && (await appears(() => findForm(opener, values)))
  if (form) fill(form, values)
  const button = await appears(() => findButton(form ?? document.body, draft.button))
  button?.focus()
  return button ? 'restored' : null
}

/** Checks whether two identities are shown alike. */
export function isSame(one: Identity, other: Identity): boolean {
  return one.name === other.name && one.email === other.email && one.provider === other.provider
}

function read(): Draft | null {
  try {
    const draft = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Draft | null
    const age = draft ? Date.now() - draft.at : 0
    return age >= 0 && age < LASTS_MS ? draft : null
  } catch {
    return null
  }
}

function findOpener(name: string): HTMLElement | null {
  const all = document.querySelectorAll<HTMLElement>('[data-opens]')
  const found = [...all].find((one) => one.dataset.opens === name)
  return found && !isDisabled(found) ? found : null
}

/** Finds the form that the opener opens, or the page's form with the same fields. */
function findForm(opener: string | null, values: ControlValue[]): HTMLFormElement | null {
  const forms = [...document.querySelectorAll<HTMLFormElement>('dialog form, #view form')]
  return (
    forms.find((form) =>
      opener
        ? form.dataset.opener === opener
        : values.every(({ name }) => form.elements.namedItem(name) !== null),
    ) ?? null
  )
}

function findButton(place: ParentNode, { id, label }: Draft['button']): HTMLElement | null {
  const buttons = [...place.querySelectorAll('button')]
  const found = buttons.find((one) => (id ? one.id === id : labelOf(one) === label))
  return found && !isDisabled(found) ? found : null
}

/** Returns what tells a button from others: its label for screen readers, or its text. */
function labelOf(button: HTMLElement): string {
  const label = button.getAttribute('aria-label') ?? button.getAttribute('name')
  return label ?? button.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''
}

/** Checks whether a button does nothing yet, because what it needs is still loading. */
function isDisabled(button: HTMLElement): boolean {
  return button.getAttribute('aria-disabled') === 'true'
}

/** Waits until `find` finds something in the page; null if that takes too long. */
function appears<T extends Element>(find: () => T | null): Promise<T | null> {
  return new Promise((resolve) => {
    const done = (found: T | null) => {
      observer.disconnect()
      clearTimeout(late)
      resolve(found)
    }
    const look = () => {
      const found = find()
      if (found) done(found)
    }
    const late = setTimeout(() => done(null), PATIENCE_MS)
    const observer = new MutationObserver(look)
    observer.observe(document.body, { childList: true, subtree: true, attributes: true })
    look()
  })
}
