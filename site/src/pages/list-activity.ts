/**
 * Activity: who did what in an account, day by day, newest first; what partner or staff did is
 * marked so.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/activity.ts'
import { EVENT_ICONS } from '../account/activity/event-icons.ts'
import {
  actorName,
  eventDetails,
  eventPerson,
  eventText,
  isMail,
} from '../account/activity/event-words.ts'
import { listActivity, showAccount } from '../api/client.ts'
import type { ActivityEvent, AuditEvent } from '../api/contract.ts'
import { pageUrl, urlParameter } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import {
  both,
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
} from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { paging } from '../ui/paging.ts'
import { tag } from '../ui/tag/tag.ts'
import { actorRole, formatWeekday, time } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const [account, { items, next }] = await load(() =>
    both(showAccount(id), listActivity(id, { after: urlParameter('after') })),
  )
  setTitle(text.title, account.name)
  renderPage(html`
    ${accountBar(account, '/activity/')}
    <p class="lead">${text.lead}</p>
    ${
      items.length
        ? byDay(items).map(dayOf)
        : html`<p class="empty">${icon('activity')} ${text.empty}</p>`
    }
    ${paging(next)}
  `)

  /** The entries in their order, those of one of the reader's days together. */
  function byDay(entries: AuditEvent[]): AuditEvent[][] {
    const days: AuditEvent[][] = []
    for (const entry of entries) {
      const current = days.at(-1)
      if (current?.[0] && formatWeekday(current[0].at) === formatWeekday(entry.at))
        current.push(entry)
      else days.push([entry])
    }
    return days
  }

  function dayOf(entries: AuditEvent[]) {
    return html`
      <section class="activity-day">
        <h2>${entries[0] ? dayName(entries[0].at) : nothing}</h2>
        <ol class="activity card">
          ${entries.map(entry)}
        </ol>
      </section>
    `
  }

  function entry(item: AuditEvent) {
    const { at, actor, event, source } = item
    const as = actorRole(actor.as)
    const mark = actor.as === 'partner' || actor.as === 'staff' ? 'warn' : 'plain'
    const who = html`<strong>${actorName(item)}</strong>
      ${as ? tag(actor.home ? text.actsFor(actor.home, as) : as, mark) : nothing}`
    return html`
      <li>
        <span class="activity-icon">${icon(EVENT_ICONS[event.type] ?? 'info')}</span>
        <p>${eventText(event, who, whom(event))}</p>
        <p class="hint">
          <time datetime=${at}>${time(at)}</time>
          ${eventDetails(event).map((detail) => html`<span>${detail}</span>`)}
          ${source ? html`<span>${text.from(source)}</span>` : nothing}
        </p>
      </li>
    `
  }

  function whom(event: ActivityEvent) {
    const person = eventPerson(event)
    if (!person) return isMail(event) ? text.outside : nothing
    if (event.type === 'professional-deleted') return person.name
    return html`<a href=${pageUrl('/people/profile/', { account: id, professional: person.id })}
      >${person.name}</a
    >`
  }
}

function dayName(at: string): string {
  const name = formatWeekday(at)
  const now = Date.now()
  if (name === formatWeekday(new Date(now).toISOString())) return text.today
  if (name === formatWeekday(new Date(now - 86_400_000).toISOString())) return text.yesterday
  return name
}
