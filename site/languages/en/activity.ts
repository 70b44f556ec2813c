/** The texts of the activity list: its events and their details. */
import { html, type TemplateResult } from 'lit-html'
import type {
  AccountField,
  Decider,
  EventKind,
  FactorsFor,
  Grant,
  MailKind,
  ProfessionalField,
} from '../../src/api/contract.ts'

export const title = 'Activity'
export const lead =
  'Everything that happened in this account, newest first. Nobody can change or delete it.'
export const empty = 'Nothing has happened yet.'
export const today = 'Today'
export const yesterday = 'Yesterday'
export const from = (address: string) => `from ${address}`
/** The recipient of a mail who is not on the account's list; the address is not shown. */
export const outside = 'an address outside this account'

type Sentence = (who: unknown, whom: unknown) => TemplateResult

/** The event, with the actor and, if there is one, the person it is about. */
export const events: Record<EventKind, Sentence> = {
  'account-created': (who) => html`${who} created the account`,
  'account-confirmed': (who) => html`${who} confirmed the account`,
  'account-declined': (who) => html`${who} declined a new customer`,
  'account-withdrawn': (who) => html`${who} withdrew a new customer`,
  'account-updated': (who) => html`${who} changed the account`,
  'grant-changed': (who) => html`${who} changed the partner’s permissions`,
  'sign-in-policy-changed': (who) => html`${who} changed how people must sign in`,
  'sign-in-policy-lift-requested': (who) => html`${who} asked to lift the sign-in policy`,
  'sign-in-policy-lifted': (who) => html`${who} lifted the sign-in policy`,
  'professional-added': (who, whom) => html`${who} added ${whom}`,
  'professional-updated': (who, whom) => html`${who} changed the profile of ${whom}`,
  'email-change-requested': (who) => html`${who} entered a new e-mail address of their own`,
  'email-change-cancelled': (who) => html`${who} kept their e-mail address after all`,
  'mail-preferences-changed': (who) => html`${who} chose which e-mails to get`,
  'professional-deleted': (who, whom) => html`${who} deleted ${whom}`,
  'professional-restored': (who, whom) => html`${who} restored ${whom}`,
  'roles-assigned': (who) => html`${who} changed roles`,
  'staff-permissions-changed': (who) => html`${who} changed what staff may do`,
  'administrator-appointed': (who, whom) => html`${who} made ${whom} an administrator`,
  'appointment-requested': (who, whom) => html`${who} asked to make ${whom} an administrator`,
  'appointment-declined': (who, whom) => html`${who} declined to make ${whom} an administrator`,
  'invitation-requested': (who, whom) => html`${who} requested an invitation for ${whom}`,
  'invitation-revoked': (who, whom) => html`${who} revoked the invitation of ${whom}`,
  'identity-linked': (who) => html`${who} linked a sign-in to their profile`,
  'identity-switched': (who) => html`${who} switched to a different sign-in`,
  'link-disputed': (who, whom) => html`${who} reported ${whom}’s sign-in as suspicious`,
  'plan-ending': (who) => html`${who} sent a reminder that the plan is ending`,
  'plan-lapsed': (who) => html`${who} recorded that the plan has expired`,
  'access-requested': (who) => html`${who} asked for access`,
  'access-request-escalated': (who) => html`${who} passed an access request to the next reviewers`,
  'access-request-passed-on': (who) => html`${who} passed on an access request`,
  'access-request-approved': (who) => html`${who} approved an access request`,
  'access-request-declined': (who) => html`${who} declined an access request`,
  'access-request-withdrawn': (who) => html`${who} withdrew their access request`,
  'access-request-expired': (who) => html`${who} closed an access request that nobody decided on`,
  'mail-sent': (_who, whom) => html`E-mail to ${whom} was sent`,
  'mail-failed': (_who, whom) => html`E-mail to ${whom} could not be sent`,
  'mail-bounced': (_who, whom) => html`E-mail to ${whom} bounced`,
  'mail-complained': (_who, whom) => html`E-mail to ${whom} was marked as spam`,
  'mail-released': (who) => html`${who} released held e-mail`,
}

/** Appointments that make nobody administrator. */
export const administratorChanges = {
  'administrator-appointed': (who: unknown) => html`${who} changed the administrators`,
  'appointment-requested': (who: unknown) => html`${who} asked to change the administrators`,
  'appointment-declined': (who: unknown) => html`${who} declined to change the administrators`,
}

/** An event that this page does not know yet. */
export const otherEvent: Sentence = (who) =>
  html`${who} made a change (reload the page to see which)`

