/** Sign in: the providers by name, and whether to stay signed in. */
import { html, nothing } from 'lit-html'
import * as text from '#language/signing-in.ts'
import { homeOrNothing, page, parameter, samePath } from '../lib/address.ts'
import { listProviders, signInAddress } from '../api/client.ts'
import { mailboxLink } from '../lib/brand.ts'
import type { Provider, Session } from '../api/contract.ts'
import { icon } from '../ui/icon.ts'
import { who } from '../ui/identity-view.ts'
import { session } from '../api/session.ts'
import { load, paint } from '../shell/view.ts'

const wish = samePath(parameter('return'))
// Without a wish the home page of another language says which language to come back to.
const returnTo = wish ?? homeOrNothing()
const choose = parameter('choose') === 'true'
const { providers } = await load(listProviders)
const current = await session()
let keep = false

draw()

function draw(): void {
  paint(html`
    ${problem(parameter('problem'))} ${current.ok && current.value ? signedInAs(current.value) : nothing}
    <div class="columns">
      ${providers.length ? choice(providers) : html`<p class="notice warn">${text.noProvider(mailboxLink())}</p>`}
      <div class="stack">
        <section>
          <h2>${text.noAccess}</h2>
          <p>${text.noAccessText}</p>
          <p><a href=${page('/access/')}>${text.howToGetAccess}</a></p>
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
        <input type="checkbox" id="keep" aria-describedby="keep-hint" .checked=${keep} @change=${onKeep} />
        <label for="keep">${text.keep}</label>
        <span class="hint" id="keep-hint">${text.keepHint}</span>
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
      ${text.signedInAs(who(identity))}
      ${choose ? nothing : html`<a href=${wish ?? page('/accounts/', { first: '1' })}>${text.goOnAs(identity.name)}</a>`}
    </p>
  `
}

/** Why the last try to sign in ended here. */
function problem(kind: string | null) {
  if (!kind) return nothing
  const known = kind === 'sign-in-cancelled' || kind === 'sign-in-expired' ? kind : 'sign-in-failed'
  const { what, next } = text.problems[known]
  return html`
    <div class="notice bad" role="alert">
      <p><strong>${what}</strong></p>
      <p>${next} <a href=${page(`/problems/${known}/`)}>${text.whatThisMeans}</a></p>
    </div>
  `
}
