/** One access request: who asks, checks of the address, and the ways to decide. */
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
import { pageUrl, VENDOR } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { type FormPage, formPage } from '../shell/form-page.ts'
import {
  clearMessage,
  focusHeading,
  renderPage,
  setTitle,
  showProblem,
  showSuccess,
} from '../shell/view.ts'
import { fact } from '../ui/facts.ts'
import { type Field, valuesOf } from '../ui/form/form.ts'
import { searchField } from '../ui/search-field.ts'
import { tag } from '../ui/tag/tag.ts'
import { formatDay, formatMoment, rolesInSentence, stateWords } from '../words/codes.ts'
import { identityAddress } from '../words/identity-address.ts'
import { accessTone } from './access-words.ts'

const REASON: Field = {
  name: 'reason',
  label: text.declineReason,
  type: 'textarea',
  required: true,
  rule: checkRemark,
  hint: text.declineHint,
}

/** Shows a request instead of the page's content. */
export function showDecision(account: Account, initial: AccessRequest): void {
  let request = initial
  let search = ''
  let found: AccountSummary[] | null = null
  const isUnmatched = account.kind === 'vendor'
  const isStaff = account.you.as === 'staff' || isUnmatched
  const page: FormPage = formPage({
    title: () => [text.asks(request.name), account.name],
    fields: () => [REASON],
    content: (shown) => html`
      ${accountBar(account, '/access-requests/')}
      <p class="tags">${tag(text.states[request.state].label, accessTone(request.state))}</p>
      ${facts(request)} ${request.state === 'open' ? decisionForm(shown) : nothing}
      ${allRequests(account)}
    `,
    send: ({ values }) => send({ decision: 'decline', reason: values.reason ?? '' }),
    done: (decided) => decided && show(decided, text.declined),
  })
  page.render()

  function decisionForm(shown: FormPage) {
    return html`
      <p class="hint">
        ${request.stage ? text.stages[request.stage] : nothing} ${nextStep(request)}
      </p>
      ${request.checks ? checks(request.checks) : nothing}
      ${
        isUnmatched
          ? nothing
          : html`<div class="actions">${button(text.approve, approve, 'primary')}</div>`
      }
      ${isStaff ? passOnSection(shown) : nothing}
      <section>
        <h2>${text.decline}</h2>
        ${shown.form(html`
          ${shown.field(REASON)}
          <div class="actions">${shown.submit(text.decline, { primary: false })}</div>
        `)}
      </section>
    `
  }

  function passOnSection({ submit }: FormPage) {
    return html`
      <section>
        <h2>${text.passOn}</h2>
        <p>${text.passOnLead}</p>
        <form class="search" role="search" @submit=${onSearch}>
          ${searchField({
            id: 'account-search',
            label: text.findAccount,
            value: request.organisation,
          })}
          <div class="actions">${submit(text.find, { primary: false })}</div>
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
        (other) =>
          html`<li class="card">
            <h3><bdi>${other.name}</bdi></h3>
            ${button(text.passOnTo(other.name), () => passOn(other))}
          </li>`,
      )}
    </ul>`
  }

  function button(label: string, onClick: () => Promise<void>, look = '') {
    return html`<button
      class="button ${look}"
      type="button"
      aria-disabled=${page.isBusy ? 'true' : nothing}
      @click=${() => void onClick()}
    >
      ${label}
    </button>`
  }

  async function onSearch(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (page.isBusy) return
    search = valuesOf(event.currentTarget as HTMLFormElement).search ?? ''
    clearMessage()
    const result = await listCustomers(VENDOR, { search, limit: 10 })
    if (!result.ok) return showProblem(result.problem)
    found = result.value.items
    page.render()
  }

  function send(decision: AccessDecision) {
    return decideAccessRequest(account.account, request.request, decision)
  }

  async function approve(): Promise<void> {
    const isLinked = request.checks?.professional?.same_identity ?? false
    const result = await page.run(() => send({ decision: 'approve' }))
    if (!result) return
    if (!result.ok) return page.fail(result.problem)
    show(result.value, (isLinked ? text.approvedKnown : text.approved)(request.name))
  }

  async function passOn({ account: to, name }: AccountSummary): Promise<void> {
    const result = await page.run(() => send({ decision: 'pass_on', account: to }))
    if (!result) return
    if (result.ok) showPassedOn(account, name)
    else page.fail(result.problem)
  }

  /** Shows the decided request. */
  function show(decided: AccessRequest, outcome: string): void {
    request = decided
    page.reset()
    page.render()
    focusHeading()
    showSuccess(outcome)
  }
}

function allRequests({ account }: Account) {
  return html`<p>
    <a href=${pageUrl('/access-requests/', { account })}>${text.allRequests}</a>
  </p>`
}

function facts(request: AccessRequest) {
  const { title, phone, message, identity } = request
  const known = [identity.name, identityAddress(identity), identity.provider]
    .filter(Boolean)
    .join(', ')
  return html`
    <dl class="facts card">
      ${fact(text.typedOrganisation, request.organisation)} ${fact(text.yourAddress, request.email)}
      ${fact(text.jobTitle, title)} ${fact(text.phone, phone)} ${fact(text.theirMessage, message)}
      <div>
        <dt>${text.identity}</dt>
        <dd><bdi>${known}</bdi><br /><span class="hint">${text.identityHint}</span></dd>
      </div>
      ${fact(text.on, formatMoment(request.asked_at))} ${fact(text.decidedBy, request.decided_by)}
      ${fact(text.reason, request.reason)}
    </dl>
  `
}

function nextStep({ due_on, stage }: AccessRequest) {
  if (!due_on) return nothing
  return (stage === 'staff' ? text.expiresOn : text.nextOn)(formatDay(due_on))
}

function checks({ domain, domain_known, resembles, professional, roles }: AccessChecks) {
  const isUnknown = !domain_known && !resembles
  const warning = (what: string) => html`<p class="notice warn">${what}</p>`
  return html`
    <section>
      <h2>${text.checks}</h2>
      ${resembles ? html`<p class="notice bad">${text.resembles(domain, resembles)}</p>` : nothing}
      ${domain_known ? html`<p>${text.domainKnown(domain)}</p>` : nothing}
      ${isUnknown ? warning(text.domainUnknown(domain)) : nothing}
      ${professional ? html`<p class="notice">${holder(professional)}</p>` : nothing}
      ${roles.length ? warning(text.takesRoles(rolesInSentence(roles))) : nothing}
      <p>${text.unverified}</p>
    </section>
  `
}

function holder({ name, state, same_identity }: NonNullable<AccessChecks['professional']>): string {
  return same_identity ? text.holderLinked(name) : text.holder(name, stateWords(state).label)
}

/** Shows that a request was passed on. The user may not see it any more. */
function showPassedOn(account: Account, to: string): void {
  setTitle(text.passedOn(to), account.name)
  renderPage(html`${accountBar(account, '/access-requests/')} ${allRequests(account)}`)
  focusHeading()
  showSuccess(text.passedOn(to))
}
