/** The partner's permissions, and the form by which an administrator limits them. */
import { html, nothing } from 'lit-html'
import * as text from '#language/account-forms.ts'
import { isPartnerOrStaff } from '../api/acting-as.ts'
import { changeGrant } from '../api/client.ts'
import type { Account, Grant } from '../api/contract.ts'
import { partnerWord } from '../lib/brand.ts'
import { formDialog } from '../ui/dialog/form-dialog.ts'
import { toast } from '../ui/toast/toast.ts'

const GRANTS: Grant[] = ['appoint_administrator', 'manage_people', 'view', 'none']

/** Names the button that only asks for confirmation. */
const OPENER = 'change-grant'

type OnChanged = (changed: Account) => void

/** Draws the section; `onChanged` gets the changed account. */
export function grantSection(account: Account, onChanged: OnChanged) {
  const { partner, grant, you } = account
  if (!partner || !grant) return nothing
  const title = (isPartnerOrStaff(account) ? text.grantOf : text.grantTitle)(partnerWord)
  return html`
    <section>
      <h2 id="grant" tabindex="-1">${title}</h2>
      ${
        you.allowed_actions.includes('narrow-grant')
          ? form(account, grant, title, onChanged)
          : html`<div class="card">${meaning(grant)}</div>`
      }
    </section>
  `
}

function meaning(grant: Grant) {
  const known = text.grants[grant]
  return html`<p><strong>${known?.label ?? grant}</strong></p>
    <p class="hint">${known?.meaning}</p>`
}

function form(account: Account, current: Grant, title: string, onChanged: OnChanged) {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    const chosen = new FormData(event.currentTarget as HTMLFormElement).get('grant')
    const grant = GRANTS.find((one) => one === chosen)
    if (grant && grant !== current) void change(account, grant, onChanged)
  }
  return html`
    <form class="card stack" @submit=${onSubmit}>
      <fieldset class="choices few">
        <legend class="visually-hidden">${title}</legend>
        ${
          isPartnerOrStaff(account)
            ? nothing
            : html`<p class="hint">${text.grantLead(partnerWord)}</p>`
        }
        ${possibleGrants(account, current).map((grant) => choice(grant, grant === current))}
      </fieldset>
      <div class="actions">
        <button class="button" type="submit" data-opens=${OPENER}>${text.changeGrant}</button>
      </div>
    </form>
  `
}

/** Returns the permissions to choose from: after the plan has expired, no wider ones. */
function possibleGrants({ you }: Account, current: Grant): Grant[] {
  if (you.allowed_actions.includes('change-grant')) return GRANTS
  return GRANTS.slice(GRANTS.indexOf(current))
}

function choice(grant: Grant, isCurrent: boolean) {
  const known = text.grants[grant]
  return html`
    <div class="check">
      <input
        type="radio"
        name="grant"
        id="grant-${grant}"
        value=${grant}
        ?checked=${isCurrent}
        aria-describedby="grant-${grant}-hint"
      />
      <label for="grant-${grant}">${known?.label ?? grant}</label>
      <span class="hint" id="grant-${grant}-hint">${known?.meaning}</span>
    </div>
  `
}

/** Asks for confirmation and changes the partner's permissions. */
async function change(account: Account, grant: Grant, onChanged: OnChanged): Promise<void> {
  const name = account.partner?.name ?? partnerWord
  const label = text.grants[grant]?.label ?? grant
  const changed = await formDialog({
    id: 'change-grant',
    opener: OPENER,
    content: () => ({
      heading: html`<bdi>${text.confirmGrant(name, label)}</bdi>`,
      body: html`
        <p>${text.grantEffects[grant]}</p>
        <p>${text.grantNotice(partnerWord)}</p>
      `,
      submit: text.confirmChange,
      cancel: text.cancel,
    }),
    send: () => changeGrant(account.account, grant, account.version),
  })
  if (!changed) return
  onChanged(changed.value)
  document.getElementById('grant')?.focus()
  toast(text.grantSaved)
}
