/** What the partner may do, and the form by which an administrator narrows or ends it. */
import { html, nothing } from 'lit-html'
import * as text from '#language/account-forms.ts'
import { isPartnerOrStaff } from '../api/acting-as.ts'
import { changeGrant } from '../api/client.ts'
import type { Account, Grant } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { partnerWord } from '../lib/brand.ts'
import { makeDialog } from '../ui/dialog.ts'
import { problemNotice } from '../ui/problem-view.ts'
import { toast } from '../ui/toast.ts'

const GRANTS: Grant[] = ['appoint_administrator', 'manage_people', 'view', 'none']

let asked: { account: Account; grant: Grant; done: (changed: Account) => void } | null = null
let problem: Problem | null = null
let isBusy = false

const dialog = makeDialog('change-grant', () => isBusy)

/** `done` gets the account as it was changed. */
export function grantSection(account: Account, done: (changed: Account) => void) {
  const { partner, grant, you } = account
  if (!partner || !grant) return nothing
  const isOwn = !isPartnerOrStaff(account)
  const may = you.may.includes('change-grant')
  const title = (isOwn ? text.grantTitle : text.grantOf)(partnerWord)
  return html`
    <section>
      <h2 id="grant" tabindex="-1">${title}</h2>
      ${may ? form(account, grant, isOwn, done) : html`<div class="card">${meaning(grant)}</div>`}
    </section>
  `
}

function meaning(grant: Grant) {
  const known = text.grants[grant]
  return html`<p><strong>${known?.label ?? grant}</strong></p>
    <p class="hint">${known?.meaning}</p>`
}

function form(account: Account, current: Grant, isOwn: boolean, done: (changed: Account) => void) {
  return html`
    <form class="card stack" @submit=${(event: SubmitEvent) => ask(event, account, done)}>
      <fieldset class="choices few">
        <legend class="visually-hidden">
          ${(isOwn ? text.grantTitle : text.grantOf)(partnerWord)}
        </legend>
        ${isOwn ? html`<p class="hint">${text.grantLead(partnerWord)}</p>` : nothing}
        ${GRANTS.map((grant) => {
          const known = text.grants[grant]
          return html`
            <div class="check">
              <input
                type="radio"
                name="grant"
                id="grant-${grant}"
                value=${grant}
                ?checked=${grant === current}
                aria-describedby="grant-${grant}-hint"
              />
              <label for="grant-${grant}">${known?.label ?? grant}</label>
              <span class="hint" id="grant-${grant}-hint">${known?.meaning}</span>
            </div>
          `
        })}
      </fieldset>
      <div class="actions"><button class="button" type="submit">${text.changeGrant}</button></div>
    </form>
  `
}

function ask(event: SubmitEvent, account: Account, done: (changed: Account) => void): void {
  event.preventDefault()
  const chosen = new FormData(event.currentTarget as HTMLFormElement).get('grant')
  const grant = GRANTS.find((one) => one === chosen)
  if (!grant || grant === account.grant) return
  asked = { account, grant, done }
  problem = null
  draw()
}

function draw(): void {
  if (!asked) return
  const { account, grant } = asked
  const name = account.partner?.name ?? partnerWord
  dialog.show(
    html`
      <form class="stack" @submit=${(event: SubmitEvent) => void onSubmit(event)}>
        <h2 id="change-grant-title" tabindex="-1">
          <bdi>${text.askGrant(name, text.grants[grant]?.label ?? grant)}</bdi>
        </h2>
        <p>${text.grantFollows[grant]}</p>
        <p>${text.grantToldAndUndone(partnerWord)}</p>
        ${problem ? html`<div role="alert">${problemNotice(problem)}</div>` : nothing}
        <div class="actions">
          <button class="button primary" type="submit" aria-disabled=${isBusy ? 'true' : nothing}>
            ${text.doChange}
          </button>
          <button
            class="button"
            type="button"
            aria-disabled=${isBusy ? 'true' : nothing}
            @click=${cancel}
          >
            ${text.cancel}
          </button>
        </div>
      </form>
    `,
    problem?.kind ?? 'question',
  )
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy || !asked) return
  const { account, grant, done } = asked
  isBusy = true
  draw()
  const result = await changeGrant(account.account, grant, account.version)
  isBusy = false
  if (!result.ok) {
    problem = result.problem
    return draw()
  }
  dialog.close()
  done(result.value)
  document.getElementById('grant')?.focus()
  toast(text.grantSaved)
}

function cancel(): void {
  if (!isBusy) dialog.close()
}
