/** Pages about people: the list, profiles, adding, editing, deleting, reviewing. */
import { html, type TemplateResult } from 'lit-html'

type Name = TemplateResult | string

const people = (count: number) => (count === 1 ? '1 person' : `${number(count)} people`)
const number = (count: number) => new Intl.NumberFormat('en-GB').format(count)

// A profile
export const name = 'Name'
export const email = 'E-mail'
export const newEmail = 'New e-mail'
export const notConfirmed = (email: unknown) => html`${email} (not confirmed yet)`
export const emailHint =
  'Invitations go to this address. It can differ from the one used to sign in.'
export const addressIsKept = (email: Name) =>
  html`You can correct an administrator’s e-mail address, ${email}, only with “Appoint an administrator” on “Plan and licences”. We notify the account’s people.`
export const jobTitle = 'Job title'
export const phone = 'Telephone'
export const mailLanguage = 'E-mail language'
export const endDate = 'End date'
export const endDateHint =
  'The last day of access, for example for a temporary worker. Leave it empty for no end date.'
export const noEndDate = 'None'
export const roles = 'Roles'
export const staffPermissions = 'Permissions as staff'
export const readsOnly = 'Can look, but change nothing'
export const noRoles = 'None'
export const state = 'Status'
export const lastSignIn = 'Last sign-in'
export const never = 'Never'
export const identity = 'Sign-in'
export const noIdentity = 'None linked yet'
export const linkedIdentity = (who: Name, provider: string, since: string) =>
  html`${who} (${provider}), linked on ${since}`
export const invitation = 'Invitation'
export const invitationOpen = (requested: string, until: string) =>
  `Requested ${requested}; the link expires ${until}`
export const invitationOver = (requested: string, until: string) =>
  `Requested ${requested}; the link expired ${until}`
export const invitationState = (state: string, words: string) => `${state}. ${words}`
export const invitationRevoked = (requested: string) => `Requested ${requested}, since revoked`

// Actions
export const save = 'Save'
export const saveAndSend = 'Save and send invite'
export const cancel = 'Cancel'
export const close = 'Close'
export const stop = 'Stop'
export const goOn = 'Continue'
export const edit = 'Edit'
export const undo = 'Undo'
export const deletePerson = 'Delete'
export const sendInvite = 'Send invite e-mail'
export const revokeInvite = 'Revoke invitation'
export const addPerson = 'Add new professional'

// The list
export const ourAccounts = 'People'
export const backToList = 'Back to People'
export const peopleWithAccess = 'All people'
export const removeAdvice =
  'Remove people who no longer need access, for example when they leave: open their profile and press Delete.'
export const importPeople = 'Import people'
export const exportPeople = 'Export the list'
export const resendAll = 'Resend pending invitations'
export const searchByName = 'Search by name'
export const sortAscending = 'sort A to Z'
export const sortDescending = 'sort Z to A'
export const loadingPeople = 'Loading people'
export const found = (count: number) => (count ? `${people(count)} found` : 'Nobody found')
export const countAll = (count: number) => people(count)
export const countPart = (count: number) => `${people(count)} on this page`
export const countFromTo = (first: number, last: number) =>
  `People ${number(first)} to ${number(last)}`
export const pages = 'Pages of the list'
export const previous = 'Previous'
export const next = 'Next'
export const firstPage = 'First page'
export const nobodyFound = (search: Name) => html`No name starts with “${search}”.`
export const showAll = 'Show everyone'
export const nobodyYet = 'Nobody has been added yet.'
export const firstPerson =
  'The first professional becomes administrator, billing contact and shipping contact.'

// After a deletion
export const deletedToast = (who: Name) => html`${who} was deleted.`
export const restoredToast = (who: Name) => html`${who} is back on the list.`
export const undoTooLate = (who: Name) =>
  html`It is too late to restore ${who}: you can undo a deletion for ten minutes. You can add the person again.`
export const undoTaken = (who: Name, owner: Name) =>
  html`We cannot restore ${who}: the e-mail address now belongs to ${owner}.`
export const deletedTitle = (who: string) => `${who} was deleted`
export const deletedSelf = (account: string) =>
  `That was your own profile: your sign-in no longer opens ${account}.`
export const tookOver = (who: Name) => html`${who} has taken over the roles.`

// The profile's page
export const fixAddress = 'Edit the address and send again'
export const linkedHint =
  'This profile is active. Send an invite e-mail only if the person wants to switch to a different sign-in; the current one works until then.'
export const added = (who: string) =>
  `${who} was added. No invitation has been sent yet: press Send invite e-mail when you are ready.`
export const addedAndInvited = (who: string, address: string) =>
  `${who} was added. The invite e-mail to ${address} is on its way.`
export const saved = 'Changes saved.'
export const savedAndRevoked = (email: string) =>
  `Changes saved. The earlier invitation no longer works; nothing has been sent to ${email} yet.`
export const savedAndSent = (address: string) =>
  `Changes saved. The invite e-mail to ${address} is on its way.`
