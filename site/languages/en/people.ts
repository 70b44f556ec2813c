/** What the pages about people say: the list, profiles, adding, editing, deleting, importing. */
import { html, type TemplateResult } from 'lit-html'

type Name = TemplateResult | string

const people = (count: number) => (count === 1 ? '1 person' : `${number(count)} people`)
const number = (count: number) => new Intl.NumberFormat('en-GB').format(count)

// A profile
export const name = 'Name'
export const email = 'E-mail'
export const emailHint =
  'Invitations go to this address. It may differ from the one used to sign in.'
export const addressIsKept = (email: Name) =>
  html`The e-mail address of an administrator, ${email}, is changed by the account’s own people. If they have left, appoint another administrator on “Plan and licences”.`
export const jobTitle = 'Job title'
export const phone = 'Telephone'
export const mailLanguage = 'Language of e-mails'
export const endDate = 'End date'
export const endDateHint =
  'The last day of access, for example of a temporary worker. Leave it empty for no end.'
export const noEndDate = 'None'
export const roles = 'Roles'
export const noRoles = 'None'
export const state = 'State'
export const lastSignIn = 'Last sign-in'
export const never = 'Never'
export const identity = 'Identity'
export const noIdentity = 'None linked yet'
export const linkedIdentity = (who: Name, provider: string, since: string) =>
  html`${who} (${provider}), linked ${since}`
export const invitation = 'Invitation'
export const invitationOpen = (requested: string, until: string) =>
  `Requested ${requested}; its link works until ${until}`
export const invitationOver = (requested: string, until: string) =>
  `Requested ${requested}; its link worked until ${until}`
export const invitationState = (state: string, words: string) => `${state}. ${words}`
export const invitationRevoked = (requested: string) => `Requested ${requested}, revoked since`

// What is done
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
export const ourAccounts = 'Our accounts'
export const backToList = 'Back to Our accounts'
export const peopleWithAccess = 'People with access'
export const removeAdvice =
  'Remove people who no longer need access, for example when they leave: open their profile and press Delete.'
export const importPeople = 'Import people'
export const exportPeople = 'Export the list'
export const resendAll = 'Resend all unaccepted'
export const searchByName = 'Name begins with'
export const sortAscending = 'sort A to Z'
export const sortDescending = 'sort Z to A'
export const loadingPeople = 'Loading the people'
export const found = (count: number) => (count ? `${people(count)} found` : 'Nobody found')
export const countAll = (count: number) => people(count)
export const countPart = (count: number) => `${people(count)} on this page`
export const countFromTo = (first: number, last: number) =>
  `People ${number(first)} to ${number(last)}`
export const pages = 'Pages of the list'
export const previous = 'Previous'
export const next = 'Next'
export const firstPage = 'First page'
export const nobodyFound = (search: Name) => html`Nobody’s name begins with “${search}”.`
export const showEverybody = 'Show everybody'
export const nobodyYet = 'Nobody has been added yet.'
export const firstPerson =
  'The first professional becomes administrator, billing contact and shipping contact.'

// After a deletion
export const deletedToast = (who: Name) => html`${who} was deleted.`
export const restoredToast = (who: Name) => html`${who} is back on the list.`
export const undoTooLate = (who: Name) =>
  html`The deletion of ${who} can no longer be undone: that is possible for ten minutes. You can add the person again.`
export const undoTaken = (who: Name, owner: Name) =>
  html`The deletion of ${who} cannot be undone: the e-mail address belongs to ${owner} by now.`
export const deletedTitle = (who: string) => `${who} was deleted`
export const deletedSelf = (account: string) =>
  `That was your own profile: the identity you are signed in with no longer opens ${account}.`
export const tookOver = (who: Name) => html`${who} has taken over the roles.`

// The profile's page
export const mendAddress = 'Edit the address and send again'
export const linkedHint =
  'This profile is linked. Send an invite e-mail only when the person wants to switch to another identity; the present one works until then.'
export const added = (who: string) =>
  `${who} was added. No invitation has been sent: press Send invite e-mail when you are ready.`
export const addedAndInvited = (who: string, address: string) =>
  `${who} was added. The invite e-mail to ${address} is on its way.`
export const saved = 'The changes are saved.'
export const savedAndVoid = (email: string) =>
  `The changes are saved. The earlier invitation is void; nothing has been sent to ${email} yet.`
export const savedAndSent = (address: string) =>
  `The changes are saved. The invite e-mail to ${address} is on its way.`
export const inviteSent = (address: string) =>
  `The invite e-mail to ${address} is on its way. An older link no longer works.`
