/** Why access has ended with the plan, and whom to ask: shown wherever a lapsed account is met. */
import { html, nothing } from 'lit-html'
import { webAddress } from './address.ts'
import { accessMailbox, partnerWord, vendor } from './brand.ts'
import type { PartnerCard } from './contract.ts'
import type { Lapse } from './problem.ts'
import { day } from './words.ts'

/** Said of a customer whose plan nobody has entered. */
export const NO_PLAN = 'This account has no current service plan.'

/** What happened to the plan, in one sentence of `what`, and whom to ask. */
export function lapseView(what: string, partner: PartnerCard | null, mailbox = accessMailbox) {
  return html`
    <p>
      Access to the portal is a benefit of a current service plan. ${what} As soon as the plan is current, everybody has
      access; nobody needs a new invitation.
    </p>
    <h2>Whom to ask</h2>
    ${
      partner
        ? html`<p>Your ${partnerWord} can renew the plan:</p>
            ${partnerCard(partner)}`
        : nothing
    }
    <p>${partner ? 'Or write to' : 'Write to'} ${vendor}: <a href="mailto:${mailbox}">${mailbox}</a></p>
    <p class="actions"><a class="button" href="/accounts/">Choose another account</a></p>
  `
}

/** The same, as the server tells it to those who have no access. */
export function lapseProblem(lapse: Lapse) {
  return lapseView(whatHappened(lapse), lapse.partner, lapse.access_mailbox ?? accessMailbox)
}

function whatHappened({ plan, since, begins_on }: Lapse): string {
  if (!plan || !since) return NO_PLAN
  if (begins_on) return `The plan ${plan} of this account begins on ${day(begins_on)}.`
  return `The plan ${plan} of this account has lapsed: there has been no access since ${day(since)}.`
}

/** How to reach the partner of record. */
export function partnerCard(partner: PartnerCard) {
  const website = webAddress(partner.website)
  return html`
    <address class="card">
      <strong>${partner.name}</strong>
      ${partner.email ? html`<a href="mailto:${partner.email}">${partner.email}</a>` : nothing}
      ${partner.phone ? html`<a href="tel:${partner.phone.replaceAll(/[^+\d]/g, '')}">${partner.phone}</a>` : nothing}
      ${website ? html`<a href=${website} rel="noopener">${website.replace(/^https?:\/\/|\/$/gi, '')}</a>` : nothing}
    </address>
  `
}
