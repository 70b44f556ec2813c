/** Sign in: the providers by name, and whether to stay signed in. */
import { html, nothing } from 'lit-html'
import { listProviders, signInAddress } from '../api.ts'
import { parameter, samePath } from '../address.ts'
import { accessMailbox } from '../brand.ts'
import type { Provider, Session } from '../contract.ts'
import { session } from '../session.ts'
import { load, paint } from '../view.ts'

const returnTo = samePath(parameter('return'))
const choose = parameter('choose') === 'true'
const { providers } = await load(listProviders)
const current = await session()
let keep = false

draw()

function draw(): void {
  paint(html`
    ${problem(parameter('problem'))} ${current.ok && current.value ? signedInAs(current.value) : nothing}
    ${providers.length ? choice(providers) : noProvider()}
    <h2>No access yet?</h2>
    <p>
      Signing in needs no registration here: use an identity that you already have, such as the one you work with. What
      you can see then depends on the accounts you have been added to.
      <a href="/#access">How to get access</a>
    </p>
  `)
}

function choice(choices: Provider[]) {
  return html`
    <section class="card" aria-label="Ways to sign in">
      <p>${choose ? 'Choose the identity that you want to use.' : 'Use an identity that you already have.'}</p>
      <ul class="providers">
        ${choices.map(
          ({ id, name }) => html`
            <li>
              <a class="button primary" href=${signInAddress(id, returnTo, keep, choose)}>Continue with ${name}</a>
            </li>
          `,
        )}
      </ul>
      <div class="check">
        <input type="checkbox" id="keep" aria-describedby="keep-hint" .checked=${keep} @change=${onKeep} />
        <label for="keep">Keep me signed in</label>
        <span class="hint" id="keep-hint">
          For 30 days, in this browser. Only on your own computer: whoever uses it next would be signed in as you.
        </span>
      </div>
    </section>
  `
}

function onKeep(event: Event): void {
  keep = (event.target as HTMLInputElement).checked
  draw()
}

function noProvider() {
  return html`
    <p class="notice warn">
      No way to sign in has been set up yet. Write to <a href="mailto:${accessMailbox}">${accessMailbox}</a>.
    </p>
  `
}

function signedInAs({ identity }: Session) {
  return html`
    <p class="notice">
      You are signed in as
      <strong>${identity.name}</strong> (${[identity.email, identity.provider].filter(Boolean).join(', ')}).
      ${choose ? nothing : html`<a href=${returnTo ?? '/accounts/?first=1'}>Go on as ${identity.name}</a>`}
    </p>
  `
}

/** Why the last try to sign in ended here. */
function problem(kind: string | null) {
  switch (kind) {
    case null:
      return nothing
    case 'sign-in-cancelled':
      return notice('The sign-in was cancelled.', 'Nothing has changed. Choose how to sign in to try again.')
    case 'sign-in-expired':
      return notice(
        'The sign-in took too long.',
        'It has to be finished within ten minutes, in the same browser. Please try again.',
      )
    default:
      return notice(
        'The sign-in did not work.',
        'Please try again, or choose another way to sign in. If it stays, cookies may be blocked in this browser.',
      )
  }
}

function notice(what: string, next: string) {
  return html`<div class="notice bad" role="alert">
    <p><strong>${what}</strong></p>
    <p>${next}</p>
  </div>`
}
