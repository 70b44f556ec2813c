/**
 * Activity: who did what in an account, day by day, newest first; what partner or staff did is
 * marked so.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/activity.ts'
import { actionText, actorName, details, namesPeople } from '../account/activity/activity-words.ts'
import { listActivity, showAccount } from '../api/client.ts'
import type { Activity } from '../api/contract.ts'
import { pageUrl, urlParameter } from '../lib/address.ts'
import { loadAllPeople } from '../people/all-people.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import {
  both,
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
} from '../shell/view.ts'
import { type Icon, icon } from '../ui/icon/icon.ts'
import { paging } from '../ui/paging.ts'
import { tag } from '../ui/tag/tag.ts'
import { actorRole, formatWeekday, time } from '../words/codes.ts'

const ICONS: Record<string, Icon> = {
  'account-created': 'account',
  'account-updated': 'edit',
  'grant-changed': 'people',
  'professional-added': 'add',
  'professional-updated': 'edit',
  'professional-deleted': 'trash',
  'professional-restored': 'undo',
  'roles-assigned': 'people',
  'administrator-appointed': 'people',
  'appointment-requested': 'people',
  'appointment-declined': 'close',
  'invitation-requested': 'mail',
  'invitation-revoked': 'close',
  'identity-linked': 'person',
  'identity-switched': 'switch',
  'link-disputed': 'warn',
  'plan-ending': 'plan',
  'plan-lapsed': 'plan',
  'mail-sent': 'mail',
  'mail-failed': 'bad',
  'mail-bounced': 'bad',
  'mail-complained': 'warn',
}

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const [account, { items, next }] = await load(() =>
    both(showAccount(id), listActivity(id, { after: urlParameter('after') })),
  )
  const people = items.some(namesPeople) ? await load(() => loadAllPeople(id)) : []
  const names = new Map(people.map(({ professional, name }) => [professional, name]))

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
  function byDay(entries: Activity[]): Activity[][] {
    const days: Activity[][] = []
    for (const entry of entries) {
      const current = days.at(-1)
      if (current?.[0] && formatWeekday(current[0].at) === formatWeekday(entry.at))
        current.push(entry)
      else days.push([entry])
    }
    return days
  }

  function dayOf(entries: Activity[]) {
    return html`
      <section class="activity-day">
        <h2>${entries[0] ? dayName(entries[0].at) : nothing}</h2>
        <ol class="activity card">
          ${entries.map(entry)}
        </ol>
      </section>
    `
  }

  function entry(item: Activity) {
    const { at, actor: who, act, target, source } = item
    const as = actorRole(who.as)
    const mark = who.as === 'partner' || who.as === 'staff' ? 'warn' : 'plain'
    const shown = html`<strong>${actorName(item)}</strong>
      ${as ? tag(who.home ? text.actsFor(who.home, as) : as, mark) : nothing}`
    return html`
      <li>
        <span class="activity-icon">${icon(ICONS[act] ?? 'info')}</span>
        <p>
          ${actionText(
            act,
            shown,
            target ? subject(act, target) : act.startsWith('mail-') ? text.outside : nothing,
          )}
        </p>
        <p class="hint">
          <time datetime=${at}>${time(at)}</time>
          ${details(item, names).map((detail) => html`<span>${detail}</span>`)}
          ${source ? html`<span>${text.from(source)}</span>` : nothing}
        </p>
      </li>
    `
  }

  function subject(act: string, target: NonNullable<Activity['target']>) {
    if (act === 'professional-deleted') return target.name
    return html`<a
      href=${pageUrl('/people/profile/', { account: id, professional: target.professional })}
      >${target.name}</a
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
