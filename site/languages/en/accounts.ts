/** Accounts: the bar above their pages, the list of one's own, and the customers of a partner. */
import { html } from 'lit-html'

export const account = 'Account'
export const people = 'People'
export const plan = 'Plan and licences'
export const accessRequests = 'Access requests'
export const activity = 'Activity'
export const customers = 'Customers'
export const planIs = (plan: string, state: string) => `${plan}: ${state}`
export const actAsPartner = (partner: string) => `You act as ${partner}`
export const actAsStaff = 'You act as staff'
export const readOnly = (why: string) =>
  `${why} Until it is renewed these pages can be read, but nothing can be changed.`
export const readOnlyUntilThen = (why: string) =>
  `${why} Until then these pages can be read, but nothing can be changed.`
export const noServicePlan = 'This account has no current service plan.'
export const whomToAsk = 'Whom to ask'

export const switchAccount = 'Switch account'
export const yourAccounts = 'Your accounts'
export const findAccount = 'Find an account'
export const allAccounts = 'All your accounts'
export const accountsLoading = 'Your accounts are being loaded.'
export const accountsFailed = 'Your accounts could not be loaded.'
export const noAccountNamed = (search: string) => `No account is called “${search}”.`

export const lead =
  'Your identity is linked with these accounts. Choose the one that you want to work with.'
export const yourRoles = (roles: string) => `Your roles: ${roles}`
export const noRole = 'You have no special role.'
export const customersOf = (account: string) => `Customers of ${account}`
export const missing = (link: unknown) => html`Is an account missing? ${link}`
export const linkMyProfile = 'Link my profile'
export const none = 'The identity you are signed in with is not linked with any account yet.'
export const noneAdded =
  'Has somebody added you? Link your profile by the e-mail address they used.'
export const noneYet = (how: unknown, ask: unknown) =>
  html`Nobody has added you yet? See ${how}, or ${ask}.`
export const askForAccess = 'ask for access'
export const howToGetAccess = 'how to get access'

export const customersLead = (account: string) =>
  `The accounts that ${account} looks after. A name opens its people.`
export const customersCaption = 'Customers by name'
export const name = 'Name'
export const servicePlan = 'Service plan'
export const lastDay = 'Last day'
export const noPlan = 'None'
export const noCustomerNamed = (search: string) => `No customer’s name begins with “${search}”.`
export const showAllCustomers = 'Show all customers'
export const noCustomers = (account: string) =>
  `No customer accounts have been given to ${account} yet.`
export const newAccount = 'New account'
export const planState = 'State of the plan'
export const anyState = 'Any'
export const countInState = (n: number) =>
  n === 1 ? '1 customer on this page' : `${n} customers on this page`
export const noneHere = 'None so far. Go on to the next page.'
export const noneInState = 'No customer’s plan is in this state.'
export const partnerColumn = (partner: string) => partner.charAt(0).toUpperCase() + partner.slice(1)
export const shut = (partner: string) =>
  `has ended the access of its ${partner}; ask one of its administrators`
export const importAccounts = 'Import accounts'
export const searchByName = 'Name begins with'
export const count = (n: number) => (n === 1 ? '1 customer' : `${n} customers`)
export const countMore = (n: number) => `The first ${n} customers by name`
