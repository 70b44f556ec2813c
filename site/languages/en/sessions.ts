/** The user's sessions and sign-ins. */
import { html } from 'lit-html'
import type { SignInEvent } from '../../src/api/contract.ts'

type Kind = SignInEvent['event']

export const title = 'My sessions'
export const lead = (identity: unknown) =>
  `Where ${identity} is signed in to the portal, in all accounts.`
export const browser = 'Browser'
export const source = 'Network address'
export const signedInAt = 'Signed in'
export const lastUsed = 'Last used'
export const endsAt = 'Ends'
export const current = 'This session'
export const severalFactors = 'Several factors'
export const provedAt = (time: unknown) => html`Proved who you are: ${time}`
export const provedUnstated = 'The provider does not say when you proved who you are.'
export const kept = 'Stays signed in'
export const end = 'End'
export const endThis = (browser: string, moment: string) =>
  `End the session in ${browser} of ${moment}`
export const endOthers = 'End all other sessions'
export const ended = 'The session has ended.'
export const othersEnded = 'All other sessions have ended.'
export const endsUnused =
  'Sessions without “Keep me signed in” end after 12 hours without use, and when you close the browser.'
export const unknownSession =
  'You don’t recognise a session? End it. Then change the password at the provider you sign in with: the portal has no password of yours.'

export const events = 'Recent sign-ins'
export const eventsLead = 'Those of the last 90 days. Only you can see them.'
export const more = 'Show earlier ones'
export const when = 'When'
export const what = 'What happened'

export const eventText = (event: Kind): string => {
  switch (event.type) {
    case 'signed-in':
      return event.kept ? 'Signed in, and stays signed in' : 'Signed in'
    case 'signed-out':
      return 'Signed out'
    case 'sign-in-refused':
      return event.reason === 'expired'
        ? 'Sign-in refused: the provider’s answer was too old'
        : 'Sign-in refused: the provider’s answer belonged to another sign-in'
    case 'sessions-ended':
      return `${event.sessions === 1 ? '1 session' : `${event.sessions} sessions`} ended: ${reasons[event.reason]}`
    default:
      event satisfies never
      return 'Something that a newer version of this page can explain'
  }
}

const reasons: Record<Extract<Kind, { type: 'sessions-ended' }>['reason'], string> = {
  owner: 'by you, on this page',
  'too-many': 'there were more than 50',
  'identity-switched': 'a profile now uses a different sign-in',
  'link-disputed': 'someone reported “This was not me”',
  'provider-sign-out': 'signed out at the provider',
}

export const browserOn = (browser: string, system: string) => `${browser} on ${system}`
export const unknownBrowser = 'Unknown browser'
