/** The dialog that offers another sign-in when an act needs one. */
import { html, nothing } from 'lit-html'
import * as text from '#language/step-up.ts'
import { listProviders, signInAddress } from '../../api/client.ts'
import type { Provider, Session } from '../../api/contract.ts'
import type { StepUp } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { currentUrl, pageUrl } from '../../lib/address.ts'
import { perPage } from '../../lib/per-page.ts'
import { formatList } from '../../words/codes.ts'
import { explain } from '../../words/explain.ts'
import { type Dialog, makeDialog } from '../dialog/dialog.ts'
import { keepDraft } from './draft.ts'

const open = perPage<{ closed?: Promise<void> | undefined }>(() => ({}))

/**
 * Offers to sign in again and come back to what was typed; resolves when the user closes the
 * dialog. Requests that need the same share one dialog.
 */
export function askForStepUp(needed: StepUp): Promise<void> {
  const state = open()
  state.closed ??= show(needed).finally(() => {
    state.closed = undefined
  })
  return state.closed
}

async function show(needed: StepUp): Promise<void> {
  const [listed, current] = await Promise.all([listProviders(), session()])
  const providers = listed.ok ? listed.value.providers : []
  const signedIn = current.ok ? current.value : null
  await new Promise<void>((closed) => {
    const dialog = makeDialog('step-up', () => false, closed)
    dialog.show(content(needed, providers, signedIn, dialog), 'question')
  })
}

function content(needed: StepUp, providers: Provider[], signedIn: Session | null, dialog: Dialog) {
  const { title, text: why } = explain({ kind: 'step-up-required', retryAfter: null, ...needed })
  const provider = providers.find(({ id }) => id === needed.provider)
  // Signing in there again would end at the same refusal.
  const isUseless = needed.factors && provider?.asserts_factors === false
  return html`
    <div class="stack">
      <h2 id="step-up-title" tabindex="-1">${title}</h2>
      <p>${why}</p>
      ${isUseless ? otherProviders(provider.name, providers) : html`<p>${text.comeBack}</p>`}
      <div class="actions">
        ${
          isUseless
            ? html`<a class="button primary" href=${pageUrl('/help/switch-identity/')}
                >${text.howToSwitch}</a
              >`
            : html`<a
                class="button primary"
                href=${signInAddress(needed.provider, {
                  returnTo: currentUrl(),
                  keep: signedIn?.kept,
                  fresh: needed.fresh,
                  factors: needed.factors,
                })}
                @click=${() => signedIn && keepDraft(signedIn.identity, needed)}
                >${text.continueWith(provider?.name ?? null)}</a
              >`
        }
        <button class="button" type="button" @click=${dialog.close}>${text.cancel}</button>
      </div>
    </div>
  `
}

/** Explains that the user's provider does not confirm several factors, and which ones do. */
function otherProviders(name: string, providers: Provider[]) {
  const names = providers.filter((one) => one.asserts_factors).map((one) => one.name)
  return html`
    <p>${text.confirmsNone(name)}</p>
    ${names.length ? html`<p>${text.useInstead(formatList(names))}</p>` : nothing}
  `
}
