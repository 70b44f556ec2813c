/** What the pages about people say: the list, profiles, adding, editing, deleting, importing. */
import { html, type TemplateResult } from 'lit-html'

type Name = TemplateResult | string

const people = (count: number) => (count === 1 ? '1 person' : `${number(count)} people`)
const rows = (count: number) => (count === 1 ? '1 row' : `${number(count)} rows`)
const number = (count: number) => new Intl.NumberFormat('en-GB').format(count)

// A profile
export const name = 'Name'
export const email = 'E-mail'
export const emailHint = 'Invitations go to this address. It may differ from the one used to sign in.'
export const jobTitle = 'Job title'
export const phone = 'Telephone'
export const mailLanguage = 'Language of e-mails'
export const endDate = 'End date'
export const endDateHint = 'The last day of access, for example of a temporary worker. Leave it empty for no end.'
export const noEndDate = 'None'
export const roles = 'Roles'
export const noRoles = 'None'
export const state = 'State'
export const lastSignIn = 'Last sign-in'
export const never = 'Never'
export const identity = 'Identity'
export const noIdentity = 'None linked yet'
export const linkedIdentity = (who: Name, provider: string, since: string) => html`${who} (${provider}), linked ${since}`
export const invitation = 'Invitation'
export const invitationOpen = (requested: string, until: string) => `Requested ${requested}; its link works until ${until}`
export const invitationOver = (requested: string, until: string) => `Requested ${requested}; its link worked until ${until}`
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
export const countFromTo = (first: number, last: number) => `People ${number(first)} to ${number(last)}`
export const pages = 'Pages of the list'
export const previous = 'Previous'
export const next = 'Next'
export const firstPage = 'First page'
export const nobodyFound = (search: Name) => html`Nobody’s name begins with “${search}”.`
export const showEverybody = 'Show everybody'
export const nobodyYet = 'Nobody has been added yet.'
export const firstPerson = 'The first professional becomes administrator, billing contact and shipping contact.'

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
export const savedAndSent = (address: string) => `The changes are saved. The invite e-mail to ${address} is on its way.`
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

// Adding and editing
export const editTitle = (who: string) => `Edit ${who}`
export const mayNotEdit = 'You may read this profile, but not change it.'
export const backToProfile = 'Back to the profile'
export const administrator = 'Administrator'
export const administratorHint = 'May add, change and delete people, and give roles.'
export const sendInvitation = 'Send the invitation e-mail'
export const sendInvitationHint = 'Without it, you can send the invitation later from the profile.'
export const emailTaken = 'This e-mail address is taken.'
export const emailTakenBy = (owner: Name) => html`It belongs to ${owner}. Open that profile, or type another address.`
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
export const resendProgress = (sent: number) => (sent ? `Sent so far: ${number(sent)}` : 'Looking for open invitations')
export const resendOutcome = (sent: number) =>
  sent === 0
    ? 'Nobody has an open invitation. No e-mail was sent.'
    : `${sent === 1 ? 'One new invitation is' : `${number(sent)} new invitations are`} on the way.`
export const exportTitle = 'Export the list'
export const exportFile = 'professionals.csv'
export const exportProgress = (count: number) => (count ? `${people(count)} so far` : 'Asking for the list')
export const exportOutcome = (count: number, file: string) => `${people(count)} saved in ${file}.`

// Import
export const importTitle = 'Import people'
export const importLead = 'Add many people at once from a CSV file, such as a spreadsheet saves.'
export const importSteps = [
  'Choose the file. Nothing is changed yet.',
  'See what would become of every row, and what is wrong where.',
  'Import. Whoever is on the list already stays as they are, so the same file can be used twice.',
]
export const csvFile = 'CSV file'
export const csvFileHint = (most: number) =>
  `Choose it here, or drop it on this field. Separated by comma, semicolon or tab; up to ${number(most)} people.`
export const columnsTitle = 'What the file holds'
export const columnsHint =
  'The first row names the columns, in any order, in English or German. Other columns are left aside.'
