/** Explains each problem to the user, with a next step. */
import { html } from 'lit-html'
import type { ServerProblems } from '../../src/api/contract.ts'
import type { Kind } from '../../src/api/problem.ts'

export const explanations: Record<Kind, { title: string; text: string }> = {
  malformed: {
    title: 'We could not understand the request',
    text: 'The address, or what was sent, is incomplete. Go back and follow the link or fill in the form again.',
  },
  'too-large': {
    title: 'That’s too long',
    text: 'Shorten what you typed, then try again.',
  },
  invalid: {
    title: 'Please check what you entered',
    text: 'Something is missing or not in the right format.',
  },
  'not-signed-in': { title: 'Please sign in', text: 'You need to sign in to see this page.' },
  'step-up-required': {
    title: 'Please confirm that it is you',
    text: 'Sign in once more to do this; nothing has been changed.',
  },
  'wrong-address': {
    title: 'Use the portal’s own address',
    text: 'This is the address of a part behind the portal, which answers nobody. Open the portal at its own address.',
  },
  'cross-site': {
    title: 'The request did not come from this site',
    text: 'Open the portal in its own tab, then try again there.',
  },
  forbidden: {
    title: 'You don’t have permission to do this',
    text: 'If you belong to this account’s organisation, ask one of its administrators. If you look after the account for it, its administrators decide what you can do.',
  },
  'appointment-required': {
    title: 'This takes an appointment',
    text: 'Someone in this account has signed in before. You change its administrators, or the e-mail address of one, with “Appoint an administrator” on “Plan and licences”. The account’s people get an e-mail.',
  },
  'access-ended': {
    title: 'Your access has ended',
    text: 'Your profile’s end date has passed. An administrator of the account can set a later one.',
  },
  'plan-lapsed': {
    title: 'The service plan has expired',
    text: 'You need a current service plan to use the portal.',
  },
  'not-found': {
    title: 'This page is not available to you',
    text: 'It may have been deleted, or your sign-in does not have access to this account.',
  },
  'duplicate-email': {
    title: 'This e-mail address is already in use',
    text: 'Another profile in this account has the same e-mail address.',
  },
  'account-exists': {
    title: 'This account already exists',
    text: 'Find it in the list of accounts.',
  },
  'too-many-waiting': {
    title: 'Too many customers wait for confirmation',
    text: 'The vendor’s staff have to confirm your newest customers first. Wait until they have decided, or withdraw one of those that wait.',
  },
  'role-required': {
    title: 'Give the role to someone else first',
    text: 'Every account has a billing contact, a shipping contact and at least one administrator.',
  },
  changed: {
    title: 'Someone else has just changed this',
    text: 'Reload the page to see the latest version, then make your change again.',
  },
  'link-expired': {
    title: 'This link has expired',
    text: 'Invitations are valid for a limited time. Getting a new link takes a minute.',
  },
  'link-superseded': {
    title: 'There is a newer link',
    text: 'The invitation was sent again, so this link no longer works. Follow the link in the newest e-mail, or request a new one.',
  },
  'link-revoked': {
    title: 'This invitation was revoked',
    text: 'An administrator of the account withdrew it. If you need access, ask them for a new invitation.',
  },
  'link-deleted': {
    title: 'The profile can no longer be linked',
    text: 'The profile for this link was deleted or put on hold, or its end date has passed. If you need access, ask an administrator of the account.',
  },
  'link-used': {
    title: 'This link has already been used',
    text: 'It linked the profile to a different sign-in. If that was you, use that sign-in. To switch to another one, request a new link.',
  },
  'link-wrong-identity': {
    title: 'You can’t use this sign-in here',
    text: 'It is already linked to another profile in the same account. Sign in with the one you want to use for this profile.',
  },
  'linking-limited': {
    title: 'This account does not accept your sign-in',
    text: 'Its administrators have limited which sign-ins can be used for it. The link still works with another one.',
  },
  'not-satisfied-yourself': {
    title: 'Your own sign-in would be refused',
    text: 'The sign-in you are using is outside the limit you want to set. Add its domain or issuer to the list, or first switch to a sign-in within the limit.',
  },
  'dispute-expired': {
    title: 'This notice has expired',
    text: 'It is too old, or the profile has changed since: someone has already said “this was not me”, or a different sign-in is linked. An administrator of the account can still delete the profile.',
  },
  'too-many-requests': {
    title: 'Too many attempts',
    text: 'To protect everyone, we limit the number of attempts. Wait a little, then try again.',
  },
  'too-many-cookies': {
    title: 'Your browser sends too many cookies',
    text: 'Other sites of this domain have stored so many cookies in your browser that the portal cannot accept the request. Delete the cookies of this domain in your browser’s settings, or use a private window, then sign in again.',
  },
  unavailable: {
    title: 'The portal is busy',
    text: 'Please try again in a moment. Nothing is done twice.',
  },
  internal: {
    title: 'Something went wrong on our side',
    text: 'We have recorded the error. Please try again; if it keeps happening, e-mail the address at the bottom of this page.',
  },
  offline: {
    title: 'We can’t reach the portal',
    text: 'Check your internet connection, then try again.',
  },
  timeout: {
    title: 'The answer took too long',
    text: 'Your change may or may not have been saved. Reload the page to check, then try again if you need to.',
  },
  'page-error': {
    title: 'Something went wrong on this page',
    text: 'Please reload it. If it keeps happening, e-mail the address at the bottom of this page.',
  },
  unreadable: {
    title: 'We could not read the answer',
    text: 'Something between you and the portal may have changed it, such as a Wi-Fi network that asks you to sign in. Please try again.',
  },
  'other-identity': {
    title: 'Someone else is signed in now',
    text: 'A different sign-in is now used in another tab of this browser, and anything you do here is done as that person. Reload the page to continue, or sign out and sign in again.',
  },
  'back-as-other': {
    title: 'You came back with a different sign-in',
    text: 'You left this page to confirm that it is you, but signed in as someone else. What you had typed is not here any more, and nothing was sent. Anything you do here is done as the person named at the top of the page.',
  },
}

