import '../../test/dom.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answers, button, openPage, ProblemResponse, shown, until } from '../../test/page.ts'
import { account, SESSION } from '../../test/samples.ts'
import type { Account, SignInPolicy } from '../api/contract.ts'
import { start } from '../pages/show-account.ts'

const POLICY = 'PUT /api/accounts/A/sign-in-policy'
const NONE: SignInPolicy = {
  factors: 'nobody',
  linking: { kind: 'any', values: [] },
  lift: null,
  outside: null,
}
const TENANT = '8eaef023-2b34-4da1-9baa-8bc8c9d6a490'
const LIFT = {
  asked_by: 'Sid Second',
  asked_at: '2026-11-30T12:00:00Z',
  reason: 'Locked out',
  yours: false,
}

/** Opens the account's page for somebody with `actions`. */
async function open(
  sign_in_policy: SignInPolicy | null,
  actions: Account['you']['allowed_actions'],
  answers: Answers = {},
) {
  const you = { ...account().you, allowed_actions: actions }
  const page = openPage('/account/?account=A', {
    'GET /api/session': () => SESSION,
    'GET /api/accounts/A': () => account({ sign_in_policy, you }),
    'GET /api/sign-in': () => ({
      providers: [
        { id: 'a', name: 'Microsoft', asserts_factors: true, admin_consent: null },
        { id: 'b', name: 'Google', asserts_factors: false, admin_consent: null },
      ],
      keep_days: 30,
    }),
    ...answers,
  })
  await start()
  return page
}

/** Answers a change with the account as it is then. */
const changed = (policy: Partial<SignInPolicy>) => () =>
  account({ sign_in_policy: { ...NONE, ...policy } })

function choose(id: string): void {
  const radio = document.getElementById(id) as HTMLInputElement
  radio.checked = true
  radio.dispatchEvent(new Event('change', { bubbles: true }))
}

function textarea(): HTMLTextAreaElement {
  return document.querySelector('textarea') as HTMLTextAreaElement
}

test('the policy is shown to those who may see it, and a tenant by its id', async () => {
  await open(null, ['view-account'])
  assert.doesNotMatch(shown('view'), /Sign-in with several factors/)
  const values = [`https://login.microsoftonline.com/${TENANT}/v2.0`, 'https://issuer.example']
  await open({ ...NONE, factors: 'administrators', linking: { kind: 'issuers', values } }, [])
  assert.match(shown('view'), /Required of administrators/)
  assert.match(shown('view'), new RegExp(`tenant ${TENANT}\\s*https://issuer\\.example`))
  assert.equal(button('Change sign-in policy'), undefined)
  assert.equal(button('Lift the policy'), undefined)
})

test('administrators see what each provider confirms before they require it', async () => {
  await open(NONE, ['change-sign-in-policy', 'lift-sign-in-policy'])
  assert.equal(button('Lift the policy'), undefined, 'they change it instead')
  button('Change sign-in policy')?.click()
  await until(() => /Microsoft: confirms several factors/.test(shown('view')))
  assert.match(shown('view'), /Google: does not confirm them/)
  assert.equal(document.querySelector('textarea'), null, 'any sign-in has no values')
})

test('saving sends the lines that are not empty, and says who is outside', async () => {
  const page = await open(NONE, ['change-sign-in-policy'], {
    [POLICY]: changed({ outside: 2 }),
  })
  button('Change sign-in policy')?.click()
  choose('factors-everybody')
  choose('kind-mail-domains')
  textarea().value = ' customer.example \n\n other.example\n'
  button('Save sign-in policy')?.click()
  await until(() => /2 linked people are outside/.test(shown('toasts')))
  assert.deepEqual(page.requests.find(({ route }) => route === POLICY)?.body, {
    factors: 'everybody',
    linking: { kind: 'mail-domains', values: ['customer.example', 'other.example'] },
    version: 1,
  })
})

test('what one kind lists is not sent as the other, and an error is beside its field', async () => {
  const answers = [
    new ProblemResponse(422, 'invalid', {
      errors: [{ field: 'linking.values', code: 'issuer', most: 253 }],
    }),
    new ProblemResponse(409, 'not-satisfied-yourself'),
  ]
  const page = await open(
    { ...NONE, linking: { kind: 'mail-domains', values: ['customer.example'] } },
    ['change-sign-in-policy'],
    { [POLICY]: () => answers.shift() },
  )
  button('Change sign-in policy')?.click()
  assert.equal(textarea().value, 'customer.example')
  choose('kind-issuers')
  textarea().value = 'issuer'
  button('Save sign-in policy')?.click()
  const summary = await until(() => document.getElementById('error-summary'))
  assert.match(summary.textContent ?? '', /Issuers or tenants must be issuers such as/)
  assert.equal(textarea().getAttribute('aria-invalid'), 'true')
  assert.equal(textarea().value, 'issuer')
  button('Save sign-in policy')?.click()
  await until(() => /Your own sign-in would be refused/.test(shown('alert')))
  choose('kind-any')
  button('Save sign-in policy')?.click()
  await until(() => page.requests.filter(({ route }) => route === POLICY).length === 3)
  assert.deepEqual((page.requests.at(-1)!.body as { linking: unknown }).linking, {
    kind: 'any',
    values: [],
  })
})

test('staff ask to lift it with a reason, and a second one lifts it', async () => {
  const set = { ...NONE, factors: 'everybody' } as const
  const page = await open(set, ['lift-sign-in-policy'], { [POLICY]: changed({ lift: LIFT }) })
  button('Lift the policy')?.click()
  const reason = document.querySelector<HTMLInputElement>('dialog #reason') as HTMLInputElement
  reason.value = 'Locked out'
  document.querySelector<HTMLButtonElement>('dialog [type="submit"]')?.click()
  await until(() => /A second one of the staff has to ask/.test(shown('toasts')))
  const lifted = { factors: 'nobody', linking: { kind: 'any', values: [] } }
  const sent = () => page.requests.find(({ route }) => route === POLICY)?.body
  assert.deepEqual(sent(), { ...lifted, reason: 'Locked out' })

  const second = await open({ ...set, lift: LIFT }, ['lift-sign-in-policy'], {
    [POLICY]: changed({}),
  })
  assert.match(shown('view'), /Sid Second asked for it on 30 November 2026/)
  button('Lift the policy')?.click()
  assert.equal(document.querySelector('dialog #reason'), null)
  document.querySelector<HTMLButtonElement>('dialog [type="submit"]')?.click()
  await until(() => /The sign-in policy is lifted/.test(shown('toasts')))
  assert.deepEqual(second.requests.find(({ route }) => route === POLICY)?.body, {
    ...lifted,
    reason: null,
  })

  await open({ ...set, lift: { ...LIFT, yours: true } }, ['lift-sign-in-policy'])
  assert.equal(button('Lift the policy'), undefined, 'somebody else has to')
})

test('administrators see who wants to lift it and how to end that', async () => {
  await open({ ...NONE, factors: 'everybody', lift: LIFT }, ['change-sign-in-policy'])
  assert.match(shown('view'), /Reason: Locked out/)
  assert.match(shown('view'), /Save the sign-in policy again, and their request ends/)
})
