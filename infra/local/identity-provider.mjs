/**
 * The local identity provider: anyone can sign in with an e-mail and a name. For `cargo run` only,
 * never for production.
 *
 * `node identity-provider.mjs '{"client", "site", "file", "people": [{"name", "email"}]}'` writes
 * one line, `listening ISSUER` or an error, and exits when its standard input is closed. The
 * subject is derived from the e-mail. `file`, if given, keeps the port and the people who have
 * signed in, so that the same e-mail is the same identity, with its name, in the next run.
 */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'

// Silences warnings about what is intended here: data in memory, and a Node that is not the newest.
console.info = console.warn = () => {}
const { default: Provider, interactionPolicy } = await import('oidc-provider')

/** Ports above the site's to try on the first run. */
const PORTS = 50

process.stdin
  .resume()
  .on('end', () => process.exit())
  .on('error', () => process.exit())

const { client, site, file, people: suggested } = JSON.parse(process.argv[2])
const kept = read()
/** The people who have signed in: subject → {email, name}. */
const people = new Map(Object.entries(kept.people))
const server = createServer()
const port = await listen()
keep()
const issuer = `http://127.0.0.1:${port}`
/** Milliseconds by which Portico's clock is ahead of this machine's. */
let ahead = 0
const machineTime = Date.now
Date.now = () => machineTime() + ahead
const provider = configure()
const answer = provider.callback()
server.on('request', async (request, response) => {
  await followClock()
  answer(request, response)
})
console.log(`listening ${issuer}`)

/**
 * Takes the time of Portico's clock, which people and tests move, and by which it checks tokens:
 * the API states it in each answer.
 */
async function followClock() {
  try {
    const { headers } = await fetch(`${site}/api/session`)
    const difference = Date.parse(headers.get('date')) - machineTime()
    ahead = Math.abs(difference) > 60_000 ? difference : 0
  } catch {
    // Portico is starting or ending; the next request asks again.
  }
}

function read() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!file || error.code === 'ENOENT') return { people: {} }
    fail(`cannot read ${file} (${error.message}); start with --fresh to reset it`)
  }
}

function keep() {
  if (!file) return
  writeFileSync(
    `${file}.new`,
    JSON.stringify({ port, people: Object.fromEntries(people) }, null, 2),
    { mode: 0o600 },
  )
  renameSync(`${file}.new`, file)
}

/** Listens on the last run's port, or on the first free one above the site's. */
async function listen() {
  const first = Number(new URL(site).port) + 1
  const ports = kept.port ? [kept.port] : Array.from({ length: PORTS }, (_, index) => first + index)
  for (const port of ports) {
    if (port < 65536 && (await listens(port))) return port
  }
  if (!kept.port) fail(`no free port from ${first} on; choose another port with --port`)
  fail(
    `its port ${kept.port}, which is part of each identity, is taken; ` +
      'stop the program that uses it or start with --fresh',
  )
}

function listens(port) {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
}

function fail(reason) {
  console.log(reason)
  process.exit(1)
}

function configure() {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  // Lets people switch identities: with prompt=select_account they choose again.
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    format: 'jwk',
  })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client,
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${site}/api/sign-in/callback/local`],
        post_logout_redirect_uris: [`${site}/`],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false, // puts the claims into the ID token too
    cookies: { keys: ['for this machine only'] },
    jwks: { keys: [{ ...key, alg: 'RS256', kid: 'local', use: 'sig' }] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        logoutSource: askToSignOut,
        postLogoutSuccessSource: (ctx) => {
          ctx.body = page('Signed out', '<p>You can close this page.</p>')
        },
      },
    },
    interactions: { policy, url: (_, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: (_, sub) =>
      people.has(sub) && {
        accountId: sub,
        claims: () => ({ sub, email_verified: true, ...people.get(sub) }),
      },
    loadExistingGrant: grantEverything,
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 86400,
      IdToken: 600,
      Interaction: 3600,
      Session: 86400,
    },
  })
  provider.use(signIn)
  return provider
}

/** Grants Portico the claims without asking for consent. */
async function grantEverything(ctx) {
  const { client, session } = ctx.oidc
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope('openid email profile')
  await grant.save()
  return grant
}

function askToSignOut(ctx, form) {
  ctx.body = page(
    'Sign out',
    `${form}<button form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>`,
  )
}

async function signIn(ctx, next) {
  if (!/^\/sign-in\/[\w-]+$/.test(ctx.path)) return next()
  if (ctx.method !== 'POST') {
    ctx.body = page('Local sign-in', form())
    return
  }
  const { email, name } = await submitted(ctx.req)
  if (!/^\S+@\S+$/.test(email) || !name) {
    ctx.status = 400
    ctx.body = page('Local sign-in', `<p role="alert">Enter an e-mail and a name.</p>${form()}`)
    return
  }
  const sub = createHash('sha256').update(email).digest('hex').slice(0, 24)
  people.set(sub, { email, name })
  keep()
  ctx.respond = false
  await provider.interactionFinished(ctx.req, ctx.res, {
    login: { accountId: sub },
    select_account: {},
  })
}

async function submitted(request) {
  let body = ''
  for await (const chunk of request) body += chunk
  const fields = new URLSearchParams(body)
  return {
    email: (fields.get('email') ?? '').trim().toLowerCase(),
    name: (fields.get('name') ?? '').trim(),
  }
}

function form() {
  const known = new Map([...suggested, ...people.values()].map((person) => [person.email, person]))
  const choices = [...known.values()].map(
    ({
      email,
      name,
    }) => `<form method="post"><input type="hidden" name="email" value="${escapeHtml(email)}">
<button name="name" value="${escapeHtml(name)}">
<strong>${escapeHtml(name)}</strong> ${escapeHtml(email)}</button></form>`,
  )
  return `<p>On this machine anyone can sign in as anyone.</p>
<form method="post">
<label>E-mail<input name="email" type="email" required autofocus autocomplete="off"></label>
<label>Name<input name="name" required autocomplete="off"></label><button>Continue</button></form>
${choices.length ? `<h2>Or sign in as</h2>${choices.join('')}` : ''}`
}

function page(title, body) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 8vh auto; padding: 1rem }
h2 { font-size: 1rem }
label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit }
input, button { padding: .6rem; margin: .25rem 0 1rem }
h2 ~ form button { margin: .25rem 0; text-align: start }
</style>
<main><h1>${title}</h1>${body}</main>
</html>`
}

function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
