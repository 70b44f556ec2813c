/** Asking for access, what has come of it, and deciding on it. */
import { html } from 'lit-html'
import type { AccessRequest, AccessState } from '../../src/api/contract.ts'

export const title = 'Ask for access'
export const lead =
  'Is there nobody you could ask to add you? Ask here. Your request goes to those who look after your organisation in the portal. If they agree, an invitation comes to the address that you give.'
export const firstAsk = (link: unknown) =>
  html`Has somebody added you already? Then you need not ask: ${link}.`
export const linkMyProfile = 'Link my profile'
export const signedInAs = (who: unknown) =>
  html`You are signed in as ${who}. Those who decide see that.`
export const anotherIdentity = 'Use another identity'
export const organisation = 'Organisation'
export const organisationHint = 'Its name as on invoices, or its customer number.'
export const name = 'Your name'
export const email = 'Your e-mail at work'
export const emailHint =
  'The invitation would come here. An address at your organisation is recognised more easily.'
export const jobTitle = 'Job title'
export const phone = 'Telephone'
export const message = 'Message'
export const messageHint =
  'For those who decide: who knows you there, or what you need. Without links.'
export const send = 'Ask for access'
export const afterwards =
  'Your request is passed on if nobody decides. Who decides you are not told, but here you see what has come of it.'

export const thankYou = 'Thank you'
export const asked =
  'Your request is on its way. If somebody agrees, an invitation comes to the address that you gave. Look in the folder for unwanted mail too.'
export const askedNext =
  'It can take some working days. Come back to this page to see what has come of it.'
export const seeRequests = 'See my requests'
export const otherwise = (partner: string, mailbox: unknown) =>
  html`In a hurry? Ask your ${partner}, or write to ${mailbox}.`

export const myRequests = 'My requests'
export const noRequests = 'You have not asked for access yet.'
export const askedOn = (when: string) => `Asked on ${when}`
export const invitationTo = 'Invitation to'
export const reason = 'Reason'
export const withdraw = 'Withdraw'
export const withdrawFor = (organisation: string) => `Withdraw the request for ${organisation}`
export const withdrawn = 'Your request is withdrawn.'
export const states: Record<AccessState, { label: string; meaning: string }> = {
  open: { label: 'Open', meaning: 'Nobody has decided yet.' },
  approved: {
    label: 'Approved',
    meaning:
      'An invitation is on its way to the address that you gave, unless you have access already. Open it, and follow its link.',
  },
  declined: { label: 'Declined', meaning: 'Somebody has said no.' },
  withdrawn: { label: 'Withdrawn', meaning: 'You took it back.' },
  expired: {
    label: 'Expired',
    meaning: 'Nobody has decided in time. Ask again, or write to the address below.',
  },
}

export const requests = 'Access requests'
export const requestsLead = (account: string) =>
  `People who ask for access to ${account}. Only approve people you know.`
export const unmatchedLead =
  'Requests that fit no one account by the name or number that was typed. Pass each on to the account it is for, or decline it.'
export const requestsCaption = 'Requests for access, the open ones first'
export const noneHere = 'Nobody has asked for access.'
export const whoAsks = 'Who asks'
export const state = 'State'
export const on = 'Asked on'
export const allRequests = 'All requests'
export const waiting = (n: number, more: boolean) =>
  n === 1 && !more ? '1 person asks for access' : `${n}${more ? '+' : ''} people ask for access`
export const lookAtThem = 'Decide'

export const asks = (name: string) => `${name} asks for access`
export const stages: Record<NonNullable<AccessRequest['stage']>, string> = {
  administrators: 'The administrators are asked.',
  partner: 'The administrators and the partner are asked.',
  staff: 'Staff are asked.',
}
export const nextOn = (day: string) => `If nobody decides, the next are asked on ${day}.`
export const expiresOn = (day: string) => `If nobody decides, it expires on ${day}.`
export const typedOrganisation = 'Organisation, as typed'
export const identity = 'Signed in as'
export const identityHint =
  'What the provider says. It is a hint; the invitation’s link decides who gets in.'
export const decidedBy = 'Decided by'
export const yourAddress = 'E-mail, as typed'
export const saidMessage = 'Message from whoever asks'

export const checks = 'Before you decide'
export const domainKnown = (domain: string) =>
  `Colleagues with a role have addresses at ${domain} too.`
export const domainUnknown = (domain: string) =>
  `Nobody with a role here has an address at ${domain}. Make sure that it belongs to somebody you know.`
export const resembles = (domain: string, known: string) =>
  `${domain} looks like ${known}, but is another domain. That can be a typing error, or somebody who wants to be taken for a colleague.`
export const holder = (name: string, state: string) =>
  `${name} has this address on your list already (${state}). Approving sends a new invitation.`
export const holderLinked = (name: string) =>
  `This identity is linked with ${name} already. Approving changes nothing.`
export const takesRoles = (roles: string) =>
  `This would be the first person of the account, and become ${roles}.`
export const unproved =
  'Whoever asks has not proved to read mail at this address. The invitation goes there, and only who reads it gets in.'

export const approve = 'Approve and send the invitation'
export const approved = (name: string) => `Approved. An invitation is on its way to ${name}.`
export const approvedKnown = (name: string) => `Approved. ${name} has access already.`
export const decline = 'Decline'
export const declineReason = 'Reason'
export const declineHint = 'Whoever asks reads it. Who you are they are not told.'
export const declined = 'Declined.'
export const passOn = 'Pass on'
export const passOnLead =
  'Find the account that the person belongs to. Its administrators are asked then.'
export const findAccount = 'Account’s name begins with'
export const find = 'Find'
export const passOnTo = (account: string) => `Pass on to ${account}`
export const noAccount = (search: string) => `No account’s name begins with “${search}”.`
export const passedOn = (account: string) => `Passed on to ${account}.`
