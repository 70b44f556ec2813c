/** Signing in. */
import { html } from 'lit-html'
import type { SignInProblem } from '../../src/api/contract.ts'

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

type Sentence = (provider: string | null) => string

const yours = (provider: string | null) => provider ?? 'your provider'
const Yours = (provider: string | null) => provider ?? 'Your provider'

/** How the last sign-in ended, and what to do next. `provider` is null when it is not known. */
export const problems: Record<SignInProblem, { what: Sentence; next: Sentence }> = {
  'sign-in-cancelled': {
    what: () => 'The sign-in was cancelled.',
    next: () => 'Nothing has changed. Choose how to sign in to try again.',
  },
  'sign-in-expired': {
    what: () => 'The sign-in took too long.',
    next: () => 'You need to finish within ten minutes. Please try again.',
  },
  'sign-in-unknown': {
    what: () => 'This browser did not start that sign-in.',
    next: () =>
      'It may have started long ago, or in another browser or app. Start again here, and finish in this browser. If you see this message again straight away, this browser is blocking cookies: allow them for this site.',
  },
  'sign-in-not-allowed': {
    what: () => 'Your organisation has not allowed this sign-in.',
    next: (provider) =>
      `${Yours(provider)} says that an administrator of your organisation has to allow it first. Send the message below to your IT department, or use a different sign-in.`,
  },
  'provider-unavailable': {
    what: (provider) => `${Yours(provider)} has trouble at the moment.`,
    next: () =>
      'It did not answer, or said that it is busy. Try again in a few minutes, or choose another provider if your account opens with it.',
  },
  'provider-misconfigured': {
    what: (provider) => `Signing in with ${yours(provider)} is not set up correctly.`,
    next: () => 'You can’t mend this, and trying again will not help. Please tell us.',
  },
  'sign-in-refused': {
    what: (provider) => `We could not accept the answer of ${yours(provider)}.`,
    next: () =>
      'It belonged to another sign-in or was too old, so nobody was signed in. Please start again.',
  },
  'same-identity': {
    what: () => 'You came back with the same sign-in.',
    next: (provider) =>
      `This browser is still signed in to ${yours(provider)}, which did not ask you which one to use. Sign out here and there, then choose again. Or open the portal in a private window.`,
  },
  'factors-missing': {
    what: (provider) => `${Yours(provider)} did not confirm several factors.`,
    next: (provider) =>
      `The account needs a sign-in with several factors, such as a password and a code. Set that up with ${yours(provider)}, then try again. Or use a sign-in of another provider that confirms it.`,
  },
  'sign-in-not-fresh': {
    what: (provider) => `${Yours(provider)} did not ask you to sign in again.`,
    next: () =>
      'It confirmed an earlier sign-in, but this step needs a new one. Sign out here and there, then sign in again: what you typed is not lost.',
  },
  'consent-given': {
    what: () => 'Your organisation now allows the portal.',
    next: () =>
      'From now on its people can sign in. You are not signed in by this: continue below.',
  },
  'sign-in-failed': {
    what: () => 'Sign-in failed.',
    next: () =>
      'Something went wrong on our side. Please try again. If it keeps happening, please tell us.',
  },
}
export const whatThisMeans = 'What this means'
export const tellUs = (mailbox: unknown) => html`E-mail ${mailbox}.`
export const tellUsReference = (mailbox: unknown, reference: unknown) =>
  html`E-mail ${mailbox} and give this reference: ${reference}`
export const tellUsIfItLasts = (mailbox: unknown, reference: unknown) =>
  html`If it keeps happening, e-mail ${mailbox} and give this reference: ${reference}`
export const signOutHere = 'Sign out of the portal first'
export const signOutThere = (provider: string) => `Sign out of ${provider} (opens a new tab)`
export const signOutYourself = (provider: string) =>
  `You are signed out here. Now sign out on ${provider}’s own page, or use a private window.`
export const confirmsFactors = 'Confirms several factors'

export const forIt = 'Message for your IT department'
export const forItMessage = (
  vendor: string,
  portal: string,
  provider: string | null,
  address: string | null,
) =>
  [
    `Please allow us to sign in to the ${vendor} portal (${portal}) with ${provider ?? 'our work accounts'}. It reads name and e-mail address, and nothing else.`,
    address && `As an administrator you allow it for everybody here: ${address}`,
    'If only certain people may use it, please add me to them.',
  ]
    .filter(Boolean)
    .join('\n')
export const copy = 'Copy message'
export const copied = 'The message is copied.'
