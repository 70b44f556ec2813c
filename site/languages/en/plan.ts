/** Plan and licences: the service plan, licensed products, the partner, and the roles. */

export const title = 'Plan and licences'
export const servicePlan = 'Service plan'
export const plan = 'Plan'
export const firstDay = 'First day'
export const lastDay = 'Last day'
export const noneNeeded = 'This account needs no service plan.'
export const noPlan = 'This account has no current service plan.'

export const beginsIn = (days: number) =>
  days === 1 ? 'Starts tomorrow' : `Starts in ${days} days`
export const endsIn = (days: number) => (days === 1 ? 'Ends tomorrow' : `Ends in ${days} days`)
export const endsToday = 'Ends today'
export const endedAgo = (days: number) =>
  days === 1 ? 'Ended yesterday' : `Ended ${days} days ago`
export const inGrace =
  'You still have access during a short grace period. Have the plan renewed now.'
export const renewSoon = 'Have it renewed in time so that nobody loses access.'

export const licences = 'Licences'
export const product = 'Product'
export const quantity = 'Quantity'
export const unlimited = 'Unlimited'
export const noLicences = 'There are no licensed products on record.'

export const yourPartner = (partner: string) => `Your ${partner}`
export const ownPartner = (partner: string) => `The account’s ${partner}`
export const noPartner = (partner: string) => `This account has no ${partner}.`

export const roles = 'Roles'
export const administrators = 'Administrators'
export const billingContact = 'Billing contact'
export const shippingContact = 'Shipping contact'
export const nobody = 'Nobody yet'
export const nobodyCanSignIn =
  'No administrator of this account can sign in at the moment. Until one accepts an invitation, nobody there can manage its people.'
export const somebody = 'A professional of this account'
export const changeRoles = 'Change roles'
export const saveRoles = 'Save roles'
export const cancel = 'Cancel'
export const rolesSaved = 'Roles saved.'
export const firstGetsAll = 'Add the first professional: they get all three roles.'
export const administratorsHint =
  'Can add, change and delete people, and assign roles. At least one is required.'
export const noEndDate = 'People with an end date cannot hold a role.'
export const staffPermissions = 'Staff permissions'
export const staffPermissionsHint =
  'All staff can look at every account. To change something there, they need a permission. Administrators of this account have all permissions.'
export const noStaff = 'Only the administrators may change other accounts.'
export const nobodyElse = 'There is nobody else in this account yet.'
export const onlyItsAdministrators = 'Only administrators of this account can change it.'
export const findPerson = 'Find a person'
export const nobodyNamed = (search: string) => `No name starts with “${search}”.`

export const benefit = 'You need a current service plan to use the portal.'
export const afterRenewal =
  'As soon as the plan is current, everyone has access and no new invitations are needed. Only invitations that have expired by then must be sent again.'
export const begins = (plan: string, date: string) =>
  `The plan ${plan} of this account starts on ${date}.`
export const lapsedSince = (plan: string, date: string) =>
  `The plan ${plan} of this account has expired. There has been no access since ${date}.`
export const whoToContact = 'Who to contact'
export const partnerRenews = (partner: string) => `Your ${partner} can renew the plan:`
export const partnerAnswers = (partner: string) => `Your ${partner} answers questions about it:`
export const accountsPartner = (partner: string) => `This ${partner} looks after the account:`
export const orWriteTo = (vendor: string) => `Or e-mail ${vendor}:`
export const writeTo = (vendor: string) => `E-mail ${vendor}:`
export const chooseAccount = 'Choose another account'

export const lapsed = 'The service plan has expired'
export const notBegun = 'The service plan has not started yet'
export const current = 'The service plan is current'
export const currentText = 'Everyone who has been added has access.'
export const stillOpen = 'You can still view:'
export const listOfPeople = 'The list of people'
export const thePlan = 'The plan'
export const openPortal = 'Open the portal'