/** Title for a plan that has not started yet. */
export const notBegun = 'The service plan has not started yet'

/** Why a further sign-in is needed. */
export const needsFresh =
  'Giving or taking rights, and taking data out of the portal, needs a sign-in of the last 15 minutes, so that nobody can do it at a computer that you left open.'
export const needsFactors =
  'The account requires a sign-in with several factors, such as a password and a code.'

/** Which sign-ins an account accepts. */
export const acceptedInstead = (signIns: string) => `It accepts ${signIns}.`

/** What someone else has changed of a profile. */
export const parts: Record<ServerProblems['Changed']['changed'][number], string> = {
  name: 'the name',
  email: 'the e-mail address',
  title: 'the job title',
  phone: 'the telephone number',
  language: 'the language',
  ends_on: 'the end date',
  invitation: 'the invitation',
}
export const changedParts = (parts: string) => `Changed: ${parts}.`

export const lastDay = (date: string) => `Your last day was ${date}.`
export const worksAgain = (time: string) => `You can try again in ${time}.`
export const seconds = (count: number) => (count === 1 ? '1 second' : `${count} seconds`)
export const minutes = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`)
export const nobodyCanSignIn =
  'No other administrator could sign in. Choose someone with an active profile.'
export const nobodyLeft = (roles: string) => `There would be no ${roles} left.`

export const signInTitle = 'Please sign in'
export const signInText = 'You need to sign in to see this page. You come back here afterwards.'
export const signIn = 'Sign in to continue'
export const signInNewTab = 'Sign in in a new tab'
export const signInThenReturn = 'Then come back here and try again: what you typed is still here.'

export const signInAgain = 'Sign in again'
export const tryAgain = 'Try again'
export const reload = 'Reload'
export const chooseAccount = 'Choose another account'
export const whoToContact = 'Who to contact'
export const meaning = 'What this means'
export const stuck = (mailbox: unknown) => html`Still stuck? E-mail ${mailbox}.`
