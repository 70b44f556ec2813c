/** Accept your invitation: previews an invitation and links the signed-in identity. */
import { html, nothing } from 'lit-html'
import * as text from '#language/linking.ts'
import { showIncomplete, showLinkFailure, showNoToken } from '../access/link-failure.ts'
import { keepLoginHint } from '../access/login-hint.ts'
import { dropToken, isWhole, onNewToken, readToken } from '../access/token.ts'
import { linkIdentity, showInvitation } from '../api/client.ts'
import type { Identity, InvitationPreview } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl, signInUrl } from '../lib/address.ts'
import {
  clearMessage,
  focusHeading,
  renderPage,
  setTitle,
  showLoading,
  showProblem,
} from '../shell/view.ts'
import { fact } from '../ui/facts.ts'
import { icon } from '../ui/icon/icon.ts'
import { identityLabel } from '../ui/identity-label.ts'
import { formatMoment } from '../words/codes.ts'

/** Account, professional, invitation and secret. */
const TOKEN_PARTS = 4

/** Starts the page. */
export async function start(): Promise<void> {
  const HERE = pageUrl('/link/')
  const SIGN_IN = signInUrl(HERE)
  const OTHER_IDENTITY = signInUrl(HERE, true)

  let isBusy = false

  onNewToken(() => void open())
  await open()

  async function open(): Promise<void> {
    clearMessage()
    const token = readToken()
    if (!token) return showNoToken()
    if (!isWhole(token, TOKEN_PARTS)) {
      dropToken()
      return showIncomplete()
    }
    showLoading()
    const result = await showInvitation(token)
    keepLoginHint(HERE, result.ok ? result.value.login_hint : null)
    if (result.ok) draw(token, result.value)
    else showFailure(token, result.problem)
  }

  function draw(token: string, preview: InvitationPreview): void {
    const { identity, account, professional, expires_at } = preview
    setTitle(text.title)
    renderPage(html`
      <p class="lead">${text.invited(html`<strong><bdi>${account.name}</bdi></strong>`)}</p>
      <div class="columns">
        ${identity ? signedIn(token, preview, identity) : signedOut()}
        <dl class="facts card">
          ${fact(text.account, account.name)} ${fact(text.profile, professional.name)}
          ${fact(text.email, professional.email)}
          ${expires_at ? fact(text.worksUntil, formatMoment(expires_at)) : nothing}
        </dl>
      </div>
      <section>
        <h2>${text.meaning}</h2>
        <p>${text.meaningText(account.name)}</p>
      </section>
    `)
  }

  function signedOut() {
    return html`
      <section class="card">
        <h2>${text.signInFirst}</h2>
        <p>${text.signInFirstText}</p>
        <p class="actions">
          <a class="button primary" href=${SIGN_IN}>${text.signIn} ${icon('arrow')}</a>
        </p>
        <p class="hint">${text.noIdentity}</p>
      </section>
    `
  }

  function signedIn(token: string, preview: InvitationPreview, identity: Identity) {
    const signedInAs = html`<p>${text.signedInAs(identityLabel(identity))}</p>`
    if (preview.already_linked) {
      // Keep the token for those who switch to a different sign-in.
      return html`
        <section class="card">
          <h2>${text.alreadyLinked}</h2>
          ${signedInAs}
          <p>${text.alreadyLinkedText}</p>
          <p class="actions">
            ${openPortal(preview.account.account)}
            <a class="button" href=${OTHER_IDENTITY}>${icon('switch')} ${text.anotherIdentity}</a>
          </p>
        </section>
      `
    }
    return html`
      <section class="card">
        <h2>${text.rightIdentity}</h2>
        ${signedInAs}
        <p>${text.rightIdentityText(preview.account.name)}</p>
        ${
          preview.switches
            ? html`<p class="notice warn">${text.switches(preview.account.name)}</p>`
            : nothing
        }
        <div class="actions">
          <button
            class="button primary"
            type="button"
            aria-disabled=${isBusy ? 'true' : 'false'}
            @click=${() => void link(token, preview)}
          >
            ${text.link}
          </button>
          <a class="button" href=${OTHER_IDENTITY}>${icon('switch')} ${text.anotherIdentity}</a>
        </div>
      </section>
    `
  }

  async function link(token: string, preview: InvitationPreview): Promise<void> {
    if (isBusy) return
    clearMessage()
    isBusy = true
    draw(token, preview)
    const result = await linkIdentity(token)
    isBusy = false
    if (!result.ok) {
      draw(token, preview)
      return showFailure(token, result.problem, () => void link(token, preview))
    }
    dropToken()
    keepLoginHint(HERE, null)
    const { account, already_linked } = result.value
    const done = already_linked ? text.wasLinked : text.nowLinked
    setTitle(already_linked ? text.alreadyLinked : text.linked)
    renderPage(html`
      <p class="notice good" role="status">
        ${icon('good')}
        ${done(preview.identity?.name ?? '', preview.professional.name, preview.account.name)}
      </p>
      <p>${text.fromNowOn}</p>
      <p class="actions">${openPortal(account)}</p>
    `)
    focusHeading()
  }

  /** Offers to retry temporary problems; explains the others. */
  function showFailure(token: string, problem: Problem, again?: () => void): void {
    const wasShown = showLinkFailure(token, problem, OTHER_IDENTITY)
    if (wasShown) return
    if (again) return showProblem(problem, again)
    setTitle(text.title)
    renderPage(
      html`<p class="actions">
        <button class="button primary" type="button" @click=${() => void open()}>
          ${text.tryAgain}
        </button>
      </p>`,
    )
    showProblem(problem)
  }
}

function openPortal(account: string) {
  return html`<a class="button primary" href=${pageUrl('/people/', { account })}
    >${text.openPortal} ${icon('arrow')}</a
  >`
}
