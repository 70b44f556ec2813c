/** Accounts: the bar above their pages, the list of one's own, and a partner's customers. */
import { html } from 'lit-html'
import type { Confirmation } from '../../src/api/contract.ts'

export const account = 'Account'
export const people = 'People'
export const plan = 'Plan and licences'
export const accessRequests = 'Access requests'
export const activity = 'Activity'
export const customers = 'Customers'
export const planIs = (plan: string, state: string) => `${plan}: ${state}`
export const actAsPartner = (partner: string) => `Acting as ${partner}`
export const actAsStaff = 'Acting as staff'
export const readOnly = (why: string) =>
  `${why} Until it is renewed, you can view these pages and remove access, but not change anything else.`
export const readOnlyUntilThen = (why: string) =>
  `${why} Until then, you can view these pages and remove access, but not change anything else.`
export const noServicePlan = 'This account has no current service plan.'
export const whoToContact = 'Who to contact'

export const switchAccount = 'Switch account'
export const yourAccounts = 'Your accounts'
export const findAccount = 'Find an account'
export const allAccounts = 'All your accounts'
export const accountsLoading = 'Loading your accounts'
export const accountsFailed = 'We could not load your accounts.'
export const found = (n: number) => (n === 1 ? '1 account' : `${n} accounts`)
export const noAccountNamed = (search: string) => `No accounts match “${search}”.`

export const lead = 'You have access to these accounts. Choose the one you want to work with.'
export const yourRoles = (roles: string) => `Your roles: ${roles}`
export const noRole = 'Member'
export const customersOf = (account: string) => `Customers of ${account}`
export const missing = (link: unknown) => html`Is an account missing? ${link}`
export const linkMyProfile = 'Link my profile'
export const none = 'This sign-in does not give you access to any account yet.'
export const noneAdded =
  'Has someone added you? Link your profile using the e-mail address they entered.'
export const noneYet = (how: unknown, ask: unknown) =>
  html`Nobody has added you yet? See ${how}, or ${ask}.`
export const askForAccess = 'ask for access'
export const howToGetAccess = 'how to get access'

export const customersLead = (account: string) =>
  `The accounts that ${account} looks after. Select a name to see its people.`
export const customersCaption = 'Customers by name'
export const name = 'Name'
export const servicePlan = 'Service plan'
export const lastDay = 'Last day'
export const noPlan = 'None'
export const noCustomerNamed = (search: string) => `No customer name starts with “${search}”.`
export const showAllCustomers = 'Show all customers'
export const noCustomers = (account: string) => `${account} does not look after any customers yet.`
export const newAccount = 'New account'
export const planState = 'Plan status'
export const anyState = 'Any'
export const countInState = (n: number) =>
  n === 1 ? '1 customer on this page' : `${n} customers on this page`
export const noneHere = 'None on this page. Continue to the next page.'
export const noneInState = 'No customer has a plan with this status.'
export const partnerColumn = (partner: string) => partner.charAt(0).toUpperCase() + partner.slice(1)
export const accessEnded = (partner: string) =>
  `has ended its ${partner}’s access; ask one of its administrators`
export const confirmation = 'Confirmation'
export const confirmations: Record<Confirmation, string> = {
  waiting: 'Waiting for confirmation',
  unconfirmed: 'Not confirmed',
  confirmed: 'Confirmed',
}
export const customersWait = (n: number) =>
  n === 1
    ? 'One new customer of a partner waits for your confirmation'
    : `${n >= 100 ? '100 or more' : n} new customers of partners wait for your confirmation`
export const noneWithConfirmation = 'No customer has this confirmation.'
export const importAccounts = 'Import accounts'
export const searchByName = 'Search by name'
export const count = (n: number) => (n === 1 ? '1 customer' : `${n} customers`)
export const countMore = (n: number) => `First ${n} customers by name`
