/** My profile: one's own data, and switching to another identity. */

export const title = 'My profile'
export const which = 'You have a profile in each of these accounts. Which one do you want to see?'
export const yourRoles = (roles: string) => `Your roles: ${roles}`
export const edit = 'Edit my profile'
export const save = 'Save'
export const cancel = 'Cancel'
export const saved = 'Your profile is saved.'
export const nothingToSave = 'There was nothing to save.'

export const switching = 'Switch identity'
export const switchingText =
  'To sign in with another identity from now on. Your profile, roles and history stay.'
export const stepCheck = 'Check the e-mail on record'
export const stepCheckText = (email: string) =>
  `The invite e-mail goes to ${email}. If that is wrong, edit your profile first.`
export const stepSend = 'Send the invite e-mail'
export const stepSendText =
  'You can go on with your present identity until the other one is linked.'
export const stepSignIn = 'Open its link, and sign in with the other identity'
export const stepSignInText = 'On the page that opens, choose Use another identity.'
export const stepLink = 'Press Link this profile'
export const stepLinkText =
  'The earlier identity then no longer opens this account, and is told so.'
export const send = 'Send invite e-mail'
export const sent = (email: string) => `The invite e-mail to ${email} is on its way.`

export const guestPartner = (account: string) =>
  `You see ${account} as its partner: you have no profile of your own in this account.`
export const guestStaff = (account: string) =>
  `You see ${account} as staff: you have no profile of your own in this account.`
export const ownProfiles = 'My own profiles'
