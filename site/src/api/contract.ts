/** The shapes of Portico's HTTP API, as the server sends them. */
/** A day, `YYYY-MM-DD`. */
export type Day = string
/** A moment, RFC 3339 in UTC. */
export type Moment = string

export interface Identity {
  name: string
  email: string | null
  /** The provider's name for people, for example "Microsoft". */
  provider: string
}

export interface Session {
  identity: Identity
  /** How many accounts the identity is linked in. */
  accounts: number
  kept: boolean
  expires_at: Moment
}

export interface Provider {
  id: string
  name: string
}

export interface Plan {
  name: string
  starts_on: Day
  ends_on: Day
  state: 'current' | 'ending' | 'grace' | 'lapsed'
}

/** A licensed product; how many, unless that is not limited. */
export interface Licence {
  product: string
  quantity: number | null
}

export interface PartnerCard {
  account: string
  name: string
  email: string | null
  phone: string | null
  website: string | null
}

export type Role = 'administrator' | 'billing_contact' | 'shipping_contact'
export type AccountKind = 'customer' | 'partner' | 'vendor'

export interface Roles {
  administrators: string[]
  billing_contact: string | null
  shipping_contact: string | null
}

export type Act =
  | 'view-account'
  | 'list-professionals'
  | 'invite'
  | 'export-professionals'
  | 'assign-roles'
  | 'list-activity'
  | 'view-professional'
  | 'update-professional'
  | 'set-end-date'
  | 'delete-professional'
  | 'send-invitation'
  | 'revoke-invitation'
  | 'list-managed'
  | 'create-account'
  | 'import-accounts'
  | 'update-account'
  | 'change-grant'
  | 'appoint-administrator'
  | 'decide-appointment'
  | 'decide-access-request'

/** What a partner may do on a customer's account; each holds those before it. */
export type Grant = 'none' | 'view' | 'manage_people' | 'appoint_administrator'

/** How an organisation is reached; what is not known is absent. */
export interface Contact {
  email?: string
  phone?: string
  website?: string
}

export interface AccountSummary {
  account: string
  name: string
  kind: AccountKind
  plan: Plan | null
  partner: { account: string; name: string } | null
  /** What the partner may do; null without one. */
  grant: Grant | null
  /** The signed-in person's own roles. */
  roles: Role[]
  professional: string | null
}

export interface Appointment {
  appointment: string
  professional: string
  name: string
  /** The names of those who make room. */
  in_place_of: string[]
  reason: string | null
  by: { name: string; as: string }
  at: string
  /** Whether the reader asked for it, who cannot approve it then. */
  yours: boolean
}

export interface Account {
  account: string
  name: string
  kind: AccountKind
  /** The number by which the reader's own systems know it. */
  external_id: string | null
  contact: Contact
  plan: Plan | null
  partner: PartnerCard | null
  /** What the partner may do; null without one. */
  grant: Grant | null
  /** Whose days count for the plan and for end dates. */
  time_zone: string
  licences: Licence[]
  roles: Roles
  /** The appointment of an administrator that waits for a second person's approval. */
  appointment: Appointment | null
  version: number
  you: {
    as: 'professional' | 'administrator' | 'partner' | 'staff' | 'operator'
    /** The signed-in person's own profile in this account, if they have one. */
    professional: string | null
    may: Act[]
  }
}

export type ProfessionalState =
  | 'not_invited'
  | 'queued'
  | 'sent'
  | 'delivered'
  | 'delayed'
  | 'bounced'
  | 'complained'
  | 'failed'
  | 'expired'
  | 'revoked'
  | 'linked'
  | 'held'
  | 'ended'

export interface Invitation {
  state: string
  created_at: Moment
  expires_at: Moment
}

/** A professional as a list holds it. */
export interface ProfessionalSummary {
  professional: string
  account: string
  name: string
  email: string
  title: string | null
  phone: string | null
  language: string
  ends_on: Day | null
  roles: Role[]
  state: ProfessionalState
  invitation: Invitation | null
  identity: (Identity & { linked_at: Moment }) | null
  last_sign_in: Moment | null
}

export interface Professional extends ProfessionalSummary {
  you: { self: boolean; may: Act[] }
}

/** People who may no longer need access, and why. */
export type Report = 'never_linked' | 'inactive' | 'ending_soon'

/** What is written when somebody adds or changes a professional. */
export interface ProfessionalInput {
  name?: string
  email?: string
  title?: string | null
  phone?: string | null
  language?: string
  ends_on?: Day | null
  administrator?: boolean
  send_invitation?: boolean
}

/** A plan as typed. */
export type PlanInput = Omit<Plan, 'state'>

