/** How an account's people must sign in: the policy, its form, and lifting it. */
import type { FactorsFor, LinkingKind } from '../../src/api/contract.ts'

export const title = 'Signing in'
export const lead =
  'How the people of this account must sign in. The providers check passwords, codes and keys; the portal goes by what they confirm.'

export const factors = 'Sign-in with several factors'
export const factorsHint =
  'For example a password and a code. Whoever has not signed in that way is asked to, and does not get in without. To require it, you need to be signed in that way yourself.'
export const factorsFor: Record<FactorsFor, string> = {
  everybody: 'Required of everybody',
  administrators: 'Required of administrators',
  nobody: 'Required of nobody',
}
export const providers = 'What the providers confirm'
export const confirmsFactors = 'confirms several factors'
export const confirmsNone =
  'does not confirm them: people with this provider cannot fulfil the requirement'
export const noProviders = 'We could not load the list of providers.'

export const linking = 'Sign-ins that can be linked'
export const linkingHint =
  'Decides who can accept an invitation. Sign-ins that are linked already stay linked.'
export const linkingKinds: Record<LinkingKind, { label: string; meaning: string }> = {
  any: { label: 'Any', meaning: 'The invitation decides, whatever sign-in it is accepted with.' },
  'mail-domains': {
    label: 'With an e-mail address of certain domains',
    meaning: 'The provider must confirm that the address belongs to the person.',
  },
  issuers: {
    label: 'Of certain issuers or Entra tenants',
    meaning: 'For example only the sign-ins that your own organisation manages.',
  },
}
export const values: Record<Exclude<LinkingKind, 'any'>, string> = {
  'mail-domains': 'Domains',
  issuers: 'Issuers or tenants',
}
export const valuesHint: Record<Exclude<LinkingKind, 'any'>, string> = {
  'mail-domains': 'One on each line, for example customer.example. Subdomains do not count.',
  issuers:
    'One on each line: the address of the issuer, for example https://accounts.google.com, or the tenant’s ID.',
}

export const change = 'Change sign-in policy'
export const save = 'Save sign-in policy'
export const cancel = 'Cancel'
export const saved = 'Sign-in policy saved.'
export const savedOutside = (people: number) =>
  people === 1
    ? 'Sign-in policy saved. 1 linked person is outside the limit and keeps their access.'
    : `Sign-in policy saved. ${people} linked people are outside the limit and keep their access.`

export const lift = 'Lift the policy'
export const liftTitle = 'Lift the sign-in policy?'
export const liftText =
  'Several factors are then required of nobody, and any sign-in can be linked. Only do this if the account’s administrators cannot get in. A second one of the staff has to ask for it too, within seven days. We e-mail the account’s administrators both times.'
export const liftReason =
  'They see this, for example: The only administrator lost their second factor.'
export const liftSecondTitle = 'Lift the sign-in policy now?'
export const liftSecondText =
  'You are the second one to ask for it, so it is lifted at once. We e-mail the account’s administrators.'
export const liftConfirm = 'Lift the policy'
export const liftAsked = 'Asked for. A second one of the staff has to ask for it too.'
export const lifted = 'The sign-in policy is lifted.'
export const liftWaits = 'Staff want to lift this policy'
export const liftAskedBy = (name: string, time: string) =>
  `${name} asked for it on ${time}. Once a second one of the staff asks for it too, several factors are required of nobody, and any sign-in can be linked.`
export const liftYours = 'You asked for it, so somebody else has to ask for it too.'
export const liftForgotten =
  'Do you disagree? Save the sign-in policy again, and their request ends.'
export const because = (reason: string) => `Reason: ${reason}`

/** Sign-ins that an account accepts, within a sentence and as a list of facts. */
export const accepted = {
  any: () => 'any sign-in',
  'mail-domains': (domains: string) =>
    `sign-ins whose provider confirms an e-mail address at ${domains}`,
  issuers: (issuers: string) => `sign-ins of ${issuers}`,
} satisfies Record<LinkingKind, (values: string) => string>
export const tenant = (id: string) => `Microsoft Entra tenant ${id}`
