/** How the last sign-in ended, on the sign-in page: each outcome with what to do next. */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/signing-in.ts'
import type { Provider, SignInProblem } from '../api/contract.ts'
import { pageUrl, webAddress } from '../lib/address.ts'
import { mailboxLink, vendor } from '../lib/brand.ts'
import { toast } from '../ui/toast/toast.ts'

/** An outcome, as the address of the page names it. */
export interface SignInOutcome {
  kind: SignInProblem
  /** The provider, if it is one of the list. */
  provider: Provider | null
  /** The reference of the log line. */
  reference: string | null
}

/** Outcomes that only the vendor can do something about. */
const OURS: SignInProblem[] = ['provider-misconfigured', 'sign-in-failed']

/** Outcomes that may be the provider's fault, and of which the log knows more if they are. */
const PERHAPS_THEIRS: SignInProblem[] = ['provider-unavailable', 'sign-in-refused']

/** Outcomes after which signing out of the provider makes it ask again. */
export const STILL_SIGNED_IN: SignInProblem[] = ['same-identity', 'sign-in-not-fresh']

/**
 * Reads an outcome from the parameters of the page's address; null if there is none.
 *
 * Anybody can write such an address, so that nothing in it is shown but a short reference.
 */
export function readOutcome(parameters: URLSearchParams, all: Provider[]): SignInOutcome | null {
  const name = parameters.get('problem')
  if (!name) return null
  const kind = isKnown(name) ? name : 'sign-in-failed'
  const reference = parameters.get('reference') ?? ''
  return {
    kind,
    provider: all.find(({ id }) => id === parameters.get('provider')) ?? null,
    reference: isTold(kind) && /^[\da-z-]{1,40}$/i.test(reference) ? reference : null,
  }
}

/** Checks whether a reference leads somebody to what can be done about it. */
function isTold(kind: SignInProblem): boolean {
  return OURS.includes(kind) || PERHAPS_THEIRS.includes(kind)
}

function isKnown(name: string): name is SignInProblem {
  return Object.hasOwn(text.problems, name)
}

/** Draws the outcome, with `action` as a next step. */
export function signInProblem(
  { kind, provider, reference }: SignInOutcome,
  action: TemplateResult | typeof nothing = nothing,
) {
  const name = provider?.name ?? null
  const { what, next } = text.problems[kind]
  const isGood = kind === 'consent-given'
  return html`
    <div class="notice ${isGood ? 'good' : 'bad'}" role=${isGood ? 'status' : 'alert'}>
      <p><strong>${what(name)}</strong></p>
      <p>${next(name)} ${isTold(kind) ? tellUs(kind, reference) : nothing}</p>
      <p class="actions">
        ${action} <a href=${pageUrl(`/problems/${kind}/`)}>${text.whatThisMeans}</a>
      </p>
    </div>
    ${kind === 'sign-in-not-allowed' ? messageForIt(provider) : nothing}
  `
}

function tellUs(kind: SignInProblem, reference: string | null) {
  const code = html`<code>${reference}</code>`
  if (PERHAPS_THEIRS.includes(kind))
    return reference ? text.tellUsIfItLasts(mailboxLink(), code) : nothing
  return reference ? text.tellUsReference(mailboxLink(), code) : text.tellUs(mailboxLink())
}

/** Draws what to send to one's own IT department, to copy. */
function messageForIt(provider: Provider | null) {
  const address = webAddress(provider?.admin_consent ?? null)
  const message = text.forItMessage(vendor, location.origin, provider?.name ?? null, address)
  return html`
    <section class="card">
      <div class="field wide">
        <label for="for-it">${text.forIt}</label>
        <textarea id="for-it" rows="8" readonly .defaultValue=${message}></textarea>
      </div>
      <p class="actions">
        <button class="button" type="button" @click=${() => void copy(message)}>${text.copy}</button>
      </p>
    </section>
  `
}

/** Copies the message; selects it where the browser does not let the page copy. */
async function copy(message: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(message)
    toast(text.copied)
  } catch {
    const field = document.getElementById('for-it')
    if (!(field instanceof HTMLTextAreaElement)) return
    field.focus()
    field.select()
  }
}
