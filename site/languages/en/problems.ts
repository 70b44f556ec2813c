/** What each problem means to the person in front of it, and the way on. */
import { html } from 'lit-html'
import type { Kind } from '../../src/api/problem.ts'

export const explanations: Record<Kind, { title: string; text: string }> = {
  malformed: {
    title: 'The request was not understood',
    text: 'The address or what was sent is not complete. Go back, and follow the link or fill in the form again.',
  },
  'too-large': {
    title: 'That is too much at once',
    text: 'Shorten what you typed, then try again.',
  },
  invalid: {
    title: 'Please check what you typed',
    text: 'Something is missing or not in the right form.',
  },
  'not-signed-in': { title: 'Please sign in', text: 'This page is for people who are signed in.' },
  'cross-site': {
    title: 'The request did not come from this site',
    text: 'Open the portal in its own tab, then do it again from there.',
  },
  forbidden: {
    title: 'You do not have the right to do this',
    text: 'If you belong to the organisation of this account, ask one of its administrators. If you look after the account for it, its administrators decide how much you may do.',
  },
  'access-ended': {
    title: 'Your access has ended',
    text: 'The end date of your profile has passed. An administrator of the account can set a later one.',
  },
  'plan-lapsed': {
    title: 'The service plan has lapsed',
    text: 'Access to the portal is a benefit of a current service plan.',
  },
  'not-found': {
    title: 'There is nothing here for you',
    text: 'It may have been deleted, or the identity you signed in with is not linked with this account.',
  },
  'duplicate-email': {
    title: 'This e-mail address is taken',
    text: 'Another profile of this account has the same e-mail address.',
  },
  'account-exists': {
    title: 'The account exists already',
    text: 'Look for it in the list of accounts.',
  },
  'role-required': {
    title: 'Give the role to somebody else first',
    text: 'Every account has a billing contact, a shipping contact and at least one administrator.',
  },
  changed: {
    title: 'Somebody else has just changed this',
    text: 'Reload the page to see the newest state, then make your change again.',
  },
  'link-expired': {
    title: 'This link has expired',
    text: 'Invitations can be used for a limited time, and this one is over. Nothing is lost: a fresh link takes a minute.',
  },
  'link-superseded': {
    title: 'There is a newer link',
    text: 'The invitation was sent again, which made this link void. Follow the link in the newest e-mail, or ask for a fresh one.',
  },
  'link-revoked': {
    title: 'This invitation was revoked',
    text: 'An administrator of the account took it back. If you need access, ask them for a new invitation.',
  },
  'link-deleted': {
    title: 'The profile can no longer be linked',
    text: 'The profile that this link was for has been deleted or put on hold, or its end date has passed. If you need access, ask an administrator of the account.',
  },
  'link-used': {
    title: 'This link has been used',
    text: 'It has already linked another identity with the profile. If that was you, sign in with that identity. If you want to switch to another one, ask for a fresh link.',
  },
  'link-wrong-identity': {
    title: 'This identity cannot be linked here',
    text: 'The identity you are signed in with is already linked with another profile of the same account. Sign in with the identity that you want to use for this profile.',
  },
  'dispute-expired': {
    title: 'This notice is no longer current',
    text: 'Its time is over, or the profile has changed since: somebody has said “this was not me” already, or another identity is linked. An administrator of the account can still delete the profile.',
  },
  'too-many-requests': {
    title: 'That was a lot at once',
    text: 'To protect everybody, the number of tries is limited. Wait a little, then try again.',
  },
  unavailable: {
    title: 'The portal is busy',
    text: 'Please try again in a moment: nothing is done twice.',
  },
  internal: {
    title: 'Something went wrong on our side',
    text: 'It has been recorded. Please try again; if it stays, write to the address at the foot of this page.',
  },
  offline: {
    title: 'The portal cannot be reached',
    text: 'Check your network connection, then try again.',
  },
  timeout: {
    title: 'The answer took too long',
    text: 'It may or may not have been done. Reload the page to see, then try again if you need to.',
  },
  fault: {
    title: 'Something went wrong on this page',
    text: 'Please reload it. If it stays, write to the address at the foot of this page.',
  },
  unreadable: {
    title: 'The answer was not understood',
    text: 'Something between you and the portal may have changed it, such as a network that wants you to sign in. Please try again.',
  },
  'other-identity': {
    title: 'Somebody else is signed in now',
    text: 'Another identity has signed in, in another tab of this browser. What you do here from now on is done in its name. Reload the page to go on with it, or sign out and sign in again.',
  },
}

/** A plan that lapsed, met before its first day. */
export const notBegun = 'The service plan has not begun'

export const lastDay = (date: string) => `Your last day was ${date}.`
export const worksAgain = (time: string) => `It should work again in ${time}.`
export const seconds = (count: number) => (count === 1 ? '1 second' : `${count} seconds`)
export const minutes = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`)
export const nobodyLeft = (roles: string) => `Nobody would be left as ${roles}.`

export const signInTitle = 'Please sign in'
export const signInText =
  'This page is for people who are signed in. You come back here afterwards.'
export const signIn = 'Sign in to continue'
export const signInNewTab = 'Sign in in a new tab'
export const signInThenReturn = 'Then come back here and try again: what you typed is still here.'

export const tryAgain = 'Try again'
export const reload = 'Reload'
export const chooseAccount = 'Choose another account'
export const whomToAsk = 'Whom to ask'
export const meaning = 'What this means'
export const stuck = (mailbox: unknown) => html`Still stuck? Write to ${mailbox}.`
