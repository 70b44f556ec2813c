/** My profile: the person's own profile in an account, and how to switch to another identity. */
import { html, nothing } from 'lit-html'
import { listAccounts, sendInvitation, showAccount, showProfessional, updateProfessional } from '../api.ts'
import { page, parameter } from '../address.ts'
import { accountBar, planTag } from '../account-view.ts'
import type { Account, AccountSummary, Professional } from '../contract.ts'
import { check, errorSummary, field, focusErrors, submit, values } from '../form.ts'
import type { FieldError, Problem } from '../problem.ts'
import { facts } from '../professional-facts.ts'
import { profileFields } from '../professional-form.ts'
import { changes, currentValue } from '../professional-input.ts'
import { fail, hush, load, paint, signedIn, succeed, title, titleWithErrors } from '../view.ts'
import { roles } from '../words.ts'

await signedIn()
const id = parameter('account') ?? (await chooseAccount())
const account = await load(() => showAccount(id))
let person: Professional
let errors: FieldError[] = []
let isBusy = false

if (account.you.professional) {
  const own = account.you.professional
  person = await load(() => showProfessional(account.account, own))
  draw()
} else {
  drawGuest(account)
}

/** Answers the only account; with several the person chooses, with none they are led to linking. */
async function chooseAccount(): Promise<string> {
  const { items } = await load(() => listAccounts({ limit: 100 }))
  const [only] = items
  if (only && items.length === 1) {
    history.replaceState(history.state, '', page('/profile/', { account: only.account }))
    return only.account
  }
  if (only) drawChoice(items)
  else location.replace('/link-profile/')
  return new Promise<never>(() => {})
}

function drawChoice(accounts: AccountSummary[]): void {
  paint(html`
    <p>You have a profile in each of these accounts. Which one do you want to see?</p>
    <ul class="cards">
      ${accounts.map(
        (one) => html`
          <li class="card">
            <h2><a href=${page('/profile/', { account: one.account })}>${one.name}</a></h2>
            <p class="tags">${planTag(one.plan)}</p>
            ${one.roles.length ? html`<p>Your roles: ${roles(one.roles)}</p>` : nothing}
          </li>
        `,
      )}
    </ul>
  `)
}

function draw(): void {
  const { may } = person.you
  const name = errors.length ? titleWithErrors : title
  name('My profile', account.name)
  paint(html`
    ${accountBar(account, '/profile/')} ${facts(person)} ${may.includes('update-professional') ? form() : nothing}
    ${may.includes('send-invitation') ? switchIdentity() : nothing}
  `)
}

function form() {
  const fields = profileFields(true, person)
  return html`
    <section>
      <h2>Edit my profile</h2>
      <form class="card" novalidate @submit=${onSubmit}>
        ${errorSummary(fields, errors)} ${fields.map((spec) => field(spec, currentValue(person, spec.name), errors))}
        <div class="actions">${submit('Save', isBusy)}</div>
      </form>
    </section>
  `
}

function switchIdentity() {
  return html`
    <section class="card">
      <h2>Switch identity</h2>
      <p>To sign in with another identity from now on. Your profile, roles and history stay.</p>
      <ol>
        <li>Check that your e-mail is right: <strong>${person.email}</strong>. If not, change it above and save.</li>
        <li>Press Send invite e-mail. You can go on with your present identity until the other one is linked.</li>
        <li>Open the e-mail and follow its link.</li>
        <li>On the page that opens, choose Use another identity, and sign in with the one you want to use.</li>
        <li>Press Link this profile.</li>
      </ol>
      <div class="actions">
        <button class="button" type="button" aria-disabled=${isBusy ? 'true' : 'false'} @click=${() => void send()}>
          Send invite e-mail
        </button>
      </div>
    </section>
  `
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  hush()
  errors = check(target, profileFields(true, person))
  if (errors.length) {
    draw()
    return focusErrors()
  }
  const changed = changes(person, values(target))
  if (!Object.keys(changed).length) {
    draw()
    return succeed('Your profile is saved.')
  }
  isBusy = true
  draw()
  const result = await updateProfessional(account.account, person.professional, changed)
  isBusy = false
  if (!result.ok) return refuse(result.problem)
  person = result.value
  draw()
  succeed('Your profile is saved.')
}

/** Shows why it was not saved, and leaves everything typed where it is. */
function refuse(problem: Problem): void {
  if (problem.kind === 'invalid') errors = problem.errors
  if (problem.kind === 'duplicate-email') errors = [{ field: 'email', reason: `belongs to ${problem.name} already` }]
  draw()
  if (errors.length) focusErrors()
  else fail(problem)
}

async function send(): Promise<void> {
  if (isBusy) return
  hush()
  isBusy = true
  draw()
  const result = await sendInvitation(account.account, person.professional)
  isBusy = false
  if (result.ok) person = result.value
  draw()
  if (result.ok) succeed(`The invite e-mail to ${person.email} is on its way.`)
  else fail(result.problem, () => void send())
}

/** Partner and staff see customers' accounts without being among their people. */
function drawGuest(visited: Account): void {
  paint(html`
    ${accountBar(visited, '/profile/')}
    <p>You see ${visited.name} as ${visited.you.as}: you have no profile of your own in this account.</p>
    <p class="actions"><a class="button primary" href="/profile/">My own profiles</a></p>
  `)
}
