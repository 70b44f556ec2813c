/** Linking an identity with a profile: the invitation's page, why it may fail, undoing it, asking for a link. */
import { html } from 'lit-html'

export const title = 'Link your profile'
export const invited = (account: unknown) => html`You have been invited to ${account}.`
export const account = 'Account'
export const profile = 'Profile'
export const email = 'E-mail on record'
export const worksUntil = 'The link works until'
export const meaning = 'What linking means'
export const meaningText = (account: string) =>
  `From then on you sign in with this identity to see ${account} in the portal. The portal keeps no password: your identity stays with its provider. Your identity’s own e-mail address may differ from the e-mail on record.`

export const signInFirst = 'Sign in first'
export const signInFirstText =
  'Use an identity that you already have, for example the one you work with. If you have several, choose the one you want to use here from now on; do not make a new one only for this.'
export const signIn = 'Sign in to continue'
export const noIdentity = 'You have none at all? The provider’s sign-in page lets you create one.'

export const signedInAs = (who: unknown) => html`You are signed in as ${who}.`
export const rightIdentity = 'Is this the right identity?'
export const rightIdentityText = (account: string) =>
  `If you have several identities, link the one that you want to use for ${account} from now on, and do not make a new one only for this: signed in with another identity you would not see the account.`
export const switches = (account: string) =>
  `The profile is linked with another identity now. If you go on, it is switched to this one: the other identity no longer opens ${account}, and is told so.`
export const link = 'Link this profile'
export const anotherIdentity = 'Use another identity'

export const alreadyLinked = 'Already linked'
export const alreadyLinkedText =
  'This identity is linked with the profile already, so you can go on to the portal. You want to switch? Then use another identity.'
export const linked = 'Your profile is linked'
export const nowLinked = (identity: string, profile: string, account: string) =>
  `Your identity ${identity} is now linked with the profile ${profile} of ${account}.`
export const wasLinked = (identity: string, profile: string, account: string) =>
  `Your identity ${identity} was already linked with the profile ${profile} of ${account}.`
export const fromNowOn =
  'From now on, sign in with this identity. The link in the e-mail is used up.'
export const openPortal = 'Open the portal'
export const tryAgain = 'Try again'

export const mailFresh = 'Mail me a fresh link'
export const sameAddress = 'It goes to the same e-mail address as before.'
export const thankYou = 'Thank you'
export const freshOnItsWay =
  'If the profile is still there, a fresh link is on its way to the same e-mail address as before.'
export const openNewest =
  'Open the newest e-mail, and follow its link. If it does not come, look in the folder for unwanted mail.'
export const openFromMail = 'Open the link from your e-mail'
export const openFromMailText =
  'This page links a profile with your identity. It opens from the link in an invitation e-mail.'
export const noInvitation =
  'No invitation at hand? If somebody has added you, ask for a new e-mail by the address they used.'
export const linkMyProfile = 'Link my profile'
export const incomplete = 'This link is not complete'
export const incompleteText =
  'A mail program may have cut it in two. Copy the whole link from the e-mail into the address bar of your browser, or ask for a new e-mail.'
export const stuck = (partner: string, ask: unknown, mailbox: unknown) =>
  html`Still stuck? Ask an administrator of your account; without one, your ${partner}. You know neither? Then ${ask}, or write to ${mailbox}.`

export const notMe = 'This was not me'
export const notMeText =
  'An e-mail told you that an identity was linked with a profile, and it was neither you nor somebody you know of.'
export const notMeWhat = 'What happens if you go on'
export const notMeUnlinked =
  'The identity is unlinked at once: whoever used it no longer has access.'
export const notMeHeld =
  'The profile is put on hold, which the account’s administrators see in their list of people.'
export const notMeNext = 'An administrator can check the e-mail address, and send a new invitation.'
export const notMeAfterAll = 'If it was you after all, close this page: nothing has been changed.'
export const unlinked = 'The identity is unlinked'
export const onHold = (profile: string, account: string) =>
  `The profile ${profile} of ${account} is on hold.`
export const tellAdministrator = (account: string) =>
  `Tell an administrator of ${account}: they can check the e-mail address, and send a new invitation.`
export const notMeNoLink =
  'This page opens from the link in an e-mail that says that an identity was linked with a profile. The link may have been cut in two: copy the whole of it from the e-mail.'
export const nothingToUndo = 'There is nothing to undo'
export const nothingToUndoText =
  'The link is not complete, or the profile is no longer linked or has been deleted.'
export const stillWorried = (mailbox: unknown) =>
  html`If you still think that somebody has access who should not, tell an administrator of the account, or write to ${mailbox}.`
export const homePage = 'Home page'

export const request = 'Link my profile'
export const requestText =
  'Somebody has added you, but you cannot find the invitation? Type the e-mail address they used. For each profile with that address one e-mail is sent, with a link that links the profile with the identity you are signed in with now.'
export const requestHint =
  'The address that your administrator added you with. It need not be the one you sign in with.'
export const notThisIdentity = 'Not the identity you want to use?'
export const continueOn = 'Continue'
export const nobodyAdded = (how: unknown, ask: unknown) =>
  html`Nobody has added you yet? See ${how}, or ${ask}.`
export const askForAccess = 'ask for access'
export const howToGetAccess = 'how to get access'
export const requested =
  'If there are profiles with that e-mail address, an e-mail is on its way to it for each of them. Open it, and follow its link.'
export const noMail = 'No e-mail after a few minutes?'
export const noMailSpam = 'Look in the folder for unwanted mail.'
export const noMailAddress = (link: unknown) =>
  html`Ask your administrator which address they added you with, then ${link}.`
export const tryThatOne = 'try that one'
export const noMailAsk = (partner: string, mailbox: unknown) =>
  html`No administrator? Ask your ${partner}, or write to ${mailbox}.`
