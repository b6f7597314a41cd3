import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportPKCS8, generateKeyPair, exportJWK, SignJWT, type JWK } from 'jose'
import type { OpenIdSettings } from '#platform/auth'

/** What an issuer under a test's control says next. */
export interface Saying {
  /** Claims of the id token, beside issuer, audience, nonce and times. */
  readonly claims: Readonly<Record<string, unknown>>
  /** Claims that stand in place of the right ones: another audience, a time long past. */
  readonly instead?: Readonly<Record<string, unknown>>
  /** Signed by a key that the issuer does not publish. */
  readonly isForged?: boolean
}

/** An OpenID issuer that says what it is told to, right or wrong. */
export interface TestIssuer {
  readonly settings: OpenIdSettings
  readonly issuer: string
  say(saying: Saying): void
  /** What the last token request carried. */
  lastTokenRequest(): URLSearchParams
  stop(): Promise<void>
}

const clientId = 'under-test'

/** Starts an issuer on a free port of this machine. */
export async function openIssuer(): Promise<TestIssuer> {
  const own = await generateKeyPair('RS512', { extractable: true })
  const another = await generateKeyPair('RS512')
  const client = await generateKeyPair('RS512', { extractable: true })
  const key: JWK = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS512', use: 'sig' }
  let saying: Saying = { claims: {} }
  let nonce = ''
  let asked = new URLSearchParams()

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS512'],
        })
      case '/jwks':
        return json(response, { keys: [key] })
      case '/authorize': {
        nonce = url.searchParams.get('nonce') ?? ''
        const back = new URL(url.searchParams.get('redirect_uri') ?? '')
        back.searchParams.set('code', 'a-code')
        back.searchParams.set('state', url.searchParams.get('state') ?? '')
        response.writeHead(303, { location: back.href }).end()
        return
      }
      case '/token':
        asked = new URLSearchParams(await bodyOf(request))
        return json(response, {
          access_token: 'a-token',
          token_type: 'bearer',
          id_token: await idToken(),
        })
      default:
        return json(response, saying.claims)
    }
  }

  function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const right = { iss: issuer, aud: clientId, nonce, iat: now, exp: now + 300 }
    return new SignJWT({ ...right, ...saying.claims, ...saying.instead })
      .setProtectedHeader({ alg: 'RS512', kid: 'one' })
      .sign(saying.isForged ? another.privateKey : own.privateKey)
  }

  return {
    issuer,
    settings: { issuer, clientId, privateKey: await exportPKCS8(client.privateKey) },
    say: (next) => {
      saying = next
    },
    lastTokenRequest: () => asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) body += String(part)
  return body
}
