/** An entry of the activity list in words. */
import * as text from '#language/activity.ts'
import type { Activity } from '../../api/contract.ts'
import { formatDay, formatList } from '../../words/codes.ts'

/** Ids of people as they stand in facts. */
const ID = /\b[0-9A-HJKMNP-TV-Z]{26}\b/g

/**
 * Who acted.
 *
 * What is no person is named in the page's language, since the server names it in English.
 */
export function actorName({ actor, act }: Pick<Activity, 'actor' | 'act'>): string {
  switch (actor.as) {
    case 'operator':
      return text.operator
    case 'schedule':
      return act.startsWith('mail-') ? text.mailService : text.schedule
    case 'mailbox':
      return act === 'link-disputed' ? text.noticeReader : text.addressReader
    default:
      return actor.name
  }
}

/** What was done, with `who` and `whom` as they are shown. */
export function actionText(code: string, who: unknown, whom: unknown) {
  const known = text.acts[code]
  return known ? known(who, whom) : text.otherAct(who, code.replaceAll(/[-_]/g, ' '), whom)
}

/** What is told besides; `names` are those of the account's people by id. */
export function details(
  { act, facts }: Pick<Activity, 'act' | 'facts'>,
  names: Map<string, string>,
): string[] {
  return Object.entries(facts).flatMap(([name, value]) => detail(act, name, value, names) ?? [])
}

/** Whether an entry names people by their ids only. */
export function namesPeople({ facts }: Pick<Activity, 'facts'>): boolean {
  return Object.values(facts).some((fact) => fact.search(ID) >= 0)
}

function detail(
  act: string,
  name: string,
  value: string,
  names: Map<string, string>,
): string | null {
  const people = value.replaceAll(ID, (id) => names.get(id) ?? text.deletedPerson)
  switch (name) {
    case 'mail':
      return text.mails[value] ?? value
    case 'changed':
      return value === 'nothing'
        ? null
        : text.changed(formatList(value.split(', ').map((field) => text.fields[field] ?? field)))
    case 'invited':
      if (value === 'yes') return text.invited
      return act === 'professional-added' ? text.notInvited : null
    case 'imported':
      return text.imported
    case 'linked':
      return value === 'yes' ? text.stillLinked : text.notLinked
    case 'handed_over_to':
      return text.handedOverTo(people)
    case 'in_place_of':
      return text.inPlaceOf(value)
    case 'reason':
      return text.reason(value)
    case 'asked_by':
      return text.askedBy(value)
    case 'stage':
      return text.stages[value] ?? value
    case 'to':
      return text.passedOnTo(value)
    case 'name':
      return text.requestedBy(value)
    case 'email':
      return text.requestedFor(value)
    case 'identity':
      return text.identity(value)
    case 'plan':
      return text.plan(value)
    case 'until':
      return text.until(/^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value)
    case 'partner':
      return text.partner(value)
    case 'grant':
      return text.grants[value] ?? value
    case 'since':
      return text.since(/^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value)
    case 'administrators':
      return text.administrators(people || text.nobody)
    case 'billing_contact':
      return text.billingContact(value.search(ID) < 0 ? text.nobody : people)
    case 'shipping_contact':
      return text.shippingContact(value.search(ID) < 0 ? text.nobody : people)
    default:
      return text.otherFact(name.replaceAll('_', ' '), people)
  }
}
