/** The activity list: what was done, and what is told about it. */
import { html, type TemplateResult } from 'lit-html'

export const title = 'Activity'
export const lead =
  'What has been done in this account, newest first. It can be neither changed nor deleted.'
export const empty = 'Nothing has been done yet.'
export const today = 'Today'
export const yesterday = 'Yesterday'
export const from = (address: string) => `from ${address}`
/** Whom a mail went to who is not on the account's list: who that is, is not told. */
export const outside = 'an address outside this account'
export const deletedPerson = 'somebody since deleted'

type Deed = (who: unknown, whom: unknown) => TemplateResult

/** What was done, by whom and, if it was done to somebody, to whom. */
export const acts: Record<string, Deed> = {
  'account-created': (who) => html`${who} created the account`,
  'account-updated': (who) => html`${who} changed the account`,
  'grant-changed': (who) => html`${who} changed what the partner may do`,
  'professional-added': (who, whom) => html`${who} added ${whom}`,
  'professional-updated': (who, whom) => html`${who} changed the profile of ${whom}`,
  'professional-deleted': (who, whom) => html`${who} deleted ${whom}`,
  'professional-restored': (who, whom) => html`${who} brought back ${whom}`,
  'roles-assigned': (who) => html`${who} gave the roles`,
  'administrator-appointed': (who, whom) => html`${who} made ${whom} administrator`,
  'appointment-requested': (who, whom) => html`${who} asked that ${whom} become administrator`,
  'appointment-declined': (who, whom) => html`${who} declined that ${whom} become administrator`,
  'invitation-requested': (who, whom) => html`${who} asked for an invitation for ${whom}`,
  'invitation-revoked': (who, whom) => html`${who} revoked the invitation of ${whom}`,
  'identity-linked': (who) => html`${who} linked an identity with their own profile`,
  'identity-switched': (who) => html`${who} switched to another identity`,
  'link-disputed': (who, whom) => html`${who} said “this was not me” about the profile of ${whom}`,
  'plan-ending': (who) => html`${who} told that the service plan comes to its end`,
  'plan-lapsed': (who) => html`${who} noted that the service plan has lapsed`,
  'access-requested': (who) => html`${who} asked for access`,
  'access-request-escalated': (who) =>
    html`${who} took a request for access on to the next who can decide`,
  'access-request-passed-on': (who) => html`${who} passed a request for access on`,
  'access-request-approved': (who) => html`${who} approved a request for access`,
  'access-request-declined': (who) => html`${who} declined a request for access`,
  'access-request-withdrawn': (who) => html`${who} took their request for access back`,
  'access-request-expired': (who) =>
    html`${who} noted that nobody has decided on a request for access`,
  'mail-sent': (who, whom) => html`${who} sent an e-mail to ${whom}`,
  'mail-failed': (who, whom) => html`${who} could not send an e-mail to ${whom}`,
  'mail-bounced': (who, whom) => html`${who} got an e-mail to ${whom} back`,
  'mail-complained': (who, whom) => html`${who} was told that an e-mail to ${whom} is spam`,
}

/** An act that this site does not know yet, by its code. */
export const otherAct = (who: unknown, code: string, whom: unknown) => html`${who}: ${code} ${whom}`

/** What acts without a person behind it. */
export const mailService = 'The mail service'
export const schedule = 'The schedule'
export const operator = 'The portal’s operator'
export const noticeReader = 'Whoever read the notice'
export const addressReader = 'Somebody who entered the address on record'

export const mails: Record<string, string> = {
  invitation: 'Invitation',
  returned: 'Notice that an invitation came back',
  'my-link': 'A link of one’s own',
  'requested-links': 'Links by e-mail address',
  linked: 'Notice that an identity was linked',
  'identity-switched': 'Notice to the earlier identity',
  'address-changed': 'Notice to the earlier address',
  'link-disputed': 'Notice that a link was reported',
  'access-ending': 'Notice that an access is about to end',
  'review-access': 'Question who still needs access',
  'partner-changed': 'Notice of a new partner',
  'grant-changed': 'Notice of what a partner may do',
  'administrator-changed': 'Notice that the administrator has changed',
  'appointment-requested': 'Request for a second approval',
  'plan-ending': 'Notice that the plan comes to its end',
  'plan-lapsed': 'Notice that the plan has lapsed',
  'routed-access': 'Request for access',
  'access-requested': 'Request for access',
}

export const fields: Record<string, string> = {
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

export const changed = (fields: string) => `changed: ${fields}`
export const invited = 'with an invitation'
export const notInvited = 'without an invitation'
export const imported = 'from a file'
export const stillLinked = 'with the identity linked'
export const notLinked = 'without an identity'
export const inPlaceOf = (names: string) => `in place of ${names}`
export const reason = (reason: string) => `reason: ${reason}`
export const askedBy = (name: string) => `asked for by ${name}`
export const handedOverTo = (name: string) => `roles handed over to ${name}`
export const identity = (identity: string) => `identity: ${identity}`
export const plan = (name: string) => `plan: ${name}`
export const until = (date: string) => `until ${date}`
export const partner = (name: string) => `partner: ${name}`

/** As what somebody acted, with whose account they belong to: "Helpful Partner, as partner". */
export const actsFor = (home: string, capacity: string) => `${home}, as ${capacity.toLowerCase()}`

/** What the partner may do from then on. */
export const grants: Record<string, string> = {
  none: 'nothing any more',
  view: 'view only',
  manage_people: 'manage people',
  appoint_administrator: 'manage people and appoint an administrator',
}
export const since = (date: string) => `since ${date}`
export const administrators = (names: string) => `administrators: ${names}`
export const billingContact = (name: string) => `billing contact: ${name}`
export const shippingContact = (name: string) => `shipping contact: ${name}`
export const nobody = 'nobody'
export const otherFact = (name: string, value: string) => `${name}: ${value}`
export const stages: Record<string, string> = {
  administrators: 'the administrators are asked',
  partner: 'the partner is asked',
  staff: 'staff are asked',
}
export const passedOnTo = (account: string) => `to ${account}`
export const requestedBy = (name: string) => `of ${name}`
export const requestedFor = (email: string) => `for ${email}`
