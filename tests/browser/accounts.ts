/** Accounts and people that several journeys start with. */
import {
  type Account,
  accept,
  INVITATION,
  invite,
  invoke,
  newAccount,
  newestMail,
  type Page,
  type Person,
  person,
  type Request,
  signIn,
} from './portal.ts'

export const VENDOR = '0'.repeat(26)

/** Creates a partner without a plan. */
export function newPartner(
  request: Request,
  overrides: Record<string, unknown> = {},
): Promise<Account> {
  return newAccount(request, {
    name: 'Northwind Advisors',
    kind: 'partner',
    plan: undefined,
    ...overrides,
  })
}

/** Creates a partner and its customer. */
export async function newCustomerOfPartner(
  request: Request,
  overrides: Record<string, unknown> = {},
): Promise<{ partner: Account; account: Account }> {
  const partner = await newPartner(request)
  return { partner, account: await newAccount(request, { partner: partner.id, ...overrides }) }
}

/** Everything that the vendor's administrators can permit staff. */
export const PERMISSIONS = ['people', 'appointments', 'plans', 'imports'] as const

/** Invites a person into the vendor's account, which makes them staff with these permissions. */
export async function newStaff(
  request: Request,
  permissions: readonly string[] = PERMISSIONS,
  staff = person('Stella Staff'),
): Promise<Person> {
  const professional = await invite(request, vendorOf(staff), staff)
  const path = { account: VENDOR }
  const { roles } = await invoke(request, 'ShowAccount', { path })
  const given = { ...(roles.staff_permissions as object), [professional]: permissions }
  await invoke(request, 'AssignRoles', { path, body: { ...roles, staff_permissions: given } })
  return staff
}

/** Invites another administrator into the vendor's account. */
export async function newVendorAdministrator(request: Request): Promise<Person> {
  const administrator = person('Vera Vendor')
  await invite(request, vendorOf(administrator), administrator, { administrator: true })
  return administrator
}

function vendorOf(administrator: Person): Account {
  return { id: VENDOR, name: 'Example Vendor', administrator }
}

/** Invites a person into each account, and links all profiles with one identity on `page`. */
export async function linkAll(page: Page, who: Person, accounts: Account[]): Promise<void> {
  await signIn(page, who)
  let last: Awaited<ReturnType<typeof newestMail>> | undefined
  for (const account of accounts) {
    await invite(page.request, account, who)
    last = await newestMail(page.request, who.email, INVITATION, last)
    await accept(page, last)
  }
}

/** Responds to the list of accounts with twelve, more than the account switch shows unfiltered. */
export async function mockManyAccounts(page: Page): Promise<number> {
  const items = Array.from({ length: 12 }, (_, index) => ({
    account: `${index}`,
    name: `Account ${index + 1}`,
    kind: 'customer',
    plan: null,
    roles: [],
    professional: null,
  }))
  await page.route('/api/accounts?*', (route) => route.fulfill({ json: { items, next: null } }))
  return items.length
}

/** Creates a partner and its customer, into which somebody has been invited. */
export async function newInhabitedAccount(
  request: Request,
  overrides: Record<string, unknown> = {},
): Promise<{ partner: Account; account: Account; professional: string }> {
  const { partner, account } = await newCustomerOfPartner(request, overrides)
  const professional = await invite(request, account, person('Ben Novak'))
  return { partner, account, professional }
}
