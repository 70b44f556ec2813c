/** My profile: the user's own data, and using a different sign-in. */

export const title = 'My profile'
export const which = 'You have a profile in each of these accounts. Which one do you want to see?'
export const yourRoles = (roles: string) => `Your roles: ${roles}`
export const edit = 'Edit my profile'
export const save = 'Save'
export const cancel = 'Cancel'
export const saved = 'Profile saved.'
export const savedPending = (email: string) =>
  `Profile saved. Your new address is not confirmed yet: we have e-mailed a link to ${email}.`
export const nothingToSave = 'There is nothing to save.'

export const switching = 'Use a different sign-in'
export const switchingText =
  'Switch your sign-in (the Microsoft, Google … account you use). Your profile, roles and history stay.'
export const stepCheck = 'Check the e-mail on record'
export const stepCheckText = (email: string) =>
  `The invite e-mail goes to ${email}. If that is wrong, edit your profile first.`
export const stepSend = 'Send the invite e-mail'
export const stepSendText = 'Your current sign-in keeps working until you have switched.'
export const stepSignIn = 'Open its link and sign in with the new sign-in'
export const stepSignInText = 'On the page that opens, choose Use a different sign-in.'
export const stepLink = 'Press Accept invitation'
export const stepLinkText =
  'Your old sign-in stops working for this account, and we e-mail you a notice.'
export const send = 'Send invite e-mail'
export const sent = (email: string) => `The invite e-mail to ${email} is on its way.`

export const pending = 'Confirm your new address'
export const pendingText = (email: string, current: string, until: string) =>
  `We have e-mailed a link to ${email}. Open it by ${until}, and the address is on record. Until then everything goes to ${current}.`
export const pendingResend = 'Send the link again'
export const pendingCancel = (current: string) => `Keep ${current}`
export const pendingSent = (email: string) => `A new link to ${email} is on its way.`
export const pendingCancelled = (current: string) => `Your address is still ${current}.`

export const sessions = 'Where you are signed in'
export const sessionsText =
  'See the browsers you are signed in with, end a session that you do not need or do not know, and check your recent sign-ins.'
export const showSessions = 'My sessions'

export const guestPartner = (account: string) =>
  `You are viewing ${account} as its partner. You have no profile of your own in this account.`
export const guestStaff = (account: string) =>
  `You are viewing ${account} as staff. You have no profile of your own in this account.`
export const ownProfiles = 'My own profiles'
