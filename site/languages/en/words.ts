/** What the API's codes are called. */
import type {
  AccountKind,
  AuditEvent,
  Plan,
  ProfessionalState,
  Role,
  StaffPermission,
} from '../../src/api/contract.ts'

/** British English: day before month, as most readers of a European vendor expect. */
export const locale = 'en-GB'

export const roles: Record<Role, string> = {
  administrator: 'Administrator',
  billing_contact: 'Billing contact',
  shipping_contact: 'Shipping contact',
}

/** The same in the middle of a sentence. */
export const rolesWithin: Record<Role, string> = {
  administrator: 'administrator',
  billing_contact: 'billing contact',
  shipping_contact: 'shipping contact',
}

/** What the vendor's administrators permit its staff. */
export const staffPermissions: Record<StaffPermission, { name: string; meaning: string }> = {
  people: {
    name: 'Manage people',
    meaning:
      'Add, change, invite and delete people of customers and partners, assign contacts, decide on access requests, send held e-mail, and export lists of people.',
  },
  appointments: {
    name: 'Appoint administrators',
    meaning:
      'Choose who administers an account when its own administrators cannot, and approve what colleagues propose.',
  },
  plans: {
    name: 'Accounts and plans',
    meaning:
      'Create accounts, change them, their service plans, partners and licences, and decide what the partner may do.',
  },
  imports: {
    name: 'Import accounts',
    meaning: 'Create and change many accounts, with their plans and partners, from a file.',
  },
}
export const missingPermission = (permission: string) =>
  `You need the permission “${permission}”. An administrator of your own organisation can give it to you, under “Plan and licences” of your own account.`

export const accountKinds: Record<AccountKind, string> = {
  customer: 'Customer',
  partner: 'Partner',
  vendor: 'Vendor',
}

export const planStates: Record<Plan['state'], string> = {
  current: 'Current',
  ending: 'Ends soon',
  grace: 'Grace period',
  lapsed: 'Expired',
}

export const beginsOn = (date: string) => `Starts on ${date}`
export const planEnded = (plan: string, date: string) => `The plan ${plan} expired on ${date}.`
export const planBegins = (plan: string, date: string) => `The plan ${plan} starts on ${date}.`

export const states: Record<ProfessionalState, { label: string; meaning: string }> = {
  not_invited: { label: 'Not invited', meaning: 'No invitation has been sent yet.' },
  queued: { label: 'Invitation queued', meaning: 'The invitation e-mail is about to be sent.' },
  sent: { label: 'Invited', meaning: 'The invitation e-mail has been sent.' },
  delivered: {
    label: 'Invited',
    meaning: 'The recipient’s mail server has accepted the invitation e-mail.',
  },
  delayed: {
    label: 'Invitation delayed',
    meaning:
      'The recipient’s mail server has not accepted the invitation e-mail yet. We keep trying.',
  },
  bounced: {
    label: 'E-mail bounced',
    meaning:
      'The invitation e-mail could not be delivered. Check the e-mail address, then send it again.',
  },
  complained: {
    label: 'Marked as spam',
    meaning:
      'The invitation e-mail was marked as spam. Talk to the person before you send another.',
  },
  failed: {
    label: 'Invitation failed',
    meaning:
      'The invitation e-mail could not be sent. Check the e-mail address, then send it again.',
  },
  expired: {
    label: 'Invitation expired',
    meaning: 'The invitation was not accepted in time. Send it again.',
  },
  revoked: {
    label: 'Invitation revoked',
    meaning: 'The invitation was revoked; its link no longer works.',
  },
  linked: { label: 'Active', meaning: 'The person can sign in.' },
  on_hold: {
    label: 'On hold',
    meaning:
      'Someone reported this sign-in as suspicious. Check the e-mail address, then send a new invitation.',
  },
  ended: { label: 'Access ended', meaning: 'The end date has passed: the person has no access.' },
}

/** As what somebody acted; null where the name says so already. */
export const actors: Record<AuditEvent['actor']['as'], string | null> = {
  self: null,
  administrator: 'Administrator',
  partner: 'Partner',
  staff: 'Staff',
  operator: null,
  schedule: null,
  mailbox: 'By e-mail link',
}

export const relayAddress = (email: string) => `${email} (private relay address from Apple)`
