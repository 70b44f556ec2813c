/**
 * The types of Portico's HTTP API, under the names that the pages use.
 *
 * `contract.generated.ts` is generated from `infra/openapi.yaml`, the source of all of them.
 */
import type {
  components,
  FIELD_ERROR_CODES,
  operations,
  PROBLEM_KINDS,
} from './contract.generated.ts'

type Schemas = components['schemas']

/** A day, `YYYY-MM-DD`. */
export type Day = string
/** A time, RFC 3339 in UTC. */
export type Moment = string

export type Account = Schemas['Account']
export type AccountChanges = Schemas['AccountChanges']
export type AccountDecision = Schemas['AccountDecision']
export type AccountImport = Schemas['AccountImport']
export type AccountImportResult = Schemas['AccountImportResult']
export type AccountImportRow = Schemas['AccountImportRow']
export type AccountKind = Schemas['Kind']
export type AccountSummary = Schemas['AccountSummary']
export type AccessChecks = Schemas['AccessChecks']
export type AccessDecision = Schemas['AccessDecision']
export type AccessRequest = Schemas['AccessRequest']
export type AccessState = Schemas['AccessState']
export type AccountField = Schemas['AccountField']
export type ActivityEvent = Schemas['Event']
export type Appointment = Schemas['Appointment']
export type AuditEvent = Schemas['AuditEvent']
export type Confirmation = Schemas['Confirmation']
export type Contact = Schemas['Contact']
export type Decider = Schemas['Decider']
export type EventKind = ActivityEvent['type']
export type Frequency = Schemas['Frequency']
export type Grant = Schemas['Grant']
export type Identity = Schemas['Identity']
export type ImportResult = Schemas['ImportResult']
export type ImportRow = Schemas['ImportRow']
export type Invitation = Schemas['Invitation']
export type InvitationPreview = Schemas['InvitationPreview']
export type FactorsFor = Schemas['FactorsFor']
export type Licence = Schemas['Licence']
export type Linking = Schemas['Linking']
export type LinkingKind = Schemas['LinkingKind']
export type MailKind = Schemas['MailKind']
export type MailPreference = Schemas['MailPreference']
export type NewAccessRequest = Schemas['NewAccessRequest']
export type NewAccount = Schemas['NewAccount']
export type NewAppointment = Schemas['NewAppointment']
export type NewLicence = Schemas['NewLicence']
export type NewPlan = Schemas['NewPlan']
export type NewProfessional = Schemas['NewProfessional']
export type NewRoles = Schemas['NewRoles']
export type NewSignInPolicy = Schemas['NewSignInPolicy']
export type NoticeGroup = Schemas['NoticeGroup']
export type OpenSession = Schemas['OpenSession']
export type OwnAccessRequest = Schemas['OwnAccessRequest']
export type PartnerCard = Schemas['PartnerCard']
export type PartnerPlan = Schemas['PartnerPlan']
export type PersonRef = Schemas['PersonRef']
export type Plan = Schemas['Plan']
export type Professional = Schemas['Professional']
export type ProfessionalChanges = Schemas['ProfessionalChanges']
export type ProfessionalField = Schemas['ProfessionalField']
export type ProfessionalImport = Schemas['Import']
export type ProfessionalState = Schemas['ProfessionalState']
export type ProfessionalSummary = Schemas['ProfessionalSummary']
export type Provider = Schemas['Provider']
export type Role = Schemas['Role']
export type Session = Schemas['Session']
export type SignInEvent = Schemas['SignInEvent']
export type SignInPolicy = Schemas['SignInPolicy']
export type SignInProblem = Schemas['SignInProblem']
export type StaffPermission = Schemas['StaffPermission']

/** The actions allowed on an account, and on a professional. */
export type AccountAction = Account['you']['allowed_actions'][number]
export type ProfessionalAction = Professional['you']['allowed_actions'][number]

type PeopleQuery = NonNullable<operations['list-professionals']['parameters']['query']>
/** Sort order of a list of people by name. */
export type Order = NonNullable<PeopleQuery['order']>
/** A report on people who may no longer need access. */
export type Report = NonNullable<PeopleQuery['report']>

/** One page of a list; `next` is the cursor of the following one. */
export interface List<T> {
  items: T[]
  next: string | null
}

/** Problems with members of their own. */
export type ServerProblems = Pick<
  Schemas,
  | 'AccountExists'
  | 'Changed'
  | 'DuplicateEmail'
  | 'Forbidden'
  | 'LinkingLimited'
  | 'PlanLapsed'
  | 'RoleRequired'
  | 'StepUpRequired'
>

/** The kinds of problems that the API returns. */
export type ServerProblemKind = (typeof PROBLEM_KINDS)[number]

/** What only the browser finds: an address that a colleague has. */
export type LocalFieldErrorCode = 'taken'

/** The rule that a value breaks. */
export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number] | LocalFieldErrorCode

/** An error of a field, found by the API or the browser. */
export interface FieldError {
  field: string
  code: FieldErrorCode
  /** The rule's limit, if it has one. */
  most?: number
  /** The API's own English wording, for codes that this site does not know yet. */
  reason?: string
}

/** An error of a value, without its field. */
export type ValueError = Pick<FieldError, 'code' | 'most'>
