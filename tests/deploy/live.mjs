/**
 * A smoke test of a running portal:
 * `PORTICO_URL=https://portal.example.com node --test tests/deploy/live.mjs`.
 *
 * It changes nothing, unless PORTICO_STACK names the stack and AWS credentials are available. Then
 * it invites addresses of SES's mailbox simulator to the vendor's account, waits for the delivery
 * reports and deletes the profiles again.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const site = (process.env.PORTICO_URL ?? '').replace(/\/+$/, '')
assert.match(
  site,
  /^https?:\/\/[^/]+$/,
  'PORTICO_URL must be the address of a portal, such as https://portal.example.com',
)
const stack = process.env.PORTICO_STACK
const isLocal = /^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(site)

const VENDOR = '0'.repeat(26)
/** Time limit for a report of the mail service, which mostly comes within seconds. */
const REPORT_LIMIT = 180_000

const get = (path, options = {}) => fetch(site + path, { redirect: 'manual', ...options })

test('the home page is served with the headers that protect it', async () => {
  const page = await get('/')
  assert.equal(page.status, 200)
  assert.match(page.headers.get('content-type'), /^text\/html/)
  assert.match(
    page.headers.get('content-security-policy'),
    /default-src 'none'.*require-trusted-types-for 'script'/,
  )
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff')
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
  if (!isLocal) assert.match(page.headers.get('strict-transport-security'), /max-age=\d{8}/)
})

test('everything goes over TLS', {
  skip: isLocal && 'this portal is on this machine',
}, async () => {
  const plain = await fetch(`${site.replace('https:', 'http:')}/help/`, { redirect: 'manual' })
  assert.equal(plain.status, 301)
  assert.equal(plain.headers.get('location'), `${site}/help/`)
})

test('addresses need no file name, and none leads away', async () => {
  assert.equal((await get('/help/')).status, 200)
  const bare = await get('/help?from=test')
  assert.ok([301, 307, 308].includes(bare.status), `answered ${bare.status}`)
  assert.equal(new URL(bare.headers.get('location'), site).href, `${site}/help/?from=test`)
  const tricked = await get('//example.com/x')
  const location = tricked.headers.get('location')
  if (location) assert.equal(new URL(location, site).origin, new URL(site).origin, location)
  assert.equal((await get('/no-such-page/')).status, 404)
})

