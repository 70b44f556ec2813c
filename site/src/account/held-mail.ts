/** For staff: how much of an account’s mail is held back because of bounces, and its release. */
import { html, nothing } from 'lit-html'
import * as text from '#language/account-forms.ts'
import { releaseMail } from '../api/client.ts'
import type { Account } from '../api/contract.ts'
import { clearMessage, showProblem } from '../shell/view.ts'
import { toast } from '../ui/toast/toast.ts'
import { formatMoment } from '../words/codes.ts'

/** Draws the notice, if mail is held; `onChanged` gets the account as released. */
export function heldMail(account: Account, onChanged: (changed: Account) => void) {
  const { held_mail: held, you } = account
  if (!held) return nothing
  return html`
    <div class="notice warn" id="held-mail">
      <p><strong>${text.mailWaits(held.mails)}</strong></p>
      ${held.since ? html`<p>${text.mailWaitsSince(formatMoment(held.since))}</p>` : nothing}
      ${
        held.released_at
          ? html`<p>${text.mailReleasedAt(formatMoment(held.released_at))}</p>`
          : nothing
      }
      ${
        you.allowed_actions.includes('release-mail')
          ? html`<p>${text.releaseAdvice}</p>
              <div class="actions">
                <button class="button" type="button" @click=${() => void release()}>
                  ${text.releaseMail}
                </button>
              </div>`
          : nothing
      }
    </div>
  `

  async function release(): Promise<void> {
    clearMessage()
    const released = await releaseMail(account.account)
    if (!released.ok) return showProblem(released.problem)
    onChanged(released.value)
    toast(text.mailReleased)
  }
}
