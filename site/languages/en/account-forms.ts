/** Forms for accounts: creating and editing, the partner's permissions, and appointments. */

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

export const newTitle = 'New account'
export const newLead = (account: string) => `${account} will look after the new account.`
export const mayNotCreate = 'You don’t have permission to create accounts here.'
export const editTitle = 'Edit account'
export const editAccount = 'Edit account'
export const mayNotEdit = 'Only the vendor’s staff can change this account.'
export const backToAccount = 'Back to the account'
export const backToCustomers = 'Back to customers'

export const about = 'Account'
export const kind = 'Kind'
export const name = 'Name'
export const number = 'Customer number'
export const numberHint = 'Your own reference; must be unique.'
export const timeZone = 'Time zone'
export const timeZoneHint =
  'For example Europe/Berlin. Plan dates and people’s end dates follow it.'

export const contact = 'Contact'
export const contactHint = (partner: string) =>
  `Customers see these contact details of their ${partner}.`
export const email = 'E-mail'
export const phone = 'Telephone'
export const website = 'Website'

export const servicePlan = 'Service plan'
export const plan = 'Plan'
export const planHint = 'For example Support.'
export const firstDay = 'First day'
export const lastDay = 'Last day'
export const renew = 'Renew for a year'
export const renewHint =
  'Extends a running plan by a year; restarts an expired one today. Nothing changes until you press Save. Then everyone has access again straight away, and no new invitations are needed.'

export const partnerSection = (partner: string) => `The ${partner}`
export const partnerName = (partner: string) => `Find a ${partner} by name`
export const noPartnerChosen = (partner: string) => `No ${partner}`
export const partnerHint = (partner: string) =>
  `A new ${partner} starts with full access. We e-mail the administrators, who can limit it.`
export const search = 'Search'
export const nobodyNamed = (name: string) => `No name starts with “${name}”.`

export const licences = 'Licences'
export const product = 'Product'
export const quantity = 'Quantity'
export const quantityHint = 'Leave the quantity empty if the product is not counted.'
export const addProduct = 'Add a product'
export const removeProduct = (product: string) =>
  product ? `Remove ${product}` : 'Remove this product'

export const first = 'First professional'
export const firstHint =
  'They become administrator, billing contact and shipping contact, and we e-mail them an invitation. You can also add them later.'
export const personName = 'Person’s name'
export const personEmail = 'Person’s e-mail'
export const mailLanguage = 'E-mail language'

export const save = 'Save'
export const create = 'Create account'
export const cancel = 'Cancel'
export const saved = 'Account saved.'
export const exists = 'An account with this customer number already exists.'
export const openIt = 'Open that account'

export const createdAndWaits =
  'Account created. It waits until the vendor’s staff confirm it. You can correct or withdraw it until then.'
export const waitsForStaff =
  'The new account waits until the vendor’s staff confirm it. Until then nobody is invited, and you can correct or withdraw it.'
export const createdAtOnce =
  'The new account works straight away, with one of these plans. Until the vendor’s staff confirm it, requests for access do not reach it.'
export const firstHintWaiting =
  'They become administrator, billing contact and shipping contact. We e-mail them an invitation as soon as the vendor’s staff confirm the account. You can also add them then.'
export const planUpTo = (plan: string, months: number) =>
  months === 1 ? `${plan} (up to a month)` : `${plan} (up to ${months} months)`
export const correctWaiting =
  'Correct what is wrong. The vendor’s staff see your corrections before they confirm the account.'
export const correctCreated =
  'You can correct this account until someone of the customer has signed in. After a new name, requests for access do not reach it until the vendor’s staff confirm the name.'

export const waitsForConfirmation = 'Waiting for confirmation'
export const notConfirmed = 'Not confirmed'
export const waitingForStaff = (partner: string) =>
  `${partner} created this customer. Until you confirm it, nobody is invited, the plan has no effect, and requests for access do not reach it.`
export const unconfirmedForStaff = (partner: string) =>
  `${partner} created or renamed this customer. Its people have access, but requests for access do not reach it until you confirm it.`
export const waitingForPartner =
  'The vendor’s staff have to confirm this customer. Until then nobody is invited and the plan has no effect. You can correct or withdraw it.'
export const unconfirmedForPartner =
  'The vendor’s staff have not confirmed this customer under its name yet. Its people have access. Requests for access go to the vendor’s staff.'
export const namesakes = 'These accounts have a similar name. Is it one of them?'
export const noNamesakes = 'No other account’s name begins like this one’s.'
export const decideAccount = { confirm: 'Confirm', decline: 'Decline', withdraw: 'Withdraw' }
export const decideAccountTitle = {
  confirm: (name: string) => `Confirm ${name}?`,
  decline: (name: string) => `Decline ${name}?`,
  withdraw: (name: string) => `Withdraw ${name}?`,
}
export const decideAccountEffect = {
  confirm:
    'The plan takes effect, the first professional gets the invitation that was asked for, and requests for access that name this customer reach it. We e-mail the partner.',
  decline:
    'The account is removed, and its customer number can be used again. We e-mail the partner. This cannot be undone.',
  withdraw:
    'The account is removed, and its customer number can be used again. This cannot be undone.',
}
export const declineAccountHint =
  'The partner sees this, for example: We know this customer under another name.'
