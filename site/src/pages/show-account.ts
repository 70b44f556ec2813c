/** Plan and licences: the service plan, licensed products, the partner of record and the roles. */
import { html, nothing } from 'lit-html'
import * as forms from '#language/account-forms.ts'
import * as text from '#language/plan.ts'
import * as signIn from '#language/sign-in-policy.ts'
import { appointButton, waitingAppointment } from '../account/appointment-section.ts'
import { ConfirmationSection } from '../account/confirmation-section.ts'
import { grantSection } from '../account/grant-section.ts'
import { heldMail } from '../account/held-mail.ts'
import { ROLES_OPENER, RolesForm } from '../account/roles-form.ts'
import { POLICY_OPENER, SignInPolicyForm } from '../account/sign-in-policy-form.ts'
import { mayChangePolicy, policyFacts } from '../account/sign-in-policy-section.ts'
import { isPartnerOrStaff } from '../api/acting-as.ts'
import { showAccount, showProfessional } from '../api/client.ts'
import type {
  Account,
  Licence,
  Plan,
  ProfessionalSummary,
  SignInPolicy,
  StaffPermission,
} from '../api/contract.ts'
import type { Result } from '../api/problem.ts'
import { dropParameter, pageUrl, urlParameter, VENDOR } from '../lib/address.ts'
import { partnerWord } from '../lib/brand.ts'
import { dayIn } from '../lib/day.ts'
import { loadAllPeople } from '../people/all-people.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import {
  clearMessage,
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
  showSuccess,
} from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { partnerCard } from '../ui/lapse-view.ts'
import { problemNotice } from '../ui/problem-notice.ts'
import { planTag } from '../ui/tag/tag.ts'
import { toast } from '../ui/toast/toast.ts'
import { formatDay, formatList, locale, permissionName } from '../words/codes.ts'
import { isToCome, planTerm } from '../words/plan-term.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  let account = await load(() => showAccount(id))
  /** Undefined while loading: the plan does not wait for the people. */
  let people: Result<ProfessionalSummary[]> | undefined
  /** The roles form while it is open. */
  let form: RolesForm | null = null
  /** The form for the sign-in policy while it is open. */
  let policyForm: SignInPolicyForm | null = null
  const confirmation = new ConfirmationSection(draw, {
    confirmed: onConfirmed,
    removed: () => location.assign(pageUrl('/customers/', { account: homeOf(account) })),
  })

  draw()
  if (urlParameter('done') === 'saved') {
    showSuccess(forms.saved)
    dropParameter('done')
  }
  if (urlParameter('done') === 'waiting') {
    showSuccess(forms.createdAndWaits)
    dropParameter('done')
  }
  await Promise.all([fetchPeople(), confirmation.load(account)])
  // The link's target exists only now.
  if (location.hash) document.getElementById(location.hash.slice(1))?.focus()

  function draw(): void {
    setTitle(text.title, account.name)
    renderPage(html`
      ${accountBar(account, '/account/')}
      ${account.you.allowed_actions.includes('update-account') ? editLink() : nothing}
      ${confirmation.render(account)} ${heldMail(account, show)}
      <div class="columns">
        <section>
          <h2>${text.servicePlan}</h2>
          ${
            account.plan
              ? planCard(account.plan)
              : html`<p class="notice">
                  ${account.kind === 'customer' ? text.noPlan : text.noneNeeded}
                </p>`
          }
        </section>
        ${account.kind === 'customer' ? partnerSection(account) : nothing}
      </div>
      ${account.kind === 'customer' ? grantSection(account, show) : nothing}
      ${account.kind === 'customer' ? licenceSection(account.licences ?? []) : nothing}
      <section>
        <h2 id="roles" tabindex="-1">${text.roles}</h2>
        ${rolesSection()}
      </section>
      ${policySection()}
    `)
  }

  function policySection() {
    const { sign_in_policy: policy } = account
    if (!policy) return nothing
    return html`
      <section>
        <h2 id="sign-in-policy" tabindex="-1">${signIn.title}</h2>
        <p class="hint">${signIn.lead}</p>
        ${policyForm ? policyForm.render() : policyFacts(account, policy, show)}
        ${
          mayChangePolicy(account) && !policyForm
            ? html`<div class="actions">
                <button
                  class="button"
                  id="change-sign-in-policy"
                  type="button"
                  data-opens=${POLICY_OPENER}
                  @click=${() => editPolicy(policy)}
                >
                  ${icon('edit')} ${signIn.change}
                </button>
              </div>`
            : nothing
        }
      </section>
    `
  }

  function editPolicy(policy: SignInPolicy): void {
    clearMessage()
    policyForm = new SignInPolicyForm({ account, policy, redraw: draw, done: policyDone })
    draw()
    document.getElementById('sign-in-policy')?.focus()
  }

  /** Closes the form and returns the focus to the button that opened it. */
  function policyDone(changed: Account | null): void {
    policyForm = null
    show(changed ?? account)
    document.getElementById('change-sign-in-policy')?.focus()
    const outside = changed?.sign_in_policy?.outside
    if (changed) toast(outside ? signIn.savedOutside(outside) : signIn.saved)
  }

  function show(changed: Account): void {
    account = changed
    draw()
  }

  function editLink() {
    return html`<p class="actions">
      <a class="button" href=${pageUrl('/account/edit/', { account: id })}
        >${icon('edit')} ${forms.editAccount}</a
      >
    </p>`
  }

  /** Reloads the people too: the first professional may be invited now. */
  function onConfirmed(changed: Account): void {
    account = changed
    draw()
    void fetchPeople()
  }

  /** Reloads the people too, since roles may have moved. */
  function onAppointed(changed: Account): void {
    account = changed
    draw()
    void fetchPeople()
  }

  function planCard(plan: Plan) {
    const today = dayIn(account.time_zone)
    const term = planTerm(plan, today)
    // Beside the date that it describes.
    const beside = (isHere: boolean) =>
      term && isHere ? html`<span class="hint">${term}</span>` : nothing
    const advice = { current: null, ending: text.renewSoon, grace: text.inGrace, lapsed: null }[
      plan.state
    ]
    return html`
      <dl class="facts card">
        <div>
          <dt>${text.plan}</dt>
          <dd class="tags">${planTag(account, today)}</dd>
        </div>
        <div>
          <dt>${text.firstDay}</dt>
          <dd>${formatDay(plan.starts_on)} ${beside(isToCome(plan, today))}</dd>
        </div>
        <div>
          <dt>${text.lastDay}</dt>
          <dd>
            ${formatDay(plan.ends_on)} ${beside(!isToCome(plan, today))}
            ${advice ? html`<p class="hint">${advice}</p>` : nothing}
          </dd>
        </div>
        <div>
          <dt>${forms.timeZone}</dt>
          <dd>${account.time_zone}</dd>
        </div>
      </dl>
    `
  }

  function partnerSection(account: Account) {
    const { partner } = account
    const heading = isPartnerOrStaff(account) ? text.ownPartner : text.yourPartner
    return html`
      <section>
        <h2>${heading(partnerWord)}</h2>
        ${
          partner
            ? partnerCard(partner)
            : html`<p class="notice">${text.noPartner(partnerWord)}</p>`
        }
      </section>
    `
  }

  function rolesSection() {
    if (people && !people.ok) return problemNotice(people.problem, () => void fetchPeople())
    if (form) return form.render()
    return html`
      ${holders(account)} ${waitingAppointment(account, onAppointed)}
      <div class="actions">
        ${
          account.you.allowed_actions.includes('assign-roles')
            ? html`<button
                class="button"
                id="change-roles"
                type="button"
                data-opens=${ROLES_OPENER}
                aria-disabled=${people ? 'false' : 'true'}
                @click=${edit}
              >
                ${icon('edit')} ${text.changeRoles}
              </button>`
            : nothing
        }
        ${people ? appointButton(account, people.value, onAppointed) : nothing}
      </div>
    `
  }

  function holders({ roles, has_linked, active_administrators }: Account) {
    const one = (holder: string | null) => (holder ? personLink(holder) : text.nobody)
    const isNobodyLeft = has_linked && !active_administrators.length
    return html`
      ${isNobodyLeft ? html`<p class="notice warn">${text.nobodyCanSignIn}</p>` : nothing}
      <dl class="facts card">
        <div>
          <dt>${text.administrators}</dt>
          <dd>
            ${
              roles.administrators.length
                ? html`<ul class="plain">
                    ${roles.administrators.map((holder) => html`<li>${personLink(holder)}</li>`)}
                  </ul>`
                : text.nobody
            }
          </dd>
        </div>
        <div>
          <dt>${text.billingContact}</dt>
          <dd>${one(roles.billing_contact)}</dd>
        </div>
        <div>
          <dt>${text.shippingContact}</dt>
          <dd>${one(roles.shipping_contact)}</dd>
        </div>
        ${roles.staff_permissions ? staff(roles.staff_permissions) : nothing}
      </dl>
    `
  }

  /** Draws who has permissions on other accounts besides the administrators. */
  function staff(permissions: Record<string, StaffPermission[]>) {
    const holders = Object.entries(permissions)
    return html`<div>
      <dt>${text.staffPermissions}</dt>
      <dd>
        <p class="hint">${text.staffPermissionsHint}</p>
        ${
          holders.length
            ? html`<ul class="plain">
                ${holders.map(
                  ([holder, given]) =>
                    html`<li>
                      ${personLink(holder)}: ${formatList(given.map(permissionName))}
                    </li>`,
                )}
              </ul>`
            : text.noStaff
        }
      </dd>
    </div>`
  }

  function personLink(holder: string) {
    // Reserves the line while the name loads.
    if (!people) return html`<span class="pending">…</span>`
    const known = people.ok
      ? people.value.find((person) => person.professional === holder)
      : undefined
    const name = html`<bdi>${known?.name ?? text.somebody}</bdi>`
    // Only people who manage the account may see other profiles.
    if (account.you.as === 'professional') return name
    return html`<a href=${pageUrl('/people/profile/', { account: id, professional: holder })}
      >${name}</a
    >`
  }

  /**
   * Loads the people. In very large accounts the holders of roles may be missing; loads them one by
   * one.
   */
  async function fetchPeople(): Promise<void> {
    const { allowed_actions: actions, as } = account.you
    people = actions.includes('list-professionals')
      ? await loadAllPeople(id)
      : { ok: true, value: [] }
    if (people.ok && as !== 'professional') {
      const listed = new Set(people.value.map(({ professional }) => professional))
      const { administrators, billing_contact, shipping_contact, staff_permissions } = account.roles
      const staff = Object.keys(staff_permissions ?? {})
      const others = new Set(
        [...administrators, billing_contact, shipping_contact, ...staff].filter(
          (one) => one !== null && !listed.has(one),
        ),
      )
      for (const other of others) {
        const found = other ? await showProfessional(id, other) : null
        if (found?.ok) people.value.push(found.value)
      }
    }
    draw()
  }

  function edit(): void {
    if (!people?.ok) return
    clearMessage()
    form = new RolesForm({ account, people: people.value, redraw: draw, done })
    draw()
    document.getElementById('roles')?.focus()
  }

  /** Closes the form and returns the focus to the button that opened it. */
  function done(changed: Account | null): void {
    account = changed ?? account
    form = null
    draw()
    const next = document.getElementById('change-roles') ?? document.getElementById('roles')
    next?.focus()
    if (changed) toast(text.rolesSaved)
  }
}

/** Returns the account whose list of customers has this one: the partner's or the vendor's. */
function homeOf({ you, partner }: Account): string {
  return (you.as === 'partner' && partner?.account) || VENDOR
}

function licenceSection(licences: Licence[]) {
  const number = new Intl.NumberFormat(locale)
  return html`
    <section>
      <h2 id="licences">${text.licences}</h2>
      ${
        licences.length
          ? html`<table class="list" role="table" aria-labelledby="licences">
              <thead role="rowgroup">
                <tr role="row">
                  <th role="columnheader" scope="col">${text.product}</th>
                  <th role="columnheader" scope="col">${text.quantity}</th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                ${licences.map(
                  ({ product, quantity }) => html`
                    <tr role="row">
                      <th role="rowheader" scope="row"><bdi>${product}</bdi></th>
                      <td role="cell" data-label=${text.quantity}>
                        ${quantity === null ? text.unlimited : number.format(quantity)}
                      </td>
                    </tr>
                  `,
                )}
              </tbody>
            </table>`
          : html`<p class="hint">${text.noLicences}</p>`
      }
    </section>
  `
}
