import '../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { button, openPage, shown, until } from '../../test/page.ts'
import { account, professional, SESSION } from '../../test/samples.ts'
import type { ProfessionalSummary, StaffPermission } from '../api/contract.ts'
import { start } from './show-account.ts'

const ROLES = 'PUT /api/accounts/A/roles'

/** The vendor's account, which Vera administers. */
function vendor(staff_permissions: Record<string, StaffPermission[]>) {
  return account({
    kind: 'vendor',
    plan: null,
    roles: {
      administrators: ['P'],
      billing_contact: 'P',
      shipping_contact: 'P',
      staff_permissions,
    },
  })
}

function listed(id: string, name: string): ProfessionalSummary {
  return professional({ professional: id, name })
}

async function open(staff_permissions: Record<string, StaffPermission[]>) {
  const people = [listed('P', 'Vera Vendor'), listed('Q', 'Uma'), listed('R', 'Tom')]
  const page = openPage('/account/?account=A', {
    'GET /api/session': () => SESSION,
    'GET /api/accounts/A': () => vendor(staff_permissions),
    'GET /api/accounts/A/professionals': () => ({ items: people, next: null }),
    [ROLES]: () => vendor({}),
  })
  await start()
  await until(() => button('Change roles')?.getAttribute('aria-disabled') === 'false')
  return page
}

test('the vendor’s page shows who may do what on other accounts', async () => {
  await open({ Q: ['people', 'imports'] })
  assert.match(shown('view'), /Uma:\s+Manage people and Import accounts/)
})

test('saving sends all permissions, also of people who are not in the form', async () => {
  const page = await open({ Q: ['people', 'imports'], Z: ['plans'] })
  button('Change roles')?.click()
  const box = await until(() => document.querySelector<HTMLInputElement>('#imports-Q'))
  assert.equal(box.checked, true)
  box.checked = false
  const plans = document.querySelector<HTMLInputElement>('#plans-R')
  if (plans) plans.checked = true
  assert.equal(document.querySelector('#people-P'), null, 'administrators have all of them')
  button('Save roles')?.click()
  const sent = await until(() => page.requests.find(({ route }) => route === ROLES))
  assert.deepEqual((sent.body as { staff_permissions: unknown }).staff_permissions, {
    Q: ['people'],
    R: ['plans'],
    Z: ['plans'],
  })
})

test('a customer’s page has no word of staff', async () => {
  openPage('/account/?account=A', {
    'GET /api/session': () => SESSION,
    'GET /api/accounts/A': () => account(),
    'GET /api/accounts/A/professionals': () => ({ items: [listed('P', 'Ada')], next: null }),
  })
  await start()
  await until(() => button('Change roles')?.getAttribute('aria-disabled') === 'false')
  button('Change roles')?.click()
  await until(() => button('Save roles'))
  assert.doesNotMatch(shown('view'), /Staff permissions/)
})
