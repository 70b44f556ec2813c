/** Explains a lapsed plan and who to contact, wherever a lapsed account appears. */
import { html, nothing } from 'lit-html'
import * as text from '#language/plan.ts'
import type { PartnerCard } from '../api/contract.ts'
import type { LapsedPlan } from '../api/problem.ts'
import { pageUrl, webAddress } from '../lib/address.ts'
import { accessMailbox, mailboxLink, partnerWord, vendor } from '../lib/brand.ts'
import { formatDay } from '../words/codes.ts'
import { icon } from './icon/icon.ts'

/**
 * Draws what happened and who to contact; `partnersPart` introduces the partner, if there is one.
 */
export function lapseView(
  what: string,
  partner: PartnerCard | null,
  partnersPart: string,
  mailbox = accessMailbox,
) {
  return html`
    <div class="notice warn">
      <p><strong>${what}</strong></p>
      <p>${text.benefit} ${text.afterRenewal}</p>
    </div>
    <section>
      <h2>${text.whoToContact}</h2>
      ${
        partner
          ? html`<p>${partnersPart}</p>
              ${partnerCard(partner)}`
          : nothing
      }
      <p>${partner ? text.orWriteTo(vendor) : text.writeTo(vendor)} ${mailboxLink(mailbox)}</p>
    </section>
    <p class="actions">
      <a class="button" href=${pageUrl('/accounts/')}>${icon('switch')} ${text.chooseAccount}</a>
    </p>
  `
}

/** Draws a lapsed plan from a problem, for people without access. */
export function lapseProblem(lapse: LapsedPlan) {
  const partnersPart = (lapse.begins_on ? text.partnerAnswers : text.partnerRenews)(partnerWord)
  return lapseView(
    whatHappened(lapse),
    lapse.partner,
    partnersPart,
    lapse.access_mailbox ?? accessMailbox,
  )
}

function whatHappened({ plan, since, begins_on }: LapsedPlan): string {
  if (!plan || !since) return text.noPlan
  return begins_on
    ? text.begins(plan, formatDay(begins_on))
    : text.lapsedSince(plan, formatDay(since))
}

/** Draws the partner's contact details. */
export function partnerCard(partner: PartnerCard) {
  const website = webAddress(partner.website)
  return html`
    <address class="card">
      <strong><bdi>${partner.name}</bdi></strong>
      ${
        partner.email
          ? html`<a href="mailto:${partner.email}">${icon('mail')} ${partner.email}</a>`
          : nothing
      }
      ${
        partner.phone
          ? html`<a href="tel:${partner.phone.replaceAll(/[^+\d]/g, '')}"
              >${icon('phone')} ${partner.phone}</a
            >`
          : nothing
      }
      ${
        website
          ? html`<a href=${website} rel="noopener"
              >${icon('globe')} ${website.replace(/^https?:\/\/|\/$/gi, '')}</a
            >`
          : nothing
      }
    </address>
  `
}