export const inviteRevoked = 'The invitation is revoked: its link no longer works.'

// Deleting
export const deleteTitle = (who: Name) => html`Delete ${who}?`
export const deleteText = (who: Name, address: Name) =>
  html`${who} (${address}) loses access at once, and an invitation that is still open becomes void. You can undo this
  right afterwards.`
export const handOverTitle = 'Give the role to somebody else first'
export const handOverText = (who: Name, held: string) =>
  html`${who} is the ${held}, and somebody always has to be. Choose who takes over; both is done in one step.`
export const handOverTo = 'Hand over to'
export const handOverAndDelete = 'Hand over and delete'
export const nobodyToTakeOver = (who: Name, held: string) =>
  html`${who} is the ${held}, and there is nobody who could take over. Add somebody, then delete this profile.`
export const cannotDeleteTitle = (who: Name) => html`You cannot delete ${who}`
export const appointFirst = (who: Name, link: Name) =>
  html`${who} is the account’s only administrator. First ${link}, then delete this profile.`
export const appointAnother = 'appoint another administrator'
export const mayNotAppoint = (who: Name, link: Name) =>
  html`${who} is an administrator. Only ${link} and the vendor’s staff may delete this profile.`
export const theAdministrators = 'the account’s administrators'

// Adding and editing
export const editTitle = (who: string) => `Edit ${who}`
export const mayNotEdit = 'You may read this profile, but not change it.'
export const backToProfile = 'Back to the profile'
export const administrator = 'Administrator'
export const administratorHint = 'May add, change and delete people, and give roles.'
export const sendInvitation = 'Send the invitation e-mail'
export const sendInvitationHint = 'Without it, you can send the invitation later from the profile.'
export const emailTaken = 'This e-mail address is taken.'
export const emailTakenBy = (owner: Name) =>
  html`It belongs to ${owner}. Open that profile, or type another address.`
export const mayNotAdd = (account: Name) =>
  html`Only administrators of ${account} can add people, while its service plan is current.`
export const manyPeople = (link: Name) => html`Many people at once? ${link} from a file.`

// Tasks of several steps
export const waitsFor = (seconds: number) =>
  `The portal is busy. This goes on by itself in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`
export const resendTitle = 'Resend all unaccepted invitations'
export const resendText = (account: string) => html`
  <p>
    Everybody on the list of <bdi>${account}</bdi> who has been invited but has not followed the link yet gets a new
    invitation, also where the link has expired. Their older links no longer work.
  </p>
  <p class="hint">
    Left out are people who were never invited, whose invitation was revoked, whose e-mail came back or was marked as
    spam, and who are on hold.
  </p>
`
export const resendStart = 'Resend'
export const resendProgress = (sent: number) =>
  sent ? `Sent so far: ${number(sent)}` : 'Looking for open invitations'
export const resendOutcome = (sent: number) =>
  sent === 0
    ? 'Nobody has an open invitation. No e-mail was sent.'
    : `${sent === 1 ? 'One new invitation is' : `${number(sent)} new invitations are`} on the way.`
export const exportTitle = 'Export the list'
export const exportFile = 'professionals.csv'
export const exportProgress = (count: number) =>
  count ? `${people(count)} so far` : 'Asking for the list'
export const exportOutcome = (count: number, file: string) => `${people(count)} saved in ${file}.`

// Reviewing access
export const reviewTitle = 'Review access'
export const reviewLead =
  'These people may no longer need access. Remove those who do not; for the others, you can set the day on which their access ends by itself.'
export const reviewOf = {
  never_linked: 'Never linked',
  inactive: 'Not signed in for long',
  ending_soon: 'Access ends soon',
}
export const reviewMeans = {
  never_linked:
    'On the list for 30 days or longer, and no identity was ever linked. Perhaps the address is wrong, or the invitation was overlooked.',
  inactive: 'Linked, but not signed in for months.',
  ending_soon:
    'The last day is 30 days away or less. The person and the administrators are told two weeks before.',
}
export const reviewNobody = 'Nobody.'
export const reviewMore = 'Show more'
export const lastDay = 'Last day'
export const keepUntil = 'Keep until'
export const keepUntilTitle = (who: Name) => html`Until when does ${who} keep access?`
export const keepUntilHint = 'The last day of access. Empty means without end.'
export const keptUntil = (who: string, day: string) => `${who} keeps access until ${day}.`
export const kept = (who: string) => `${who} keeps access without end.`
export const mayNotReview =
  'Only administrators of the account, its partner and the vendor review access.'
