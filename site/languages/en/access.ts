/** Asking for access, following one's requests, and deciding on requests. */
import { html } from 'lit-html'
import type { AccessRequest, AccessState } from '../../src/api/contract.ts'

export const title = 'Ask for access'
export const lead =
  'Can nobody in your organisation add you? Ask here. We pass your request to the people who manage your organisation’s account. If they approve it, we e-mail an invitation to the address you give.'
export const firstAsk = (link: unknown) =>
  html`Has someone already added you? Then you don’t need to ask: ${link}.`
export const linkMyProfile = 'Link my profile'
export const signedInAs = (who: unknown) =>
  html`You are signed in as ${who}. The people who review your request can see this.`
export const anotherIdentity = 'Use a different sign-in'
export const organisation = 'Organisation'
export const organisationHint = 'The name on your invoices, or your customer number.'
export const name = 'Your name'
export const email = 'Your work e-mail'
export const emailHint =
  'We send the invitation here. An address at your organisation is easier to recognise.'
export const jobTitle = 'Job title'
export const phone = 'Telephone'
export const message = 'Message'
export const messageHint =
  'For the people who review your request: who knows you there, or what you need. No links.'
export const send = 'Ask for access'
export const afterwards =
  'We won’t say who reviews it; you can follow the status here. If nobody decides, we pass it on to the next people who can.'

export const thankYou = 'Thank you'
export const asked =
  'We have received your request. If it is approved, we e-mail an invitation to the address you gave. Check your spam folder too.'
export const askedNext =
  'This can take a few working days. Come back to this page to follow the status.'
export const seeRequests = 'See my requests'
export const otherwise = (partner: string, mailbox: unknown) =>
  html`In a hurry? Ask your ${partner}, or e-mail ${mailbox}.`

export const myRequests = 'My requests'
export const noRequests = 'You have not asked for access yet.'
export const invitationTo = 'Invitation to'
export const reason = 'Reason'
export const withdraw = 'Withdraw'
export const withdrawFor = (organisation: string) => `Withdraw the request for ${organisation}`
export const withdrawn = 'Your request was withdrawn.'
export const states: Record<AccessState, { label: string; meaning: string }> = {
  open: { label: 'Open', meaning: 'Waiting for a decision.' },
  approved: {
    label: 'Approved',
    meaning:
      'An invitation is on its way to the address you gave, unless you already have access. Open it and follow its link.',
  },
  declined: { label: 'Declined', meaning: 'Your request was declined.' },
  withdrawn: { label: 'Withdrawn', meaning: 'You withdrew this request.' },
  expired: {
    label: 'Expired',
    meaning: 'Nobody decided in time. Ask again, or e-mail the address below.',
  },
}

export const requests = 'Access requests'
export const requestsLead = (account: string) =>
  `People who are asking for access to ${account}. Approve only people you know.`
export const unmatchedLead =
  'Requests we could not match to one account by the name or number that was typed. Pass each one on to the right account, or decline it.'
export const requestsCaption = 'Access requests, open ones first'
export const noneHere = 'Nobody has asked for access.'
export const whoAsks = 'Requested by'
export const state = 'Status'
export const on = 'Requested on'
export const allRequests = 'All requests'
export const waiting = (n: number, more: boolean) =>
  n === 1 && !more
    ? '1 person is asking for access'
    : `${n}${more ? '+' : ''} people are asking for access`
export const review = 'Review'

export const asks = (name: string) => `${name} is asking for access`
export const stages: Record<NonNullable<AccessRequest['stage']>, string> = {
  administrators: 'Waiting for the administrators.',
  partner: 'Waiting for the administrators and the partner.',
  staff: 'Waiting for staff.',
}
export const nextOn = (day: string) => `If nobody decides, we ask the next people on ${day}.`
export const expiresOn = (day: string) => `If nobody decides, the request expires on ${day}.`
export const typedOrganisation = 'Organisation, as typed'
export const identity = 'Signed in as'
export const identityHint =
  'From the sign-in provider. This is only a hint: the link in the invitation decides who gets in.'
export const decidedBy = 'Decided by'
export const yourAddress = 'E-mail, as typed'
export const theirMessage = 'Their message'

export const checks = 'Before you decide'
export const domainKnown = (domain: string) =>
  `Colleagues with a role also have addresses at ${domain}.`
export const domainUnknown = (domain: string) =>
  `Nobody with a role here has an address at ${domain}. Make sure it belongs to someone you know.`
export const resembles = (domain: string, known: string) =>
  `${domain} looks like ${known}, but is a different domain. It could be a typo, or someone pretending to be a colleague.`
export const holder = (name: string, state: string) =>
  `${name} is already on your list with this address (${state}). Approving sends a new invitation.`
export const holderLinked = (name: string) =>
  `${name} already uses this sign-in. Approving changes nothing.`
export const takesRoles = (roles: string) =>
  `This would be the first person in the account and become ${roles}.`
export const unverified =
  'We have not verified that this person owns this address. The invitation goes there, and only someone who can read that mailbox gets in.'

export const approve = 'Approve and send invitation'
export const approved = (name: string) => `Approved. The invitation to ${name} is on its way.`
export const approvedKnown = (name: string) => `Approved. ${name} already has access.`
export const decline = 'Decline'
export const declineReason = 'Reason'
export const declineHint = 'The person who asked sees this, but not who you are.'
export const declined = 'Declined.'
export const passOn = 'Pass on'
export const passOnLead =
  'Find the account this person belongs to. Its administrators then review the request.'
export const findAccount = 'Search by account name'
export const find = 'Search'
export const passOnTo = (account: string) => `Pass on to ${account}`
export const noAccount = (search: string) => `No account name starts with “${search}”.`
export const passedOn = (account: string) => `Passed on to ${account}.`