export const inviteSent = (address: string) =>
  `The invite e-mail to ${address} is on its way. Older links no longer work.`
export const inviteRevoked = 'Invitation revoked: its link no longer works.'

// Deleting
export const deleteTitle = (who: Name) => html`Delete ${who}?`
export const deleteText = (who: Name, address: Name) =>
  html`${who} (${address}) loses access straight away, and any open invitation stops working. You can undo this right afterwards.`
export const handOverTitle = 'Give the role to someone else first'
export const handOverText = (who: Name, held: string) =>
  html`${who} is the ${held}, and the account always needs one. Choose who takes over; both happen in one step.`
export const handOverTo = 'Hand over to'
export const onlyActive =
  'No other administrator could sign in, so only people with an active profile can take over.'
export const moreSuccessors = 'More people can take over. Find them by name.'
export const findSuccessor = 'Find a person'
export const noSuccessorFound = (name: string) => `Nobody called “${name}” can take over.`
export const handOverAndDelete = 'Hand over and delete'
export const nobodyToTakeOver = (who: Name, held: string) =>
  html`${who} is the ${held}, and nobody else can take over. Add someone, then delete this profile.`
export const cannotDeleteTitle = (who: Name) => html`You cannot delete ${who}`
export const appointFirst = (who: Name, link: Name) =>
  html`${who} is the account’s only administrator. First ${link}, then delete this profile.`
export const appointAnother = 'appoint another administrator'
export const withdrawFirst = (who: Name, link: Name) =>
  html`${who} is an administrator. First ${link}, which notifies the account’s people. Then delete this profile.`
export const takeRoleAway = 'take the role away'
export const mayNotAppoint = (who: Name, link: Name) =>
  html`${who} is an administrator. Only ${link} and the vendor’s staff can delete this profile.`
export const theAdministrators = 'the account’s administrators'

// Adding and editing
export const editTitle = (who: string) => `Edit ${who}`
export const mayNotEdit = 'You can view this profile, but not change it.'
export const backToProfile = 'Back to the profile'
export const administrator = 'Administrator'
export const administratorHint = 'Can add, change and delete people, and assign roles.'
export const sendInvitation = 'Send the invitation e-mail'
export const sendInvitationHint =
  'If you leave this off, you can send the invitation later from the profile.'
export const emailTaken = 'This e-mail address is already in use.'
export const emailTakenBy = (owner: Name) =>
  html`It belongs to ${owner}. Open that profile, or enter a different address.`
export const mayNotAdd = (account: Name) =>
  html`Only administrators of ${account} can add people, while its service plan is current.`
export const manyPeople = (link: Name) => html`Many people at once? ${link} from a file.`

// Tasks of several steps
export const retryIn = (seconds: number) =>
  `The portal is busy. Trying again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`
export const resendTitle = 'Resend pending invitations'
export const resendText = (account: string) => html`
  <p>
    Everyone in <bdi>${account}</bdi> who has been invited but has not accepted yet gets a new invitation, even if the
    old one has expired. Older links stop working.
  </p>
  <p class="hint">
    We skip people who were never invited, whose invitation was revoked, whose e-mail bounced or was marked as spam,
    and people on hold.
  </p>
`
export const resendStart = 'Resend'
export const resendProgress = (sent: number) =>
  sent ? `Sent so far: ${number(sent)}` : 'Looking for pending invitations'
export const resendOutcome = (sent: number) =>
  sent === 0
    ? 'No invitations are pending. No e-mail was sent.'
    : `${sent === 1 ? 'One new invitation is' : `${number(sent)} new invitations are`} on the way.`
export const exportTitle = 'Export the list'
export const exportFile = 'professionals.csv'
export const exportProgress = (count: number) =>
  count ? `${people(count)} so far` : 'Loading the list'
export const exportOutcome = (count: number, file: string) => `${people(count)} saved in ${file}.`

// Reviewing access
export const reviewTitle = 'Review access'
export const reviewLead =
  'These people may no longer need access. Remove those who don’t; for the others, you can set a day when their access expires.'
export const reviewOf = {
  never_linked: 'Never signed in',
  inactive: 'Inactive',
  ending_soon: 'Access expires soon',
}
export const reviewMeans = {
  never_linked:
    'On the list for 30 days or longer, but has never signed in. The address may be wrong, or the invitation was overlooked.',
  inactive: 'Has access, but has not signed in for months.',
  ending_soon:
    'Access expires in 30 days or less. We remind the person and the administrators two weeks before.',
}
export const reviewNobody = 'Nobody.'
export const reviewMore = 'Show more'
export const lastDay = 'Last day'
export const keepUntil = 'Keep until'
export const keepUntilTitle = (who: Name) => html`How long should ${who} keep access?`
export const keepUntilHint = 'The last day of access. Leave it empty for no end date.'
export const keptUntil = (who: string, day: string) => `${who} keeps access until ${day}.`
export const kept = (who: string) => `${who} keeps access with no end date.`
export const mayNotReview =
  'Only administrators of the account, its partner and the vendor can review access.'
