/** Describes events of the activity list in words. */
import * as text from '#language/activity.ts'
import type {
  AccountField,
  ActivityEvent,
  AuditEvent,
  Day,
  PersonRef,
  ProfessionalField,
  StaffPermission,
} from '../../api/contract.ts'
import { formatDay, formatList, permissionName } from '../../words/codes.ts'
import { acceptedSignIns } from '../../words/sign-in-policy.ts'

/**
 * Returns the name of the actor.
 *
 * Actors that are not people are named in the page's language; the server names them in English.
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

/** Returns the sentence about the event, with `who` and `whom` as given. */
export function eventText(event: ActivityEvent, who: unknown, whom: unknown) {
  // An appointment that makes nobody administrator.
  if (isAppointment(event) && !event.professional) return text.administratorChanges[event.type](who)
  const { type } = event
  // A page that was open during a deployment can receive a kind that only newer pages know.
  const sentence = text.events[type] ?? text.otherEvent
  return sentence(who, whom)
}

/** Returns the professional that the event is about, or the mail's recipient. */
export function eventPerson(event: ActivityEvent): PersonRef | null {
  if (isMail(event)) return event.recipient
  return 'professional' in event ? event.professional : null
}

/** Checks whether the event is about an appointment. */
function isAppointment(
  event: ActivityEvent,
): event is Extract<ActivityEvent, { new_address_of: unknown }> {
  return 'new_address_of' in event
}

/** Checks whether the event is about a mail. */
export function isMail(event: ActivityEvent): event is Extract<ActivityEvent, { mail: unknown }> {
  return 'mail' in event
}

/** Returns the event's details. A kind that is missing here fails the type check. */
export function eventDetails(event: ActivityEvent): string[] {
  switch (event.type) {
    case 'account-created':
      return present(event.imported && text.imported, event.waiting && text.waiting)
    case 'account-confirmed':
      return present(event.invited && text.invitedFirst(event.invited.name))
    case 'account-declined':
      return present(text.customer(event.account.name), event.reason && text.reason(event.reason))
    case 'account-withdrawn':
      return [text.customer(event.account.name)]
    case 'account-updated':
      return present(
        changed(event.changed),
        ...planDetails(event.plan),
        event.partner && text.partner(event.partner.name),
        event.imported && text.imported,
      )
    case 'grant-changed':
      return [text.partner(event.partner.name), text.grants[event.grant]]
    case 'sign-in-policy-changed':
      return [text.factors[event.factors], text.linking(acceptedSignIns(event.linking))]
    case 'sign-in-policy-lift-requested':
      return [text.reason(event.reason)]
    case 'sign-in-policy-lifted':
      return present(
        event.requested_by && text.liftRequestedBy(event.requested_by),
        event.reason && text.reason(event.reason),
      )
    case 'professional-added':
      return present(
        event.invited ? text.invited : text.notInvited,
        event.imported && text.imported,
      )
    case 'professional-updated':
      return present(changed(event.changed), event.invited && text.invited)
    case 'professional-deleted':
      return present(event.handed_over_to && text.handedOverTo(event.handed_over_to.name))
    case 'professional-restored':
      return [event.linked ? text.stillLinked : text.notLinked]
    case 'roles-assigned':
      return present(
        people(text.administratorsAdded, event.administrators_added),
        people(text.administratorsRemoved, event.administrators_removed),
        event.billing_contact && text.billingContact(event.billing_contact.name),
        event.shipping_contact && text.shippingContact(event.shipping_contact.name),
      )
    case 'staff-permissions-changed':
      return event.people.flatMap(({ professional: { name }, given, taken }) =>
        present(
          given.length > 0 && text.permissionsGiven(name, permissionNames(given)),
          taken.length > 0 && text.permissionsTaken(name, permissionNames(taken)),
        ),
      )
    case 'administrator-appointed':
    case 'appointment-requested':
    case 'appointment-declined':
      return present(
        people(event.professional ? text.inPlaceOf : text.administratorsRemoved, event.in_place_of),
        event.new_address_of && text.newAddressOf(event.new_address_of.name),
        'requested_by' in event &&
          event.requested_by &&
          text.appointmentRequestedBy(event.requested_by),
        event.reason && text.reason(event.reason),
      )
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
      return present(
        ...requesterDetails(event.requester),
        event.to && text.passedOnTo(event.to.name),
      )
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
    case 'mail-released':
      return [text.releasedMails(event.mails)]
    case 'email-change-requested':
    case 'email-change-cancelled':
    case 'mail-preferences-changed':
    case 'invitation-requested':
    case 'invitation-revoked':
    case 'link-disputed':
      return []
    default:
      event satisfies never
      return []
  }
}

/** Returns the details that are present. */
function present(...details: (string | false | null)[]): string[] {
  return details.filter((detail) => typeof detail === 'string')
}

function changed(fields: (AccountField | ProfessionalField)[]): string | false {
  return fields.length > 0 && text.changed(formatList(fields.map((field) => text.fields[field])))
}

function people(sentence: (names: string) => string, persons: PersonRef[]): string | false {
  return persons.length > 0 && sentence(formatList(persons.map(({ name }) => name)))
}

function permissionNames(permissions: StaffPermission[]): string {
  return formatList(permissions.map(permissionName))
}

function planDetails(plan: { name: string; ends_on: Day } | null): string[] {
  return plan ? [text.plan(plan.name), text.until(formatDay(plan.ends_on))] : []
}

function requesterDetails({ name, email }: { name: string; email: string }): string[] {
  return [text.requestedBy(name), text.requestedFor(email)]
}
