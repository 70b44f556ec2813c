/** Explains why an account has no access: since when, which plan, and who to contact. */
import { html } from 'lit-html'
import * as text from '#language/plan.ts'
import { isPartnerOrStaff } from '../api/acting-as.ts'
import { showAccount } from '../api/client.ts'
import type { Account } from '../api/contract.ts'
import { pageUrl } from '../lib/address.ts'
import { partnerWord } from '../lib/brand.ts'
import { dayIn } from '../lib/day.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { load, renderPage, requireParameter, requireSession, setTitle } from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { lapseView } from '../ui/lapse-view.ts'
import { lapseReason } from '../words/codes.ts'
import { isLapsed, isToCome } from '../words/plan-term.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  // People without access get the same explanation from the problem.
  const account = await load(() => showAccount(id))

  // Ignore the bar's read-only notice: this page explains it at length.
  accountBar(account, '')
  const today = dayIn(account.time_zone)
  const isToStart = account.plan !== null && isToCome(account.plan, today)
  setTitle(
    isLapsed(account) ? (isToStart ? text.notBegun : text.lapsed) : text.current,
    account.name,
  )
  renderPage(isLapsed(account) ? lapsed(account) : current())

  function lapsed({ plan, partner, you }: Account) {
    const what = plan ? lapseReason(plan, today) : text.noPlan
    // A partner need not be told to contact itself.
    const contact = you.as === 'partner' ? null : partner
    const partnersPart = isPartnerOrStaff(account)
      ? text.accountsPartner
      : isToStart
        ? text.partnerAnswers
        : text.partnerRenews
    return html`
      ${lapseView(what, contact, partnersPart(partnerWord))}
      <section>
        <h2>${text.stillOpen}</h2>
        <ul>
          <li><a href=${pageUrl('/people/', { account: id })}>${text.listOfPeople}</a></li>
          <li><a href=${pageUrl('/account/', { account: id })}>${text.thePlan}</a></li>
        </ul>
      </section>
    `
  }

  function current() {
    return html`
      <p class="notice good">${icon('good')} ${text.currentText}</p>
      <p class="actions">
        <a class="button primary" href=${pageUrl('/people/', { account: id })}
          >${text.openPortal}</a
        >
      </p>
    `
  }
}
