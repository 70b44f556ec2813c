/** Sign in: lists the providers, offers to stay signed in, and says how the last sign-in ended. */
import { html, nothing } from 'lit-html'
import * as text from '#language/signing-in.ts'
import { loginHint } from '../access/login-hint.ts'
import { providerSignOut } from '../access/provider-sign-out.ts'
import {
  readOutcome,
  type SignInOutcome,
  STILL_SIGNED_IN,
  signInProblem,
} from '../access/sign-in-problem.ts'
import { listProviders, signInAddress } from '../api/client.ts'
import type { Provider, Session } from '../api/contract.ts'
import { session } from '../api/session.ts'
import { localisedHome, pageUrl, safePath, urlParameter } from '../lib/address.ts'
import { mailboxLink } from '../lib/brand.ts'
import { forgetAll } from '../people/recent.ts'
import { load, renderPage } from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { identityLabel } from '../ui/identity-label.ts'
import { pendingStepUp } from '../ui/step-up/draft.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  const wantedPath = safePath(urlParameter('return'))
  // Without a page to return to, the home page keeps the language.
  const returnTo = wantedPath ?? localisedHome()
  const { providers, keep_days } = await load(listProviders)
  const outcome = readOutcome(new URLSearchParams(location.search), providers)
  const choose = urlParameter('choose') === 'true' || outcome?.kind === 'same-identity'
  // The way back from a step-up that failed must not lead to a weaker sign-in.
  const needed = pendingStepUp(wantedPath)
  const fresh = needed?.fresh || outcome?.kind === 'sign-in-not-fresh'
  const factors = needed?.factors || outcome?.kind === 'factors-missing'
  const current = await session()
  const signedIn = current.ok ? current.value : null
  let keep = needed !== null && signedIn?.kept === true

  draw()

  function draw(): void {
    renderPage(html`
      ${outcome ? signInProblem(outcome, nextStep(outcome)) : nothing}
      ${signedIn ? signedInAs(signedIn) : nothing}
      <div class="columns">
        ${
          providers.length
            ? choice(providers)
            : html`<p class="notice warn">${text.noProvider(mailboxLink())}</p>`
        }
        <div class="stack">
          <section>
            <h2>${text.noAccess}</h2>
            <p>${text.noAccessText}</p>
            <p><a href=${pageUrl('/access/')}>${text.howToGetAccess}</a></p>
          </section>
          <section>
            <h2>${text.switching}</h2>
            <p>${text.switchingText}</p>
          </section>
        </div>
      </div>
    `)
  }

  function nextStep({ kind }: SignInOutcome) {
    return STILL_SIGNED_IN.includes(kind) ? providerSignOut(signedIn, forgetAll) : nothing
  }

  function choice(choices: Provider[]) {
    return html`
      <section class="card" aria-label=${text.ways}>
        <p>${choose ? text.chooseAnother : text.useYours}</p>
        <ul class="providers">
          ${choices.map(
            ({ id, name, asserts_factors }) => html`
              <li>
                <a
                  class="button primary"
                  href=${signInAddress(id, { returnTo, keep, choose, fresh, factors, loginHint: loginHint(wantedPath) })}
                  >${text.continueWith(name)} ${icon('arrow')}</a
                >
                ${
                  factors && asserts_factors
                    ? html`<span class="hint">${text.confirmsFactors}</span>`
                    : nothing
                }
              </li>
            `,
          )}
        </ul>
        <div class="check">
          <input
            type="checkbox"
            id="keep"
            aria-describedby="keep-hint"
            .checked=${keep}
            @change=${onKeep}
          />
          <label for="keep">${text.keep}</label>
          <span class="hint" id="keep-hint">${text.keepHint(keep_days)}</span>
        </div>
      </section>
    `
  }

  function onKeep(event: Event): void {
    keep = (event.target as HTMLInputElement).checked
    draw()
  }

  function signedInAs({ identity }: Session) {
    const isChoosing = choose && !outcome
    return html`
      <p class="notice">
        ${text.signedInAs(identityLabel(identity))}
        ${
          isChoosing
            ? nothing
            : html`<a href=${wantedPath ?? pageUrl('/accounts/', { first: '1' })}
                >${text.continueAs(identity.name)}</a
              >`
        }
      </p>
    `
  }
}
