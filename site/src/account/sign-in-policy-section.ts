/**
 * How an account's people must sign in: the policy, and how the vendor's staff lift it when nobody
 * of the account gets in.
 */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/sign-in-policy.ts'
import { changeSignInPolicy } from '../api/client.ts'
import type { Account, SignInPolicy } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { formDialog } from '../ui/dialog/form-dialog.ts'
import { errorSummary, type Field } from '../ui/form/form.ts'
import { toast } from '../ui/toast/toast.ts'
import { formatMoment } from '../words/codes.ts'
import { acceptedValue } from '../words/sign-in-policy.ts'
import { REASON, reasonField } from './reason-field.ts'

/** The button that opens the dialog. */
const LIFT = 'lift-sign-in-policy'

const FIELDS: Field[] = [REASON]

/** Checks whether the user may set the policy. Staff who only lift it may not. */
export function mayChangePolicy({ you }: Account): boolean {
  return you.allowed_actions.includes('change-sign-in-policy')
}

/** Draws the policy; `onChanged` gets the account once it is lifted, or that is asked for. */
export function policyFacts(
  account: Account,
  policy: SignInPolicy,
  onChanged: (changed: Account) => void,
): TemplateResult {
  const { factors, linking, lift } = policy
  const isSet = factors !== 'nobody' || linking.kind !== 'any'
  const mayLift = account.you.allowed_actions.includes('lift-sign-in-policy')
  return html`
    <dl class="facts card">
      <div>
        <dt>${text.factors}</dt>
        <dd>${text.factorsFor[factors]}</dd>
      </div>
      <div>
        <dt>${text.linking}</dt>
        <dd>
          ${text.linkingKinds[linking.kind].label}
          ${
            linking.values.length
              ? html`<ul class="plain">
                  ${linking.values.map(
                    (value) => html`<li><bdi>${acceptedValue(linking.kind, value)}</bdi></li>`,
                  )}
                </ul>`
              : nothing
          }
        </dd>
      </div>
    </dl>
    ${lift ? waitingLift(account, lift) : nothing}
    ${
      isSet && mayLift && !mayChangePolicy(account) && !lift?.yours
        ? html`<div class="actions">
            <button
              class="button"
              type="button"
              data-opens=${LIFT}
              @click=${() => void askToLift(account, policy, onChanged)}
            >
              ${text.lift}
            </button>
          </div>`
        : nothing
    }
  `
}

function waitingLift(account: Account, lift: NonNullable<SignInPolicy['lift']>) {
  const { asked_by: name, asked_at: at, reason, yours } = lift
  return html`
    <div class="notice warn">
      <p><strong>${text.liftWaits}</strong></p>
      <p><bdi>${text.liftAskedBy(name, formatMoment(at))}</bdi></p>
      <p><bdi>${text.because(reason)}</bdi></p>
      ${yours ? html`<p>${text.liftYours}</p>` : nothing}
      ${mayChangePolicy(account) ? html`<p>${text.liftForgotten}</p>` : nothing}
    </div>
  `
}

/** Asks for the reason, or as the second one for confirmation, and lifts the policy. */
async function askToLift(
  account: Account,
  { lift }: SignInPolicy,
  onChanged: (changed: Account) => void,
): Promise<void> {
  const changed = await formDialog({
    id: LIFT,
    opener: LIFT,
    content: (problem) => ({
      heading: lift ? text.liftSecondTitle : text.liftTitle,
      body: html`
        ${errorsOf(problem)}
        <p>${lift ? text.liftSecondText : text.liftText}</p>
        ${lift ? nothing : reasonField(text.liftReason)}
      `,
      submit: text.liftConfirm,
      cancel: text.cancel,
      explainsProblem: errorsOf(problem) !== nothing,
    }),
    send: (form) =>
      changeSignInPolicy(account.account, {
        factors: 'nobody',
        linking: { kind: 'any', values: [] },
        reason: String(new FormData(form).get(REASON.name) ?? '').trim() || null,
      }),
  })
  if (!changed) return
  onChanged(changed.value)
  document.getElementById('sign-in-policy')?.focus()
  toast(changed.value.sign_in_policy?.lift ? text.liftAsked : text.lifted)
}

function errorsOf(problem: Problem | null) {
  return problem?.kind === 'invalid' ? errorSummary(FIELDS, problem.errors) : nothing
}
