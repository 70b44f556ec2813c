/** Activity: who did what in an account, newest first; what partner or staff did is marked so. */
import { html, nothing } from 'lit-html'
import { listActivity, showAccount } from '../api.ts'
import { page, parameter } from '../address.ts'
import { accountBar, tag } from '../account-view.ts'
import type { Activity } from '../contract.ts'
import { paging } from '../paging.ts'
import { everybody } from '../people.ts'
import { both, load, paint, required, signedIn, title } from '../view.ts'
import { act, actor, moment } from '../words.ts'

/** Ids of people as they stand in facts. */
const IDS = /\b[0-9A-HJKMNP-TV-Z]{26}\b/

await signedIn()
const id = await required('account')
const [account, { items, next }] = await load(() =>
  both(showAccount(id), listActivity(id, { after: parameter('after') })),
)

const people = items.some(({ facts }) => Object.values(facts).some((fact) => IDS.test(fact)))
  ? await load(() => everybody(id))
  : []

title('Activity', account.name)
paint(html`
  ${accountBar(account, '/activity/')}
  <p>What has been done in this account, newest first. It can be neither changed nor deleted.</p>
  ${
    items.length
      ? html`<ol class="activity card">
          ${items.map(entry)}
        </ol>`
      : html`<p>Nothing has been done yet.</p>`
  }
  ${paging(next)}
`)

function entry({ at, actor: who, act: code, target, facts, source }: Activity) {
  const by = actor(who.as)
  const details = Object.entries(facts).map(([name, value]) => `${name.replaceAll('_', ' ')}: ${named(value)}`)
  return html`
    <li>
      <p>
        <strong>${who.name}</strong>
        ${by ? tag(by, who.as === 'partner' || who.as === 'staff' ? 'warn' : 'plain') : nothing} ${act(code)}
        ${target ? subject(code, target) : nothing}
      </p>
      <p class="hint">
        <time datetime=${at}>${moment(at)}</time>
        ${details.map((detail) => html`<span>${detail}</span>`)} ${source ? html`<span>from ${source}</span>` : nothing}
      </p>
    </li>
  `
}

/** Puts names in place of ids. */
function named(fact: string): string {
  return fact.replaceAll(new RegExp(IDS, 'g'), (found) => {
    return people.find(({ professional }) => professional === found)?.name ?? 'somebody since deleted'
  })
}

function subject(code: string, target: NonNullable<Activity['target']>) {
  if (code === 'professional-deleted') return target.name
  return html`<a href=${page('/people/profile/', { account: id, professional: target.professional })}
    >${target.name}</a
  >`
}
