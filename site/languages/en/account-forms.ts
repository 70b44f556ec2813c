/** Forms about accounts: creating and changing one, and what its partner may do. */

export const newTitle = 'New account'
export const newLead = (account: string) => `The new account is looked after by ${account}.`
export const mayNotCreate = 'You may not create accounts here.'
export const editTitle = 'Edit account'
export const editAccount = 'Edit account'
export const mayNotEdit = 'Only the vendor’s staff may change this account.'
export const backToAccount = 'Back to the account'
export const backToCustomers = 'Back to the customers'

export const about = 'The account'
export const kind = 'Kind'
export const name = 'Name'
export const number = 'Customer number'
export const numberHint =
  'Its number in your own books. A second account with the same number cannot be created by mistake.'
export const timeZone = 'Time zone'
export const timeZoneHint =
  'For example Europe/Berlin. Its days count for the plan and for people’s end dates.'

export const contact = 'Contact'
export const contactHint = (partner: string) => `Customers see these details of their ${partner}.`
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
  'A plan that is running goes on for another year; one that is over begins anew today. Nothing is saved until you press Save. Then everybody has access again at once, and nobody has to be invited anew.'

export const partnerSection = (partner: string) => `The ${partner}`
export const partnerName = (partner: string) => `Find a ${partner} by name`
export const partnerChosen = (name: string) => `Chosen: ${name}`
export const noPartnerChosen = (partner: string) => `No ${partner}`
export const partnerHint = (partner: string) =>
  `A new ${partner} may do everything that a ${partner} may do. The administrators are told by e-mail and can narrow it.`
export const search = 'Search'
export const nobodyNamed = (name: string) => `No name begins with “${name}”.`
export const noneChosen = 'None'

export const licences = 'Licences'
export const product = 'Product'
export const quantity = 'Quantity'
export const quantityHint = 'Leave the quantity empty where the product is not counted.'
export const addProduct = 'Add a product'
export const removeProduct = (product: string) =>
  product ? `Remove ${product}` : 'Remove this product'

export const first = 'First professional'
export const firstHint =
  'They become administrator, billing contact and shipping contact, and are mailed an invitation. You can add them later too.'
export const personName = 'Name of the person'
export const personEmail = 'E-mail of the person'
export const mailLanguage = 'Language of e-mails'

export const save = 'Save'
export const create = 'Create account'
export const cancel = 'Cancel'
export const saved = 'The account is saved.'
export const exists = 'There is an account with this customer number already.'
export const openIt = 'Open that account'

export const grantTitle = (partner: string) => `What your ${partner} may do`
export const grantOf = (partner: string) => `What the ${partner} may do`
export const grantLead = (partner: string) =>
  `You decide. What your ${partner} does here stands in the activity list, marked as theirs.`
export const grants: Record<string, { label: string; meaning: string }> = {
  appoint_administrator: {
    label: 'Everything, also appoint an administrator',
    meaning: 'They can help even when the account’s last administrator has left.',
  },
  manage_people: {
    label: 'Manage people',
    meaning: 'Add, change, invite and delete people, but not make anybody administrator.',
  },
  view: {
    label: 'View only',
    meaning: 'See the plan, the people and what happened, and change nothing.',
  },
  none: {
    label: 'Nothing',
    meaning: 'They see only the account’s name and its plan in their list of customers.',
  },
}
export const changeGrant = 'Change this'
export const askGrant = (partner: string, label: string) => `${partner}: ${label}?`
export const grantFollows: Record<string, string> = {
  appoint_administrator:
    'From now on they may do everything again, and make somebody administrator.',
  manage_people:
    'From now on they may go on managing the account’s people, but not make anybody administrator. If all its administrators leave, only the vendor’s staff can help.',
  view: 'From now on they may only read. If the account needs help with its people, only the vendor’s staff can give it.',
  none: 'From now on they see neither the account’s people nor what happens here. If the account needs help with its people, only the vendor’s staff can give it.',
}
export const grantToldAndUndone = (partner: string) =>
  `It counts from their next click on. The ${partner}’s administrators are told by e-mail. You can change it back at any time.`
export const doChange = 'Yes, change it'
export const grantSaved = 'What the partner may do is changed.'

export const appoint = 'Appoint an administrator'
export const appointLead = 'For when the administrators have left or cannot be reached.'
export const everybodyTold =
  'Everybody whose profile is linked is told by e-mail who was appointed, by whom and why.'
export const whom = 'Who becomes administrator'
export const choose = 'Please choose'
export const nobodyEligible =
  'There is nobody else on the list without an end date. Add the person first.'
export const whomTheyReplace = 'In whose place'
export const replaceHint =
  'Whoever you tick keeps the profile, but no role. Tick nobody if they are to manage the account together.'
export const reason = 'Reason'
export const reasonHint = 'The account’s people read it, for example: Ada has left the company.'
export const declineHint =
  'The account’s people read it, for example: The company has asked for somebody else.'
export const waits = (name: string) =>
  `${name} is to become administrator. A second person of the staff has to approve.`
export const askedBy = (name: string, time: string) => `Asked for by ${name} on ${time}.`
export const inPlaceOf = (names: string) => `In place of ${names}.`
export const because = (reason: string) => `Reason: ${reason}`
export const approve = 'Approve'
export const decline = 'Decline'
export const takeBack = 'Take back'
export const approveTitle = (name: string) => `Make ${name} administrator?`
export const declineTitle = (name: string) => `Decline that ${name} becomes administrator?`
export const takeBackTitle = (name: string) => `Take back that ${name} becomes administrator?`
export const nowWaits = 'A second person has been asked to approve it.'
export const decided = 'It is done.'
