/** Linking an identity to a profile: the invitation, failures, undoing a link, requesting one. */
import { html } from 'lit-html'

export const title = 'Accept your invitation'
export const invited = (account: unknown) => html`You have been invited to ${account}.`
export const account = 'Account'
export const profile = 'Profile'
export const email = 'E-mail on record'
export const worksUntil = 'Link expires'
export const meaning = 'What happens when you accept'
export const meaningText = (account: string) =>
  `From then on, your sign-in (the Microsoft, Google … account you use) opens ${account} in the portal. The portal stores no password. The e-mail address of your sign-in can differ from the e-mail on record.`

export const signInFirst = 'Sign in first'
export const signInFirstText =
  'Use your existing work account (Microsoft, Google …). If you have several, choose the one you want to use here from now on; please don’t create a new one just for this.'
export const signIn = 'Sign in to continue'
export const noIdentity = 'Don’t have one? You can create one on the provider’s sign-in page.'

export const signedInAs = (who: unknown) => html`You are signed in as ${who}.`
export const rightIdentity = 'Is this the right sign-in?'
export const rightIdentityText = (account: string) =>
  `If you have several sign-ins, accept with the one you want to use for ${account} from now on. With a different sign-in you would not see this account. Please don’t create a new one just for this.`
export const switches = (account: string) =>
  `This profile currently uses a different sign-in. If you accept, that old sign-in stops working for ${account}, and we e-mail it a notice.`
export const link = 'Accept invitation'
export const anotherIdentity = 'Use a different sign-in'

export const alreadyLinked = 'Already linked'
export const alreadyLinkedText =
  'This sign-in is already linked to the profile, so you can go straight to the portal. Want to switch? Use a different sign-in.'
export const linked = 'Your profile is linked'
export const nowLinked = (identity: string, profile: string, account: string) =>
  `Your sign-in ${identity} is now linked to the profile ${profile} of ${account}.`
export const wasLinked = (identity: string, profile: string, account: string) =>
  `Your sign-in ${identity} was already linked to the profile ${profile} of ${account}.`
export const fromNowOn = 'From now on, use this sign-in. The link in the e-mail no longer works.'
export const openPortal = 'Open the portal'
export const tryAgain = 'Try again'

export const mailNewLink = 'E-mail me a new link'
export const sameAddress = 'It goes to the same e-mail address as before.'
export const thankYou = 'Thank you'
export const newLinkSent =
  'If the profile still exists, a new link is on its way to the same e-mail address as before.'
export const openNewest =
  'Open the newest e-mail and follow its link. If it does not arrive, check your spam folder.'
export const openFromMail = 'Open the link from your e-mail'
export const openFromMailText = 'This page opens from the link in an invitation e-mail.'
export const noInvitation =
  'Can’t find your invitation? If someone has added you, request a new e-mail at the address they used.'
export const linkMyProfile = 'Link my profile'
export const incomplete = 'This link is incomplete'
export const incompleteText =
  'Your e-mail program may have split it. Copy the whole link from the e-mail into your browser’s address bar, or request a new e-mail.'
export const stuck = (partner: string, ask: unknown, mailbox: unknown) =>
  html`Still stuck? Ask an administrator of your account, or your ${partner}. If you don’t know either, ${ask}, or e-mail ${mailbox}.`

export const confirmEmail = 'Confirm your new address'
export const confirmEmailText =
  'You entered this e-mail address in your profile. Confirm it, so that the portal’s e-mails go there from now on.'
export const confirmAddress = 'Confirm address'
export const addressConfirmed = 'Address confirmed'
export const nowOnRecord = (email: string, account: string) =>
  `${email} is now your e-mail address on record for ${account}. We have told your earlier address.`
export const toMyProfile = 'My profile'
export const confirmNoLink =
  'This page opens from the link in the e-mail that we sent to your new address. Your e-mail program may have split the link: copy all of it from the e-mail.'
export const confirmOver = 'This link no longer works'
export const confirmOverText =
  'The address is confirmed already, a newer e-mail was sent, the change was cancelled, or the link has expired. My profile shows which address is on record, and can send the e-mail again.'
export const confirmOther =
  'The address belongs to a profile that uses a different sign-in. Sign in with that one, then open the link again.'

export const notMe = 'This was not me'
export const notMeText =
  'We e-mailed you that a sign-in was linked to a profile, and it was not you or anyone you know of.'
export const notMeWhat = 'What happens if you continue'
export const notMeUnlinked =
  'We remove that sign-in straight away: the person using it loses access.'
export const notMeOnHold =
  'We put the profile on hold. The account’s administrators see this in their list of people.'
export const notMeNext = 'An administrator can check the e-mail address and send a new invitation.'
export const notMeAfterAll = 'If it was you after all, close this page. Nothing has changed.'
export const unlinked = 'The sign-in is removed'
export const onHold = (profile: string, account: string) =>
  `We removed that sign-in straight away and put the profile ${profile} of ${account} on hold.`
export const tellAdministrator = (account: string) =>
  `Tell an administrator of ${account}: they can check the e-mail address and send a new invitation.`
export const notMeNoLink =
  'This page opens from the link in an e-mail about a newly linked sign-in. Your e-mail program may have split the link: copy all of it from the e-mail.'
export const nothingToUndo = 'Nothing to undo'
export const nothingToUndoText =
  'The link is incomplete, or the profile is no longer linked or was deleted.'
export const stillWorried = (mailbox: unknown) =>
  html`If you still think someone has access who should not, tell an administrator of the account, or e-mail ${mailbox}.`
export const homePage = 'Home page'

export const request = 'Link my profile'
export const requestText =
  'Someone has added you, but you can’t find the invitation? Enter the e-mail address they used. We send one e-mail with a link for each profile with that address. A link connects its profile to the sign-in you are using now.'
export const requestHint =
  'The address your administrator added you with. It can differ from the one you sign in with.'
export const notThisIdentity = 'Not the right sign-in?'
export const continueOn = 'Continue'
export const nobodyAdded = (how: unknown, ask: unknown) =>
  html`Nobody has added you yet? See ${how}, or ${ask}.`
export const askForAccess = 'ask for access'
export const howToGetAccess = 'how to get access'
export const requested =
  'If there are profiles with that e-mail address, an e-mail with a link for each of them is on its way. Open it and follow the links.'
export const noMail = 'No e-mail after a few minutes?'
export const noMailSpam = 'Check your spam folder.'
export const noMailAddress = (link: unknown) =>
  html`Ask your administrator which address they added you with, then ${link}.`
export const tryThatOne = 'try that one'
export const noMailAsk = (partner: string, mailbox: unknown) =>
  html`No administrator? Ask your ${partner}, or e-mail ${mailbox}.`
