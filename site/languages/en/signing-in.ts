/** Signing in. */
import { html } from 'lit-html'

export const ways = 'Ways to sign in'
export const chooseAnother = 'Choose the sign-in you want to use.'
export const useYours = 'Sign in with your existing work account (Microsoft, Google …).'
export const continueWith = (provider: string) => `Continue with ${provider}`
export const keep = 'Keep me signed in'
export const keepHint = (days: number) =>
  `For ${days === 1 ? 'a day' : `${days} days`}, in this browser. Use this only on your own computer: anyone who uses it after you would be signed in as you.`
export const noProvider = (mailbox: unknown) =>
  html`Sign-in has not been set up yet. E-mail ${mailbox}.`
export const signedInAs = (who: unknown) => html`You are signed in as ${who}.`
export const continueAs = (name: string) => `Continue as ${name}`

export const noAccess = 'No access yet?'
export const noAccessText =
  'You don’t need to register here: sign in with your existing work account. What you can see depends on the accounts you have been added to.'
export const howToGetAccess = 'How to get access'
export const switching = 'Several sign-ins?'
export const switchingText =
  'Use the one you accepted your invitation with. With a different one you would not see your accounts.'

/** Why the last sign-in failed. */
export const problems: Record<
  'sign-in-cancelled' | 'sign-in-expired' | 'sign-in-failed',
  { what: string; next: string }
> = {
  'sign-in-cancelled': {
    what: 'The sign-in was cancelled.',
    next: 'Nothing has changed. Choose how to sign in to try again.',
  },
  'sign-in-expired': {
    what: 'The sign-in took too long.',
    next: 'You need to finish within ten minutes, in the same browser. Please try again.',
  },
  'sign-in-failed': {
    what: 'Sign-in failed.',
    next: 'Please try again, or choose another way to sign in. If it keeps happening, this browser may be blocking cookies.',
  },
}
export const whatThisMeans = 'What this means'