export const columns: [string, string][] = [
  ['name', 'Required. The person’s full name.'],
  ['email', 'Required. The address that the invitation goes to; it tells people apart.'],
  ['title', 'Optional. The job title.'],
  ['phone', 'Optional. The telephone number.'],
  ['language', 'Optional. The language of e-mails to the person: en, de.'],
  ['ends_on', 'Optional. The last day of access, such as 2030-12-31.'],
  ['administrator', 'Optional. yes or no.'],
]
export const templateDownload = 'Download a template'
export const templateFile = 'people-template.csv'
export const template = 'name,email,title,phone,language,ends_on,administrator\r\n'
export const tooLarge = 'This file is larger than 5 MB, which is no list of people.'
export const openQuote = (record: number) =>
  `The file cannot be read: a quotation mark in row ${number(record)} is opened and never closed.`
export const unreadableFile = 'This is not a CSV file. Save it in your spreadsheet as CSV, then choose that file.'
export const lackingColumns = (lacking: string[], there: string) =>
  `The file has no column ${lacking.join(' and no column ')}. Its first row must name the columns; it reads: ${there || '(empty)'}`
export const noRows = 'The file names its columns, but holds nobody.'
export const tooManyRows = (count: number, most: number) =>
  `The file holds ${number(count)} rows; at most ${number(most)} can be imported at once. Divide it into several files.`
export const tryingTitle = 'Trial run: nothing is changed'
export const tryingProgress = (done: number, all: number) => `${number(done)} of ${rows(all)} checked`
export const triedTitle = 'What would become of the file'
export const triedText = (file: Name) => html`This was a trial run of ${file}. Nothing has been changed yet.`
export const canBeAdded = (count: number) => (count ? `${people(count)} can be added` : null)
export const onListAlready = (count: number) =>
  count ? `${people(count)} ${count === 1 ? 'is' : 'are'} on the list already and ${count === 1 ? 'stays' : 'stay'} unchanged` : null
export const haveErrors = (count: number) => (count ? `${rows(count)} ${count === 1 ? 'has' : 'have'} errors` : null)
export const ignoredColumns = (ignored: Name) => html`Columns left aside: ${ignored}`
export const sendInvitations = 'Send the invitation e-mails'
export const sendInvitationsHint = 'Without them, you can send the invitations later, one by one.'
export const importNow = (count: number) => `Import ${people(count)}`
export const otherFile = 'Choose another file'
export const faultyAreLeftOut = 'Rows with errors are left out. Mend them in the file, then import it once more: nobody is added twice.'
export const nothingToAdd = 'Everybody in this file is on the list already: there is nothing to import.'
export const nothingToAddButErrors = 'No row of this file can be imported as it is.'
export const addingTitle = 'Importing'
export const addingProgress = (done: number, all: number) => `${number(done)} of ${people(all)} added`
export const goOnIsSafe = 'Continue goes on where it stopped; nobody is added twice. Do not leave this page until it is done.'
export const doneTitle = (count: number) => (count === 1 ? '1 person was added' : `${number(count)} people were added`)
export const wereAdded = (count: number) => (count ? `${people(count)} added` : null)
export const doneInvited = 'Their invitation e-mails are on the way.'
export const doneNotInvited = 'No invitations have been sent.'
export const resultDownload = 'Download the result'
export const trialDownload = 'Download the result of the trial run'
export const resultFile = 'import-result.csv'
export const outcomeColumn = 'outcome'
export const detailColumn = 'detail'
export const outcomes = { new: 'can be added', added: 'added', exists: 'on the list already', invalid: 'error' }
export const faultyRows = 'Rows with errors'
export const knownRows = 'Who is on the list already'
export const row = 'Row'
export const whatIsWrong = 'What is wrong'
export const listedAs = 'Listed as'
export const moreRows = (count: number) => `And ${rows(count)} more: the result file names them all.`

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
  never_linked: 'On the list for 30 days or longer, and no identity was ever linked. Perhaps the address is wrong, or the invitation was overlooked.',
  inactive: 'Linked, but not signed in for months.',
  ending_soon: 'The last day is 30 days away or less. The person and the administrators are told two weeks before.',
}
export const reviewNobody = 'Nobody.'
export const reviewMore = 'Show more'
export const lastDay = 'Last day'
export const keepUntil = 'Keep until'
export const keepUntilTitle = (who: Name) => html`Until when does ${who} keep access?`
export const keepUntilHint = 'The last day of access. Empty means without end.'
export const keptUntil = (who: string, day: string) => `${who} keeps access until ${day}.`
export const kept = (who: string) => `${who} keeps access without end.`
export const mayNotReview = 'Only administrators of the account, its partner and the vendor review access.'
