/**
 * A customer that a partner created and the vendor's staff have not confirmed: what that means, and
 * the decision of staff or the withdrawal by the partner.
 */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/account-forms.ts'
import { decideAccount, listCustomers } from '../api/client.ts'
import type { Account, AccountSummary } from '../api/contract.ts'
import type { Problem, Result } from '../api/problem.ts'
import { pageUrl, VENDOR } from '../lib/address.ts'
import { partnerWord } from '../lib/brand.ts'
import { formDialog } from '../ui/dialog/form-dialog.ts'
import { problemNotice } from '../ui/problem-notice.ts'
import { toast } from '../ui/toast/toast.ts'
import { reasonField } from './reason-field.ts'

type Decision = 'confirm' | 'decline' | 'withdraw'

/** What the section calls after a decision. */
interface Decided {
  /** Called with the confirmed account. */
  confirmed: (account: Account) => void
  /** Called once the account is gone. */
  removed: () => void
}

/** The notice about an account that is not confirmed, with the buttons to decide. */
export class ConfirmationSection {
  /** The accounts with a similar name, once they are loaded. */
  private namesakes: Result<AccountSummary[]> | null = null

  constructor(
    private readonly redraw: () => void,
    private readonly decided: Decided,
  ) {}

  /** Loads the accounts that staff compare the name with. */
  async load(account: Account): Promise<void> {
    if (account.confirmation === 'confirmed' || !mayConfirm(account)) return
    const found = await listCustomers(VENDOR, { search: account.name, limit: 20 })
    this.namesakes = found.ok
      ? {
          ok: true,
          value: found.value.items.filter((other) => other.account !== account.account),
        }
      : found
    this.redraw()
  }

  render(account: Account): TemplateResult | typeof nothing {
    if (account.confirmation === 'confirmed') return nothing
    const isWaiting = account.confirmation === 'waiting'
    const { allowed_actions: actions } = account.you
    const isStaff = mayConfirm(account)
    const partner = account.partner?.name ?? partnerWord
    return html`
      <section class="notice warn stack" aria-labelledby="confirmation">
        <h2 id="confirmation" tabindex="-1">
          ${isWaiting ? text.waitsForConfirmation : text.notConfirmed}
        </h2>
        <p><bdi>${explanation(isStaff, isWaiting, partner)}</bdi></p>
        ${isStaff ? this.similarNames() : nothing}
        ${
          isStaff || actions.includes('withdraw-account')
            ? html`<div class="actions">
                ${isStaff ? this.button(account, 'confirm') : nothing}
                ${isStaff && isWaiting ? this.button(account, 'decline') : nothing}
                ${!isStaff && isWaiting ? this.button(account, 'withdraw') : nothing}
              </div>`
            : nothing
        }
      </section>
    `
  }

  private similarNames() {
    const { namesakes } = this
    if (!namesakes) return html`<p class="pending">…</p>`
    if (!namesakes.ok) return problemNotice(namesakes.problem)
    if (!namesakes.value.length) return html`<p>${text.noNamesakes}</p>`
    return html`
      <p>${text.namesakes}</p>
      <ul>
        ${namesakes.value.map(
          ({ account, name, partner }) =>
            html`<li>
              <a href=${pageUrl('/account/', { account })}><bdi>${name}</bdi></a>
              ${partner ? html`<span class="hint"><bdi>${partner.name}</bdi></span>` : nothing}
            </li>`,
        )}
      </ul>
    `
  }

  private button(account: Account, decision: Decision) {
    const look = decision === 'confirm' ? 'primary' : ''
    return html`<button
      class="button ${look}"
      type="button"
      data-opens="account-${decision}"
      @click=${() => void this.ask(account, decision)}
    >
      ${text.decideAccount[decision]}
    </button>`
  }

  private async ask(account: Account, decision: Decision): Promise<void> {
    const done = await formDialog({
      id: 'account-decision',
      opener: `account-${decision}`,
      content: (problem) => ({
        heading: html`<bdi>${text.decideAccountTitle[decision](account.name)}</bdi>`,
        body: html`
          ${problem?.kind === 'changed' ? changedMeanwhile() : nothing}
          <p>${text.decideAccountEffect[decision]}</p>
          ${decision === 'decline' ? reasonField(text.declineAccountHint) : nothing}
        `,
        submit: text.decideAccount[decision],
        isDangerous: decision !== 'confirm',
        cancel: text.cancel,
        explainsProblem: problem?.kind === 'changed',
      }),
      send: async (form): Promise<Result<Account | null>> => {
        const reason = String(new FormData(form).get('reason') ?? '').trim() || null
        const { version } = account
        const sent = await decideAccount(account.account, { decision, version, reason })
        if (sent.ok) return { ok: true, value: sent.value ?? null }
        return isGone(sent.problem, decision) ? { ok: true, value: null } : sent
      },
    })
    if (!done) return
    if (!done.value) return this.decided.removed()
    this.decided.confirmed(done.value)
    toast(text.accountConfirmed)
  }
}

function mayConfirm({ you }: Account): boolean {
  return you.allowed_actions.includes('confirm-account')
}

/** A repeated refusal finds no account any more, which is what was wanted. */
function isGone(problem: Problem, decision: Decision): boolean {
  return decision !== 'confirm' && problem.kind === 'not-found'
}

function explanation(isStaff: boolean, isWaiting: boolean, partner: string): string {
  if (isStaff) return isWaiting ? text.waitingForStaff(partner) : text.unconfirmedForStaff(partner)
  return isWaiting ? text.waitingForPartner : text.unconfirmedForPartner
}

function changedMeanwhile() {
  return html`<div class="notice bad" role="alert"><p>${text.accountChangedMeanwhile}</p></div>`
}
