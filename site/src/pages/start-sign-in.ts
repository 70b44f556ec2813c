/** Sign in: lists the providers and offers to stay signed in. */
import { html, nothing } from 'lit-html'
import * as text from '#language/signing-in.ts'
import { listProviders, signInAddress } from '../api/client.ts'
import type { Provider, Session } from '../api/contract.ts'
import { session } from '../api/session.ts'
import { localisedHome, pageUrl, safePath, urlParameter } from '../lib/address.ts'
import { mailboxLink } from '../lib/brand.ts'
import { load, renderPage } from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { identityLabel } from '../ui/identity-label.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  const wantedPath = safePath(urlParameter('return'))
  // Without a page to return to, the home page keeps the language.
  const returnTo = wantedPath ?? localisedHome()
  const choose = urlParameter('choose') === 'true'
  const { providers, keep_days } = await load(listProviders)
  const current = await session()
  let keep = false

  draw()

  function draw(): void {
    renderPage(html`
      ${problem(urlParameter('problem'))}
      ${current.ok && current.value ? signedInAs(current.value) : nothing}
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

  function choice(choices: Provider[]) {
    return html`
      <section class="card" aria-label=${text.ways}>
        <p>${choose ? text.chooseAnother : text.useYours}</p>
        <ul class="providers">
          ${choices.map(
            ({ id, name }) => html`
              <li>
                <a class="button primary" href=${signInAddress(id, returnTo, keep, choose)}
                  >${text.continueWith(name)} ${icon('arrow')}</a
                >
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
    return html`
      <p class="notice">
        ${text.signedInAs(identityLabel(identity))}
        ${
          choose
            ? nothing
            : html`<a href=${wantedPath ?? pageUrl('/accounts/', { first: '1' })}
                >${text.continueAs(identity.name)}</a
              >`
        }
      </p>
    `
  }
}

/** Draws why the last sign-in failed. */
function problem(kind: string | null) {
  if (!kind) return nothing
  const known = kind === 'sign-in-cancelled' || kind === 'sign-in-expired' ? kind : 'sign-in-failed'
  const { what, next } = text.problems[known]
  return html`
    <div class="notice bad" role="alert">
      <p><strong>${what}</strong></p>
      <p>${next} <a href=${pageUrl(`/problems/${known}/`)}>${text.whatThisMeans}</a></p>
    </div>
  `
}
