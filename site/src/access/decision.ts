/** One request for access: who asks, what speaks for and against it, and the ways to decide. */
import { html, nothing } from 'lit-html'
import * as text from '#language/access.ts'
import { decideAccessRequest, listCustomers } from '../api/client.ts'
import type {
  AccessChecks,
  AccessDecision,
  AccessRequest,
  Account,
  AccountSummary,
} from '../api/contract.ts'
import { checkRemark } from '../api/person-rules.ts'
import { pageUrl } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar.ts'
import {
  clearMessage,
  focusHeading,
  renderPage,
  setTitle,
  showErrorCountInTitle,
  showProblem,
  showSuccess,
} from '../shell/view.ts'
import {
  errorSummary,
  type Field,
  FormErrors,
  field,
  findErrors,
  focusErrors,
  submitButton,
  valuesOf,
} from '../ui/form.ts'
import { icon } from '../ui/icon.ts'
import { tag } from '../ui/tag.ts'
import { formatDay, formatMoment, rolesInSentence, stateWords } from '../words/codes.ts'
import { accessTone } from './access-words.ts'

/** The vendor's own account, whose customers are all there are. */
const VENDOR = '00000000000000000000000000'

const FIELDS: Field[] = [
  {
    name: 'reason',
    label: text.declineReason,
    type: 'textarea',
    required: true,
    rule: checkRemark,
    hint: text.declineHint,
  },
]

let account: Account
let asked: AccessRequest
let isBusy = false
let found: AccountSummary[] | null = null
let search = ''
const errors = new FormErrors(FIELDS, draw)

/** Shows a request in place of the page's content. */
export function showDecision(where: Account, request: AccessRequest): void {
  account = where
  asked = request
  draw()
}

function draw(): void {
  const name = errors.summary.length ? showErrorCountInTitle : setTitle
  name(text.asks(asked.name), account.name)
  renderPage(html`
    ${accountBar(account, '/access-requests/')}
    <p class="tags">${tag(text.states[asked.state].label, accessTone(asked.state))}</p>
    ${facts()} ${asked.state === 'open' ? deciding() : nothing}
    <p>
      <a href=${pageUrl('/access-requests/', { account: account.account })}>${text.allRequests}</a>
    </p>
  `)
}

function facts() {
  const { title: jobTitle, phone, message, identity } = asked
  const known = [identity.name, identity.email, identity.provider].filter(Boolean).join(', ')
  return html`
    <dl class="facts card">
      ${fact(text.typedOrganisation, asked.organisation)} ${fact(text.yourAddress, asked.email)}
      ${fact(text.jobTitle, jobTitle)} ${fact(text.phone, phone)} ${fact(text.saidMessage, message)}
      <div>
        <dt>${text.identity}</dt>
        <dd><bdi>${known}</bdi><br /><span class="hint">${text.identityHint}</span></dd>
      </div>
      ${fact(text.on, formatMoment(asked.asked_at))} ${fact(text.decidedBy, asked.decided_by)}
      ${fact(text.reason, asked.reason)}
    </dl>
  `
}

function fact(name: string, value: string | null) {
  return value
    ? html`<div>
        <dt>${name}</dt>
        <dd><bdi>${value}</bdi></dd>
      </div>`
    : nothing
}

function deciding() {
  const isUnmatched = account.kind === 'vendor'
  const isStaff = account.you.as === 'staff' || isUnmatched
  return html`
    <p class="hint">${asked.stage ? text.stages[asked.stage] : nothing} ${nextStep()}</p>
    ${asked.checks ? checks(asked.checks) : nothing} ${isUnmatched ? nothing : approval()}
    ${isStaff ? passOn() : nothing} ${refusal()}
  `
}

function nextStep() {
  if (!asked.due_on) return nothing
  return asked.stage === 'staff'
    ? text.expiresOn(formatDay(asked.due_on))
    : text.nextOn(formatDay(asked.due_on))
}

function checks({ domain, domain_known, resembles, professional, roles }: AccessChecks) {
  return html`
    <section>
      <h2>${text.checks}</h2>
      ${resembles ? html`<p class="notice bad">${text.resembles(domain, resembles)}</p>` : nothing}
      ${domain_known ? html`<p>${text.domainKnown(domain)}</p>` : nothing}
      ${domain_known || resembles ? nothing : html`<p class="notice warn">${text.domainUnknown(domain)}</p>`}
      ${professional ? html`<p class="notice">${holder(professional)}</p>` : nothing}
      ${roles.length ? html`<p class="notice warn">${text.takesRoles(rolesInSentence(roles))}</p>` : nothing}
      <p>${text.unproved}</p>
    </section>
  `
}

