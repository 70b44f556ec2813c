/** An event of the activity list in words. */
import * as text from '#language/activity.ts'
import type {
  AccountField,
  ActivityEvent,
  AuditEvent,
  Day,
  PersonRef,
  ProfessionalField,
} from '../../api/contract.ts'
import { formatDay, formatList } from '../../words/codes.ts'

/**
 * Who acted.
 *
 * What is no person is named in the page's language, since the server names it in English.
 */
export function actorName({ actor, event }: Pick<AuditEvent, 'actor' | 'event'>): string {
  switch (actor.as) {
    case 'operator':
      return text.operator
    case 'schedule':
      return isMail(event) ? text.mailService : text.schedule
    case 'mailbox':
      return event.type === 'link-disputed' ? text.noticeReader : text.addressReader
    default:
      return actor.name
  }
}

/** What was done, with `who` and `whom` as they are shown. */
export function eventText({ type }: ActivityEvent, who: unknown, whom: unknown) {
  // A page that was open during a deployment may meet a kind of the newer server.
  const sentence = text.events[type] ?? text.otherEvent
  return sentence(who, whom)
}

/** The professional that the event is about, or that a mail went to. */
export function eventPerson(event: ActivityEvent): PersonRef | null {
  if (isMail(event)) return event.recipient
  return 'professional' in event ? event.professional : null
}

/** Whether the event is about a mail. */
export function isMail(event: ActivityEvent): event is Extract<ActivityEvent, { mail: unknown }> {
  return 'mail' in event
}

/** What is told besides. A kind that is not told here fails the type check. */
export function eventDetails(event: ActivityEvent): string[] {
  switch (event.type) {
    case 'account-created':
      return told(event.imported && text.imported)
    case 'account-updated':
      return told(
        changed(event.changed),
        ...planDetails(event.plan),
        event.partner && text.partner(event.partner.name),
        event.imported && text.imported,
      )
    case 'grant-changed':
      return [text.partner(event.partner.name), text.grants[event.grant]]
    case 'professional-added':
      return told(event.invited ? text.invited : text.notInvited, event.imported && text.imported)
    case 'professional-updated':
      return told(changed(event.changed), event.invited && text.invited)
    case 'professional-deleted':
      return told(event.handed_over_to && text.handedOverTo(event.handed_over_to.name))
    case 'professional-restored':
      return [event.linked ? text.stillLinked : text.notLinked]
    case 'roles-assigned':
      return told(
        people(text.administratorsAdded, event.administrators_added),
        people(text.administratorsRemoved, event.administrators_removed),
        event.billing_contact && text.billingContact(event.billing_contact.name),
        event.shipping_contact && text.shippingContact(event.shipping_contact.name),
      )
    case 'administrator-appointed':
      return told(
        people(text.inPlaceOf, event.in_place_of),
        event.requested_by && text.appointmentRequestedBy(event.requested_by),
        event.reason && text.reason(event.reason),
      )
    case 'appointment-requested':
      return told(
        people(text.inPlaceOf, event.in_place_of),
        event.reason && text.reason(event.reason),
      )
    case 'appointment-declined':
      return told(event.reason && text.reason(event.reason))
    case 'identity-linked':
    case 'identity-switched':
      return [text.identity(event.identity.name, event.identity.provider)]
    case 'plan-ending':
      return planDetails(event.plan)
    case 'plan-lapsed':
      return [text.plan(event.plan.name), text.since(formatDay(event.since))]
    case 'access-requested':
    case 'access-request-escalated':
      return [...requesterDetails(event.requester), text.stages[event.stage]]
    case 'access-request-passed-on':
      return told(...requesterDetails(event.requester), event.to && text.passedOnTo(event.to.name))
    case 'access-request-approved':
    case 'access-request-declined':
    case 'access-request-withdrawn':
    case 'access-request-expired':
      return requesterDetails(event.requester)
    case 'mail-sent':
    case 'mail-failed':
    case 'mail-bounced':
    case 'mail-complained':
      return [text.mails[event.mail]]
    case 'invitation-requested':
    case 'invitation-revoked':
    case 'link-disputed':
      return []
    default:
      event satisfies never
      return []
  }
}

/** Leaves out what there is nothing to tell of. */
function told(...details: (string | false | null)[]): string[] {
  return details.filter((detail) => typeof detail === 'string')
}

function changed(fields: (AccountField | ProfessionalField)[]): string | false {
  return fields.length > 0 && text.changed(formatList(fields.map((field) => text.fields[field])))
}

function people(sentence: (names: string) => string, persons: PersonRef[]): string | false {
  return persons.length > 0 && sentence(formatList(persons.map(({ name }) => name)))
}

function planDetails(plan: { name: string; ends_on: Day } | null): string[] {
  return plan ? [text.plan(plan.name), text.until(formatDay(plan.ends_on))] : []
}

function requesterDetails({ name, email }: { name: string; email: string }): string[] {
  return [text.requestedBy(name), text.requestedFor(email)]
}
