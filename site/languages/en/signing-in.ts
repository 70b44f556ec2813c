/** Signing in. */
import { html } from 'lit-html'

export const ways = 'Ways to sign in'
export const chooseAnother = 'Choose the identity that you want to use.'
export const useYours = 'Use an identity that you already have.'
export const continueWith = (provider: string) => `Continue with ${provider}`
export const keep = 'Keep me signed in'
export const keepHint =
  'For 30 days, in this browser. Only on your own computer: whoever uses it next would be signed in as you.'
export const noProvider = (mailbox: unknown) =>
  html`No way to sign in has been set up yet. Write to ${mailbox}.`
export const signedInAs = (who: unknown) => html`You are signed in as ${who}.`
export const goOnAs = (name: string) => `Go on as ${name}`

export const noAccess = 'No access yet?'
export const noAccessText =
  'Signing in needs no registration here: use an identity that you already have, such as the one you work with. What you can see then depends on the accounts you have been added to.'
export const howToGetAccess = 'How to get access'
export const switching = 'Several identities?'
export const switchingText =
  'Sign in with the one that your invitation was linked with. Signed in with another you would not see your accounts.'

/** Why the last try to sign in ended here. */
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
    next: 'It has to be finished within ten minutes, in the same browser. Please try again.',
  },
  'sign-in-failed': {
    what: 'The sign-in did not work.',
    next: 'Please try again, or choose another way to sign in. If it stays, cookies may be blocked in this browser.',
  },
}
export const whatThisMeans = 'What this means'
