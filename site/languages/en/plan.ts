/** Plan and licences: the service plan, licensed products, the partner, and who holds which role. */

export const title = 'Plan and licences'
export const servicePlan = 'Service plan'
export const plan = 'Plan'
export const firstDay = 'First day'
export const lastDay = 'Last day'
export const noneNeeded = 'This account needs no service plan.'
export const noPlan = 'This account has no current service plan.'

export const beginsIn = (days: number) =>
  days === 1 ? 'Begins tomorrow' : `Begins in ${days} days`
export const endsIn = (days: number) => (days === 1 ? 'Ends tomorrow' : `Ends in ${days} days`)
export const endsToday = 'Today is the last day'
export const endedAgo = (days: number) =>
  days === 1 ? 'Ended yesterday' : `Ended ${days} days ago`
export const inGrace = 'Access goes on for a time of grace: have the plan renewed now.'
export const renewSoon = 'Have it renewed in time, so that nobody loses access.'

export const licences = 'Licences'
export const product = 'Product'
export const quantity = 'Quantity'
export const unlimited = 'Not limited'
export const noLicences = 'No licensed products are recorded here.'

export const yourPartner = (partner: string) => `Your ${partner}`
export const ownPartner = (partner: string) => `The account’s ${partner}`
export const noPartner = (partner: string) => `No ${partner} looks after this account.`

export const roles = 'Roles'
export const administrators = 'Administrators'
export const billingContact = 'Billing contact'
export const shippingContact = 'Shipping contact'
export const nobody = 'Nobody yet'
export const somebody = 'A professional of this account'
export const changeRoles = 'Change roles'
export const saveRoles = 'Save roles'
export const cancel = 'Cancel'
export const rolesSaved = 'The roles are saved.'
export const firstGetsAll = 'Add the first professional: they get all three roles.'
export const administratorsHint =
  'They may add, change and delete people and give roles. At least one is needed.'
export const noEndDate = 'People with an end date cannot be given a role.'
export const findPerson = 'Find a person'
export const nobodyNamed = (search: string) => `Nobody is called “${search}”.`

export const benefit = 'Access to the portal is a benefit of a current service plan.'
export const everybodyBack =
  'As soon as the plan is current, everybody has access; a link stays linked. Only an invitation that has run out by then must be sent again.'
export const begins = (plan: string, date: string) =>
  `The plan ${plan} of this account begins on ${date}.`
export const lapsedSince = (plan: string, date: string) =>
  `The plan ${plan} of this account has lapsed: there has been no access since ${date}.`
export const whomToAsk = 'Whom to ask'
export const partnerRenews = (partner: string) => `Your ${partner} can renew the plan:`
export const partnerAnswers = (partner: string) => `Your ${partner} answers questions about it:`
export const accountsPartner = (partner: string) => `This ${partner} looks after the account:`
export const orWriteTo = (vendor: string) => `Or write to ${vendor}:`
export const writeTo = (vendor: string) => `Write to ${vendor}:`
export const chooseAccount = 'Choose another account'

export const lapsed = 'The service plan has lapsed'
export const notBegun = 'The service plan has not begun'
export const current = 'The service plan is current'
export const currentText = 'Everybody who has been added has access.'
export const stillOpen = 'You can still read:'
export const listOfPeople = 'The list of people'
export const thePlan = 'The plan'
export const openPortal = 'Open the portal'
