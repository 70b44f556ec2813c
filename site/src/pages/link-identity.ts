/** The page that an invitation's link opens: it says who and what, and a button links. */
import { html, nothing } from 'lit-html'
import { linkIdentity, showInvitation } from '../api.ts'
import { page, signInPage } from '../address.ts'
import type { Identity, InvitationPreview } from '../contract.ts'
import { cannotLink, incomplete, noToken } from '../link-failure.ts'
import type { Problem } from '../problem.ts'
import { dropToken, isWhole, onNewToken, takeToken } from '../token.ts'
import { fail, focusTitle, hush, loading, paint, title } from '../view.ts'
import { moment } from '../words.ts'

/** Account, professional, invitation and secret. */
const TOKEN_PARTS = 4

const SIGN_IN = signInPage('/link/')
const OTHER_IDENTITY = signInPage('/link/', true)

let isBusy = false

onNewToken(() => void start())
await start()

async function start(): Promise<void> {
  hush()
  const token = takeToken()
  if (!token) return noToken()
  if (!isWhole(token, TOKEN_PARTS)) {
    dropToken()
    return incomplete()
  }
  loading()
  const result = await showInvitation(token)
  if (result.ok) draw(token, result.value)
  else refuse(token, result.problem)
}

function draw(token: string, preview: InvitationPreview): void {
  const { identity } = preview
  title('Link your profile')
  paint(html`
    <p>You have been invited to <strong>${preview.account.name}</strong>.</p>
    <dl class="facts card">
      <div>
        <dt>Account</dt>
        <dd>${preview.account.name}</dd>
      </div>
      <div>
        <dt>Profile</dt>
        <dd>${preview.professional.name}</dd>
      </div>
      <div>
        <dt>E-mail on record</dt>
        <dd>${preview.professional.email}</dd>
      </div>
      ${
        preview.expires_at
          ? html`<div>
              <dt>The link works until</dt>
              <dd>${moment(preview.expires_at)}</dd>
            </div>`
          : nothing
      }
    </dl>
    ${identity ? signedIn(token, preview, identity) : signedOut()}
    <h2>What linking means</h2>
    <p>
      From then on you sign in with this identity to see ${preview.account.name} in the portal. The portal keeps no
      password: your identity stays with its provider. Your identity's own e-mail address may differ from the e-mail on
      record.
    </p>
  `)
}

function signedOut() {
  return html`
    <section class="card">
      <h2>Sign in first</h2>
      <p>
        Use an identity that you already have, for example the one you work with. If you have several, choose the one
        you want to use here from now on; do not make a new one only for this.
      </p>
      <p class="actions"><a class="button primary" href=${SIGN_IN}>Sign in to continue</a></p>
    </section>
  `
}

function signedIn(token: string, preview: InvitationPreview, identity: Identity) {
  const who = html`
    <p>
      You are signed in as <strong>${identity.name}</strong>
      (${[identity.email, identity.provider].filter(Boolean).join(', ')}).
    </p>
  `
  if (preview.already_linked) {
    dropToken()
    return html`
      <section class="card">
        <h2>Already linked</h2>
        ${who}
        <p>This identity is linked with the profile already: there is nothing left to do.</p>
        <p class="actions">${openPortal(preview.account.account)}</p>
      </section>
    `
  }
  return html`
    <section class="card">
      <h2>Is this the right identity?</h2>
      ${who}
      <p>
        If you have several identities, link the one that you want to use for ${preview.account.name} from now on, and
        do not make a new one only for this: signed in with another identity you would not see the account.
      </p>
      ${
        preview.switches
          ? html`<p class="notice warn">
              The profile is linked with another identity now. If you go on, it is switched to this one: the other
              identity no longer opens ${preview.account.name}, and is told so.
            </p>`
          : nothing
      }
      <div class="actions">
        <button
          class="button primary"
          type="button"
          aria-disabled=${isBusy ? 'true' : 'false'}
          @click=${() => void link(token, preview)}
        >
          Link this profile
        </button>
        <a class="button" href=${OTHER_IDENTITY}>Use another identity</a>
      </div>
    </section>
  `
}

async function link(token: string, preview: InvitationPreview): Promise<void> {
  if (isBusy) return
  hush()
  isBusy = true
  draw(token, preview)
  const result = await linkIdentity(token)
  isBusy = false
  if (!result.ok) {
    draw(token, preview)
    return refuse(token, result.problem, () => void link(token, preview))
  }
  dropToken()
  const { account, already_linked } = result.value
  title(already_linked ? 'Already linked' : 'Your profile is linked')
  paint(html`
    <p class="notice good" role="status">
      Your identity ${preview.identity?.name ?? ''} ${already_linked ? 'was already linked' : 'is now linked'} with the
      profile ${preview.professional.name} of ${preview.account.name}.
    </p>
    <p>From now on, sign in with this identity. The link in the e-mail is used up.</p>
    <p class="actions">${openPortal(account)}</p>
  `)
  focusTitle()
}

function openPortal(account: string) {
  return html`<a class="button primary" href=${page('/people/', { account })}>Open the portal</a>`
}

/** What can pass is tried again; what cannot has an explanation and a next step of its own. */
function refuse(token: string, problem: Problem, again?: () => void): void {
  const wasShown = cannotLink(token, problem, OTHER_IDENTITY)
  if (wasShown) return
  if (again) return fail(problem, again)
  title('Link your profile')
  paint(
    html`<p class="actions">
      <button class="button primary" type="button" @click=${() => void start()}>Try again</button>
    </p>`,
  )
  fail(problem)
}