/** Actors that are not people. */
export const mailService = 'The mail service'
export const schedule = 'Portico'
export const operator = 'The portal’s operator'
export const noticeReader = 'Someone who received the notice'
export const addressReader = 'Someone who entered the e-mail on record'

export const mails: Record<MailKind, string> = {
  invitation: 'Invitation',
  'invitation-bounced': 'Notice that an invitation bounced',
  'my-link': 'Requested link',
  'my-links': 'Requested links',
  'requested-links': 'Links requested by e-mail address',
  linked: 'Notice of a newly linked sign-in',
  'identity-switched': 'Notice to the old sign-in',
  'confirm-email': 'Confirmation of a new address',
  'address-changed': 'Notice to the old address',
  'link-disputed': 'Notice of a suspicious sign-in',
  'access-ending': 'Reminder that access is ending',
  'review-access': 'Reminder to review access',
  'partner-changed': 'Notice of a new partner',
  'grant-changed': 'Notice of changed partner permissions',
  'sign-in-policy-lift': 'Notice of a lifted sign-in policy',
  'administrator-changed': 'Notice of a new administrator',
  'appointment-requested': 'Request for a second approval',
  'customer-waiting': 'Request to confirm a new customer',
  'customer-confirmed': 'Notice of a confirmed customer',
  'customer-declined': 'Notice of a declined customer',
  'plan-ending': 'Reminder that the plan is ending',
  'plan-lapsed': 'Notice that the plan has expired',
  notices: 'Further notices, counted',
  'routed-access': 'Access request',
  'access-requested': 'Access request',
}

export const fields: Record<AccountField | ProfessionalField, string> = {
  name: 'name',
  email: 'e-mail',
  title: 'job title',
  phone: 'telephone',
  language: 'language',
  ends_on: 'end date',
  external_id: 'customer number',
  contact: 'contact details',
  plan: 'service plan',
  partner: 'partner',
  licences: 'licences',
  time_zone: 'time zone',
}

export const releasedMails = (mails: number) => (mails === 1 ? 'one e-mail' : `${mails} e-mails`)
export const changed = (fields: string) => `changed: ${fields}`
export const invited = 'with an invitation'
export const notInvited = 'without an invitation'
export const waiting = 'waits for confirmation'
export const invitedFirst = (name: string) => `with an invitation to ${name}`
export const customer = (name: string) => `customer: ${name}`
export const imported = 'from a file'
export const stillLinked = 'with a linked sign-in'
export const notLinked = 'without a linked sign-in'
export const inPlaceOf = (names: string) => `replaces ${names}`
export const reason = (reason: string) => `reason: ${reason}`
export const newAddressOf = (name: string) => `new e-mail address for ${name}`
export const appointmentRequestedBy = (name: string) => `requested by ${name}`
export const handedOverTo = (name: string) => `roles handed over to ${name}`
export const identity = (name: string, provider: string) => `sign-in: ${name} (${provider})`
export const plan = (name: string) => `plan: ${name}`
export const until = (date: string) => `until ${date}`
export const partner = (name: string) => `partner: ${name}`

/** The role in which someone acted, with their own account: "Helpful Partner, as partner". */
export const actsFor = (home: string, capacity: string) => `${home}, as ${capacity.toLowerCase()}`

/** The partner's permissions after the change. */
export const grants: Record<Grant, string> = {
  none: 'no access',
  view: 'view only',
  manage_people: 'manage people',
  appoint_administrator: 'full access',
}
/** Of whom a sign-in with several factors is required after the change. */
export const factors: Record<FactorsFor, string> = {
  nobody: 'several factors required of nobody',
  administrators: 'several factors required of administrators',
  everybody: 'several factors required of everybody',
}
export const linking = (signIns: string) => `can be linked: ${signIns}`
export const liftRequestedBy = (name: string) => `first asked for by ${name}`
export const since = (date: string) => `since ${date}`
export const administratorsAdded = (names: string) => `new administrators: ${names}`
export const administratorsRemoved = (names: string) => `no longer administrators: ${names}`
export const permissionsGiven = (name: string, permissions: string) => `${name} got: ${permissions}`
export const permissionsTaken = (name: string, permissions: string) =>
  `${name} lost: ${permissions}`
export const billingContact = (name: string) => `billing contact: ${name}`
export const shippingContact = (name: string) => `shipping contact: ${name}`
export const stages: Record<Decider, string> = {
  administrators: 'waiting for the administrators',
  partner: 'waiting for the partner',
  staff: 'waiting for staff',
}
export const passedOnTo = (account: string) => `to ${account}`
export const requestedBy = (name: string) => `by ${name}`
export const requestedFor = (email: string) => `for ${email}`
