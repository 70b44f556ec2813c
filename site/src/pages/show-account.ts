/** Account and plan: the service plan, the partner of record, and who holds which role. */
import { html, nothing } from 'lit-html'
import { showAccount } from '../api.ts'
import { page } from '../address.ts'
import { accountBar, planTag } from '../account-view.ts'
import { partnerWord } from '../brand.ts'
import type { Account, Plan } from '../contract.ts'
import { NO_PLAN, partnerCard } from '../lapse-view.ts'
import { everybody } from '../people.ts'
import { rolesForm } from '../roles-form.ts'
import { load, paint, required, signedIn, title } from '../view.ts'
import { day } from '../words.ts'

await signedIn()
const id = await required('account')
let account = await load(() => showAccount(id))
const people = account.you.may.includes('list-professionals') ? await load(() => everybody(id)) : []

draw()

function draw(): void {
  title('Account and plan', account.name)
  paint(html`
    ${accountBar(account, '/account/')}
    <section>
      <h2>Service plan</h2>
      ${account.plan ? planCard(account.plan) : html`<p>${account.kind === 'customer' ? NO_PLAN : 'This account needs no service plan.'}</p>`}
    </section>
    ${account.kind === 'customer' ? partnerSection(account) : nothing}
    <section>
      <h2>Roles</h2>
      ${account.you.may.includes('assign-roles') ? rolesForm(account, people, redraw) : holders(account)}
    </section>
  `)
}

function planCard(plan: Plan) {
  return html`
    <dl class="facts card">
      <div>
        <dt>Plan</dt>
        <dd class="tags">${planTag(plan)}</dd>
      </div>
      <div>
        <dt>First day</dt>
        <dd>${day(plan.starts_on)}</dd>
      </div>
      <div>
        <dt>Last day</dt>
        <dd>${day(plan.ends_on)}</dd>
      </div>
    </dl>
  `
}

function partnerSection({ partner }: Account) {
  return html`
    <section>
      <h2>Your ${partnerWord}</h2>
      ${partner ? partnerCard(partner) : html`<p>No ${partnerWord} looks after this account.</p>`}
    </section>
  `
}

function holders({ roles }: Account) {
  const one = (holder: string | null) => (holder ? personLink(holder) : 'Nobody yet')
  return html`
    <dl class="facts card">
      <div>
        <dt>Administrators</dt>
        <dd>
          ${
            roles.administrators.length
              ? html`<ul class="plain">
                  ${roles.administrators.map((holder) => html`<li>${personLink(holder)}</li>`)}
                </ul>`
              : 'Nobody yet'
          }
        </dd>
      </div>
      <div>
        <dt>Billing contact</dt>
        <dd>${one(roles.billing_contact)}</dd>
      </div>
      <div>
        <dt>Shipping contact</dt>
        <dd>${one(roles.shipping_contact)}</dd>
      </div>
    </dl>
  `
}

function personLink(holder: string) {
  const name = people.find((person) => person.professional === holder)?.name ?? 'A professional of this account'
  // Others' profiles are for those who manage the account.
  if (account.you.as === 'professional') return name
  return html`<a href=${page('/people/profile/', { account: id, professional: holder })}>${name}</a>`
}

function redraw(changed: Account | null): void {
  account = changed ?? account
  draw()
}
