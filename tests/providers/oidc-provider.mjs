/**
 * node-oidc-provider with its own pages, for tests/providers.
 *
 * `node oidc-provider.mjs '{"client", "secret", "email", "name"}'` writes `listening ISSUER`, then
 * takes commands line by line and answers each with `done`: `serve SITE` (the portal's address) and
 * `rotate` (sign with a new key from now on). It exits when its standard input is closed.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'

// Silences warnings about what is intended here: data in memory, and pages for development.
console.info = console.warn = () => {}
const { default: Provider } = await import('oidc-provider')

const { client, secret, email, name } = JSON.parse(process.argv[2])
const server = createServer()
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const issuer = `http://127.0.0.1:${server.address().port}`
const commands = createInterface({ input: process.stdin }).on('close', () => process.exit())
console.log(`listening ${issuer}`)

let site
let keys = 0
for await (const line of commands) {
  const [command, address] = line.split(' ')
  site = command === 'serve' ? address : site
  // Sessions and codes are in the adapter's memory, which all providers of a process share.
  server.removeAllListeners('request').on('request', provider().callback())
  console.log('done')
}

function provider() {
  keys += 1
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    format: 'jwk',
  })
  return new Provider(issuer, {
    clients: [
      {
        client_id: client,
        client_secret: secret,
        redirect_uris: [`${site}/api/sign-in/callback/node`],
        post_logout_redirect_uris: [`${site}/`],
        backchannel_logout_uri: `${site}/api/sign-in/logout/node`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false, // puts the claims into the ID token too
    cookies: { keys: ['for this machine only'] },
    jwks: { keys: [{ ...key, alg: 'RS256', kid: `key-${keys}`, use: 'sig' }] },
    features: { backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    // Its own dispatcher refuses to report a sign-out to an address of this machine.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email, email_verified: true, name }),
    }),
  })
}