function holder({ name, state, same_identity }: NonNullable<AccessChecks['professional']>): string {
  return same_identity ? text.holderLinked(name) : text.holder(name, stateWords(state).label)
}

function approval() {
  return html`<div class="actions">
    ${button(text.approve, () => void decide({ decision: 'approve' }), 'primary')}
  </div>`
}

function refusal() {
  return html`
    <section>
      <h2>${text.decline}</h2>
      <form
        class="card"
        novalidate
        @submit=${onDecline}
        @input=${errors.onInput}
        @focusout=${errors.onLeave}
      >
        ${errorSummary(FIELDS, errors.summary)} ${FIELDS.map((spec) => field(spec, '', errors.now))}
        <div class="actions">${submitButton(text.decline, isBusy, { primary: false })}</div>
      </form>
    </section>
  `
}

function passOn() {
  return html`
    <section>
      <h2>${text.passOn}</h2>
      <p>${text.passOnLead}</p>
      <form class="search" role="search" @submit=${onSearch}>
        <div class="field">
          <label for="account-search">${text.findAccount}</label>
          <div class="search-box">
            ${icon('search')}
            <input
              id="account-search"
              name="search"
              type="search"
              dir="auto"
              autocomplete="off"
              maxlength="100"
              value=${asked.organisation}
            />
          </div>
        </div>
        <div class="actions">${submitButton(text.find, isBusy, { primary: false })}</div>
      </form>
      <div role="status">${found ? results(found) : nothing}</div>
    </section>
  `
}

function results(accounts: AccountSummary[]) {
  const others = accounts.filter((one) => one.account !== account.account)
  if (!others.length) return html`<p>${text.noAccount(search)}</p>`
  return html`<ul class="cards">
    ${others.map(
      (one) =>
        html`<li class="card">
          <h3><bdi>${one.name}</bdi></h3>
          ${button(text.passOnTo(one.name), () => void decide({ decision: 'pass_on', account: one.account }, one.name))}
        </li>`,
    )}
  </ul>`
}

function button(label: string, act: () => void, look = '') {
  return html`<button
    class="button ${look}"
    type="button"
    aria-disabled=${isBusy ? 'true' : nothing}
    @click=${act}
  >
    ${label}
  </button>`
}

async function onSearch(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  search = valuesOf(event.currentTarget as HTMLFormElement).search ?? ''
  clearMessage()
  const result = await listCustomers(VENDOR, { search, limit: 10 })
  if (!result.ok) return showProblem(result.problem)
  found = result.value.items
  draw()
}

async function onDecline(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  if (isBusy) return
  const target = event.currentTarget as HTMLFormElement
  errors.set(findErrors(target, FIELDS))
  if (errors.now.length) {
    draw()
    return focusErrors()
  }
  await decide({ decision: 'decline', reason: valuesOf(target).reason ?? '' })
}

async function decide(decision: AccessDecision, to = ''): Promise<void> {
  if (isBusy) return
  const isLinked = asked.checks?.professional?.same_identity ?? false
  isBusy = true
  clearMessage()
  draw()
  const result = await decideAccessRequest(account.account, asked.request, decision)
  isBusy = false
  if (!result.ok) {
    if (result.problem.kind === 'invalid') errors.set(result.problem.errors)
    draw()
    if (errors.now.length) return focusErrors()
    return showProblem(result.problem)
  }
  errors.set([])
  if (decision.decision === 'pass_on') {
    passedOn(to)
  } else {
    asked = result.value
    draw()
    focusHeading()
  }
  showSuccess(outcome(decision, isLinked, to))
}

/** What is passed on may be out of this person's sight. */
function passedOn(to: string): void {
  setTitle(text.passedOn(to), account.name)
  renderPage(html`
    ${accountBar(account, '/access-requests/')}
    <p>
      <a href=${pageUrl('/access-requests/', { account: account.account })}>${text.allRequests}</a>
    </p>
  `)
  focusHeading()
}

function outcome({ decision }: AccessDecision, isLinked: boolean, to: string): string {
  switch (decision) {
    case 'approve':
      return isLinked ? text.approvedKnown(asked.name) : text.approved(asked.name)
    case 'decline':
      return text.declined
    case 'pass_on':
      return text.passedOn(to)
  }
}