/** What is written when somebody changes an account; what is absent stays as it is. */
export interface AccountInput {
  name?: string
  external_id?: string | null
  contact?: { email: string | null; phone: string | null; website: string | null } | null
  plan?: PlanInput | null
  partner?: string | null
  licences?: Licence[]
  time_zone?: string
  version?: number
}

/** What is written when somebody creates an account. */
export interface NewAccount extends AccountInput {
  name: string
  kind: AccountKind
  first_professional?: Pick<ProfessionalInput, 'name' | 'email' | 'title' | 'phone' | 'language'>
}

/** A person as a row of an import. Only whoever's e-mail nobody in the account has is added. */
export interface ImportRow {
  name: string
  email: string
  title?: string
  phone?: string
  language?: string
  ends_on?: Day
  administrator?: boolean
}

/** An account as a row of an import. What a row leaves out stays as it is. */
export interface AccountImportRow {
  /** The vendor's own number of the account, by which it is known again. */
  external_id: string
  name: string
  kind?: string
  /** The number of its partner of record. */
  partner?: string
  plan?: string
  starts_on?: Day
  ends_on?: Day
  time_zone?: string
  email?: string
  phone?: string
  website?: string
  licences?: string
}

/** What became of a row: in a dry run, what would become of it, and `account` is null where it would be created. */
export type AccountImportResult =
  | { outcome: 'created'; account: string | null }
  | { outcome: 'updated'; account: string; changed: string[] }
  | { outcome: 'unchanged'; account: string }
  | { outcome: 'invalid'; errors: FieldError[] }

/** What became of a row: in a dry run, what would become of it, and `professional` is null. */
export type ImportResult =
  | { outcome: 'added'; professional: string | null }
  | { outcome: 'exists'; professional: string; name: string }
  | { outcome: 'invalid'; errors: FieldError[] }

/** How a list of people is sorted, by name. */
export type Order = 'ascending' | 'descending'

export interface Activity {
  id: string
  at: Moment
  actor: {
    name: string
    as: 'self' | 'administrator' | 'partner' | 'staff' | 'operator' | 'schedule' | 'mailbox'
    /** The partner's or the vendor's name, if one of their people acted. */
    home: string | null
  }
  act: string
  target: { professional: string; name: string } | null
  facts: Record<string, string>
  source: string | null
}

export type AccessState = 'open' | 'approved' | 'declined' | 'withdrawn' | 'expired'

/** A request for access, as its asker sees it. */
export interface OwnAccessRequest {
  request: string
  organisation: string
  name: string
  email: string
  state: AccessState
  /** Why it was declined. */
  reason: string | null
  asked_at: Moment
  ended_at: Moment | null
}

/** A request for access, as those who decide see it. */
export interface AccessRequest extends OwnAccessRequest {
  account: string
  title: string | null
  phone: string | null
  language: string
  message: string | null
  identity: Identity
  stage: 'administrators' | 'partner' | 'staff' | null
  /** When the next are asked, or when it expires with the last. */
  due_on: Day | null
  decided_by: string | null
  checks: AccessChecks | null
}

/** What speaks for and against an open request. */
export interface AccessChecks {
  domain: string
  /** Somebody who holds a role in the account has an address at this domain. */
  domain_known: boolean
  /** A colleague's domain that it could be taken for. */
  resembles: string | null
  /** Who has the address in the account already. */
  professional: {
    professional: string
    name: string
    state: ProfessionalState
    same_identity: boolean
  } | null
  /** The roles that approving gives. */
  roles: Role[]
}

export interface AccessInput {
  organisation: string
  name: string
  email: string
  title?: string
  phone?: string
  language: string
  message?: string
}

export type AccessDecision =
  | { decision: 'approve' }
  | { decision: 'decline'; reason: string }
  | { decision: 'pass_on'; account: string }

/** What a link from an invitation mail is for. */
export interface InvitationPreview {
  account: { account: string; name: string }
  /** The e-mail is masked: `a***@example.com`. */
  professional: { professional: string; name: string; email: string }
  expires_at: Moment | null
  /** A different identity is linked with the profile now. */
  switches: boolean
  /** The signed-in identity is the linked one. */
  already_linked: boolean
  identity: Identity | null
}

export interface Linked {
  account: string
  professional: string
  already_linked: boolean
}

/** One page of a list; `next` asks for the following one. */
export interface List<T> {
  items: T[]
  next: string | null
}

export interface FieldError {
  field: string
  /** Which rule is broken, for the page's own words: "too-long". */
  code: string
  /** The number in the rule, if there is one. */
  most?: number
  /** The server's own words, in English, for a rule that this site does not know yet: "must look like name@example.org". */
  reason?: string
}