export const accountChangedMeanwhile =
  'This customer has been corrected, or someone else has decided, since you opened the page. Reload it and look again.'
export const accountConfirmed = 'Customer confirmed.'

export const grantTitle = (partner: string) => `${capital(partner)} permissions`
export const grantOf = (partner: string) => `${capital(partner)} permissions`
export const grantLead = (partner: string) =>
  `You decide. Everything your ${partner} does here is marked as theirs in the activity list.`
export const grants: Record<string, { label: string; meaning: string }> = {
  appoint_administrator: {
    label: 'Full access',
    meaning:
      'Manage people and appoint an administrator. They can help even when the last administrator has left.',
  },
  manage_people: {
    label: 'Manage people',
    meaning: 'Add, change, invite and delete people, but not make anyone an administrator.',
  },
  view: {
    label: 'View only',
    meaning: 'See the plan, the people and the activity, but change nothing.',
  },
  none: {
    label: 'No access',
    meaning: 'See only the account’s name and plan in their list of customers.',
  },
}
export const changeGrant = 'Save'
export const confirmGrant = (partner: string, label: string) => `Change ${partner} to “${label}”?`
export const grantEffects: Record<string, string> = {
  appoint_administrator: 'They can do everything, including making someone an administrator.',
  manage_people:
    'They can manage the account’s people, but not make anyone an administrator. If all administrators leave, only the vendor’s staff can help.',
  view: 'They can look, but change nothing. If the account needs help with its people, only the vendor’s staff can give it.',
  none: 'They no longer see the account’s people or activity. If the account needs help with its people, only the vendor’s staff can give it.',
}
export const grantNotice = (partner: string) =>
  `This takes effect straight away. We e-mail the ${partner}’s administrators. You can change it back at any time.`
export const confirmChange = 'Change permissions'
export const grantSaved = 'Permissions changed.'

export const mailWaits = (mails: number) =>
  mails === 1
    ? 'One e-mail of this account is held back'
    : `${mails} e-mails of this account are held back`
export const mailWaitsSince = (time: string) =>
  `The oldest has waited since ${time}: too many e-mails that this account or the same person sent bounced or were reported as spam. Without a release, the others are sent after two days at the latest.`
export const mailReleasedAt = (time: string) =>
  `Released on ${time}. What waited then is sent within a quarter of an hour.`
export const releaseMail = 'Send it now'
export const releaseAdvice =
  'First have the addresses corrected: see “E-mail bounced” in the list of people. What bounces from now on counts anew.'
export const mailReleased = 'Released. The e-mails leave within a quarter of an hour.'

export const appoint = 'Appoint an administrator'
export const appointLead =
  'Use this if the administrators have left or cannot be reached. You can also only take the role away, or correct an administrator’s e-mail address.'
export const everyoneNotified =
  'Everyone with an active profile gets an e-mail that says what changed, by whom and why.'
export const saveAppointment = 'Save and notify'
export const whom = 'New administrator'
export const choose = 'Choose a person'
export const onlyTakeAway = 'Nobody: only take the role away'
export const becomesAdministrator = 'Becomes administrator'
export const isAdministrator = 'Is administrator, with a corrected address'
export const correctedEmail = 'Corrected e-mail address'
export const correctedEmailHint =
  'Leave this empty to keep the address on record. We e-mail the earlier address too.'
export const leavesNobodyActive =
  'Then no administrator could sign in. Choose a new administrator, or keep one who is active.'
export const leavesNobody = 'Then nobody would be administrator. Choose a new one, or keep one.'
export const nobodyEligible =
  'There is nobody to choose: people with an end date cannot become administrator. Add the person first.'
export const replaces = 'Replaces'
export const replaceHint =
  'Anyone you tick keeps their profile, but loses their roles. Tick nobody if they will manage the account together.'
export const reason = 'Reason'
export const reasonHint = 'The account’s people see this, for example: Ada has left the company.'
export const declineHint =
  'The account’s people see this, for example: The company has asked for someone else.'
export const changeAwaitsApproval =
  'The administrators are to change. A second staff member must approve this.'
export const losesRole = (names: string) => `No longer administrator: ${names}.`
export const newAddress = (name: string, address: string) =>
  `New e-mail address for ${name}: ${address}.`
export const awaitsApproval = (name: string) =>
  `${name} is to become administrator. A second staff member must approve this.`
export const askedBy = (name: string, time: string) => `Requested by ${name} on ${time}.`
export const inPlaceOf = (names: string) => `Replaces ${names}.`
export const because = (reason: string) => `Reason: ${reason}`
export const approve = 'Approve'
export const decline = 'Decline'
export const withdraw = 'Withdraw'
export const approveTitle = (name: string | null) =>
  name ? `Make ${name} an administrator?` : 'Approve the change?'
export const declineTitle = (name: string | null) =>
  name ? `Decline to make ${name} an administrator?` : 'Decline the change?'
export const withdrawTitle = (name: string | null) =>
  name
    ? `Withdraw the request to make ${name} an administrator?`
    : 'Withdraw the request for the change?'
export const approvalRequested = 'We have asked a second staff member to approve this.'
export const decided = 'Done.'
