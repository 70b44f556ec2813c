/**
 * Ask for access: the form, and the user's own requests.
 *
 * Nothing here reveals which organisations the portal knows.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/access.ts'
import { accessTone } from '../access/access-words.ts'
import { askForAccess, listOwnAccessRequests, withdrawAccessRequest } from '../api/client.ts'
import type { NewAccessRequest, OwnAccessRequest } from '../api/contract.ts'
import {
  checkEmail,
  checkName,
  checkOrganisation,
  checkPhone,
  checkRemark,
} from '../api/person-rules.ts'
import { pageUrl, signInUrl } from '../lib/address.ts'
import { mailboxLink, partnerWord } from '../lib/brand.ts'
import { type FormPage, formPage } from '../shell/form-page.ts'
import {
  focusHeading,
  load,
  renderPage,
  requireSession,
  setTitle,
  showProblem,
  showSuccess,
} from '../shell/view.ts'
import { fact } from '../ui/facts.ts'
import type { Field } from '../ui/form/form.ts'
import { icon } from '../ui/icon/icon.ts'
import { identityLabel } from '../ui/identity-label.ts'
import { tag } from '../ui/tag/tag.ts'
import { formatMoment, locale } from '../words/codes.ts'

const FIELDS: Field[] = [
  {
    name: 'organisation',
    label: text.organisation,
    type: 'text',
    required: true,
    rule: checkOrganisation,
    autocomplete: 'organization',
    hint: text.organisationHint,
  },
  {
    name: 'name',
    label: text.name,
    type: 'text',
    required: true,
    rule: checkName,
    autocomplete: 'name',
  },
  {
    name: 'email',
    label: text.email,
    type: 'email',
    required: true,
    rule: checkEmail,
    autocomplete: 'email',
    hint: text.emailHint,
  },
  {
    name: 'title',
    label: text.jobTitle,
    type: 'text',
    rule: checkName,
    autocomplete: 'organization-title',
  },
  { name: 'phone', label: text.phone, type: 'tel', rule: checkPhone, autocomplete: 'tel' },
  {
    name: 'message',
    label: text.message,
    type: 'textarea',
    rule: checkRemark,
    hint: text.messageHint,
  },
]

/** Starts the page. */
export async function start(): Promise<void> {
  const { identity } = await requireSession()
  let items = await load(listOwnAccessRequests)
  const page: FormPage = formPage({
    title: () => [text.title],
    fields: () => FIELDS,
    content: ({ form, field, submit }) => html`
      <p class="lead">${text.lead}</p>
      <p>${text.firstAsk(html`<a href=${pageUrl('/link-profile/')}>${text.linkMyProfile}</a>`)}</p>
      <p class="notice">
        ${text.signedInAs(identityLabel(identity))}
        <a href=${signInUrl(pageUrl('/ask-for-access/'), true)}>${text.anotherIdentity}</a>
      </p>
      ${form(html`
        ${FIELDS.map((spec) => field(spec, spec.name === 'name' ? identity.name : ''))}
        <p class="hint">${text.afterwards}</p>
        <div class="actions">${submit(text.send)}</div>
      `)}
      ${requests()}
      <p>${text.otherwise(partnerWord, mailboxLink())}</p>
    `,
    send: ({ values }) => askForAccess(newRequest(values)),
    done: showThanks,
  })
  page.render()

  function requests() {
    return html`
      <section>
        <h2 id="requests" tabindex="-1">${text.myRequests}</h2>
        ${
          items.length
            ? html`<ul class="plain stack">
                ${items.map((one) => html`<li class="card">${request(one)}</li>`)}
              </ul>`
            : empty()
        }
      </section>
    `
  }

  function request(one: OwnAccessRequest) {
    const { label, meaning } = text.states[one.state]
    return html`
      <h3><bdi>${one.organisation}</bdi></h3>
      <p class="tags">${tag(label, accessTone(one.state))}</p>
      <p>${meaning}</p>
      <dl class="facts">
        ${fact(text.on, formatMoment(one.asked_at))} ${fact(text.invitationTo, one.email)}
        ${fact(text.reason, one.reason)}
      </dl>
      ${one.state === 'open' ? withdrawButton(one) : nothing}
    `
  }

  function withdrawButton(one: OwnAccessRequest) {
    return html`<div class="actions">
      <button
        class="button"
        type="button"
        aria-label=${text.withdrawFor(one.organisation)}
        aria-disabled=${page.isBusy ? 'true' : nothing}
        @click=${() => void withdraw(one)}
      >
        ${text.withdraw}
      </button>
    </div>`
  }

  async function withdraw(one: OwnAccessRequest): Promise<void> {
    const result = await page.run(() => withdrawAccessRequest(one.request))
    if (!result) return
    if (result.ok) items = items.map((item) => (item.request === one.request ? result.value : item))
    // Someone has decided meanwhile; show the decision.
    else if (result.problem.kind === 'changed') items = await load(listOwnAccessRequests)
    page.render()
    if (!result.ok) return showProblem(result.problem)
    showSuccess(text.withdrawn)
    document.getElementById('requests')?.focus()
  }
}

function empty() {
  return html`<div class="empty">
    ${icon('mail')}
    <p>${text.noRequests}</p>
  </div>`
}

function newRequest(typed: Record<string, string>): NewAccessRequest {
  const { organisation = '', name = '', email = '', title, phone, message } = typed
  return {
    organisation,
    name,
    email,
    language: locale,
    ...(title && { title }),
    ...(phone && { phone }),
    ...(message && { message }),
  }
}

function showThanks(): void {
  setTitle(text.thankYou)
  renderPage(html`
    <p class="notice good">${text.asked}</p>
    <p>${text.askedNext}</p>
    <p class="actions">
      <a class="button" href=${pageUrl('/ask-for-access/')}>${text.seeRequests}</a>
    </p>
    <p>${text.otherwise(partnerWord, mailboxLink())}</p>
  `)
  focusHeading()
}