test('browsers cache scripts and styles, which are sent compressed', {
  skip: isLocal && 'CloudFront does that',
}, async () => {
  const page = await (await get('/')).text()
  const [script] = page.match(/\/js\/[^"']+\.js\?[^"']+/) ?? []
  assert.ok(script, 'the page has a script')
  const answer = await get(script, { headers: { 'accept-encoding': 'br' } })
  assert.match(answer.headers.get('cache-control'), /max-age=31536000/)
  assert.equal(answer.headers.get('content-encoding'), 'br')
})

test('the API responds, is never cached and refuses everyone who is not signed in', async () => {
  const session = await get('/api/session')
  assert.equal(session.status, 200)
  assert.equal(await session.text(), 'null')
  assert.match(session.headers.get('cache-control'), /no-store/)
  const accounts = await get('/api/accounts')
  assert.equal(accounts.status, 401)
  assert.match(accounts.headers.get('content-type'), /^application\/problem\+json/)
  assert.equal((await get(`/api/accounts/${VENDOR}/no-such-route`)).status, 404)
  const foreign = await get('/api/sign-out', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  assert.equal(foreign.status, 403)
})

test('the API behind CloudFront answers nobody', {
  skip: !stack && 'PORTICO_STACK is not set',
}, async () => {
  const { Stacks } = await aws('cloudformation', 'describe-stacks', '--stack-name', stack)
  const { OutputValue: api } = Stacks[0].Outputs.find((output) => output.OutputKey === 'ApiUrl')
  for (const headers of [{}, { 'x-origin-key': 'a guess' }]) {
    const answer = await fetch(`${api}/api/session`, { headers })
    assert.equal(answer.status, 403)
    assert.equal((await answer.json()).type, '/problems/wrong-address/')
  }
})

test('every identity provider responds and accepts the redirect address', async (context) => {
  const { providers } = await (await get('/api/sign-in')).json()
  assert.ok(
    providers.length > 0,
    'nobody can sign in: register an identity provider (infra/README.md)',
  )
  for (const { id, name } of providers) {
    await context.test(name, async () => {
      const begun = await get(`/api/sign-in?provider=${encodeURIComponent(id)}`)
      assert.equal(begun.status, 303)
      const address = new URL(begun.headers.get('location'), site)
      assert.equal(
        address.searchParams.get('redirect_uri'),
        `${site}/api/sign-in/callback/${id}`,
        'the page that it redirects to says why it failed',
      )
      assert.equal(address.searchParams.get('code_challenge_method'), 'S256')
      // Providers refuse an unknown client or redirect address on their own page.
      const asked = await fetch(address, { redirect: 'follow' })
      assert.ok(
        asked.status < 400,
        `${address.host} answers ${asked.status}: is the redirect address registered there?`,
      )
    })
  }
})

for (const [mailbox, state] of [
  ['success', 'delivered'],
  ['bounce', 'bounced'],
]) {
  test(`an invitation to SES's ${mailbox} mailbox is shown as ${state}`, {
    skip: !stack && 'PORTICO_STACK is not set',
  }, async (context) => {
    const functions = await physicalNames()
    const account = { account: VENDOR }
    const people = await invoke(functions.ListProfessionals, {
      path: account,
      query: { limit: '1' },
    })
    if (people.status !== 200 || people.body.items.length === 0)
      return context.skip('the vendor has no people yet; the first one could not be deleted again')
    const email = `${mailbox}+${Date.now().toString(36)}@simulator.amazonses.com`
    const invited = await invoke(functions.Invite, {
      path: account,
      body: { name: 'Smoke Test', email },
    })
    assert.equal(invited.status, 201, JSON.stringify(invited.body))
    const path = { ...account, professional: invited.body.professional }
    try {
      let seen
      for (const until = Date.now() + REPORT_LIMIT; Date.now() < until && seen !== state; ) {
        await new Promise((wake) => setTimeout(wake, 2000))
        seen = (await invoke(functions.ShowProfessional, { path })).body.state
      }
      assert.equal(seen, state)
    } finally {
      assert.equal((await invoke(functions.DeleteProfessional, { path })).status, 200)
    }
  })
}

/** Runs the AWS command line of the repository's own tools, or the one on the path. */
async function aws(...parameters) {
  const own = fileURLToPath(new URL('../../target/venv/bin/aws', import.meta.url))
  const { stdout } = await promisify(execFile)(existsSync(own) ? own : 'aws', [
    ...parameters,
    '--output',
    'json',
  ])
  return JSON.parse(stdout)
}

/** Returns the functions' names on AWS by their names in the template. */
async function physicalNames() {
  const { StackResourceSummaries: all } = await aws(
    'cloudformation',
    'list-stack-resources',
    '--stack-name',
    stack,
  )
  return Object.fromEntries(
    all
      .filter((resource) => resource.ResourceType === 'AWS::Lambda::Function')
      .map((resource) => [resource.LogicalResourceId, resource.PhysicalResourceId]),
  )
}

/** Calls a function as an operator: `{status, body}`. */
async function invoke(name, event) {
  const folder = await mkdtemp(join(tmpdir(), 'portico-'))
  try {
    const [input, output] = [join(folder, 'event.json'), join(folder, 'answer.json')]
    await writeFile(input, JSON.stringify(event))
    await aws('lambda', 'invoke', '--function-name', name, '--payload', `fileb://${input}`, output)
    return JSON.parse(await readFile(output, 'utf8'))
  } finally {
    await rm(folder, { recursive: true })
  }
}
