import type { Configuration } from 'openid-client'

/** Loaded when somebody first signs in this way: not every service has a provider. */
const openid = () => import('openid-client')

/** An OpenID provider that people may sign in with, and how this service is known to it. */
export interface OpenIdSettings {
  /** Without a slash at the end; http only for one on this machine. */
  readonly issuer: string
  readonly clientId: string
  /** The service's own private key, in PKCS 8 PEM, for RS512. */
  readonly privateKey: string
}

/** What must come back as it was sent. Kept by this side while the person is away. */
export interface OpenIdRoundTrip {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** What a provider says of somebody, its signature, issuer, audience, age and nonce checked. */
export interface OpenIdClaims {
  readonly subject: string
  /** Claims of the id token and of the user info together; the token's hold. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** The provider answered with an error, or with something that did not stand up to checking. */
export class OpenIdFailure extends Error {
  override readonly name = 'OpenIdFailure'
  /** The provider's own word, such as "access_denied" where the person went back. */
  readonly reason: string

  constructor(reason: string, cause: unknown) {
    super('An OpenID round trip failed', { cause })
    this.reason = reason
  }
}

/** One OpenID provider, spoken to by authorisation code with PKCE and private_key_jwt. */
export interface OpenIdProvider {
  readonly issuer: string
  /** Where to send the person, and what to keep until they are back. Throws OpenIdFailure. */
  begin(asked: {
    readonly redirectUri: string
    readonly scope: string
    readonly extra: Readonly<Record<string, string>>
  }): Promise<{ readonly url: string; readonly roundTrip: OpenIdRoundTrip }>
  /** Who came back. `address` is the whole address they came back to. Throws OpenIdFailure. */
  finish(address: string, roundTrip: OpenIdRoundTrip): Promise<OpenIdClaims>
}

/** Readies a provider; it is first asked about itself when somebody needs it. */
export function openIdProvider(settings: OpenIdSettings): OpenIdProvider {
  let known: Promise<Configuration> | undefined
  const configuration = (): Promise<Configuration> => {
    known ??= discover(settings).catch((fault: unknown) => {
      known = undefined
      throw fault
    })
    return known
  }
  return {
    issuer: settings.issuer,
    begin: (asked) =>
      failing(async () => {
        const {
          buildAuthorizationUrl,
          calculatePKCECodeChallenge,
          randomNonce,
          randomPKCECodeVerifier,
          randomState,
        } = await openid()
        const config = await configuration()
        const roundTrip = {
          state: randomState(),
          nonce: randomNonce(),
          verifier: randomPKCECodeVerifier(),
        }
        const url = buildAuthorizationUrl(config, {
          ...asked.extra,
          redirect_uri: asked.redirectUri,
          scope: asked.scope,
          state: roundTrip.state,
          nonce: roundTrip.nonce,
          code_challenge: await calculatePKCECodeChallenge(roundTrip.verifier),
          code_challenge_method: 'S256',
        })
        return { url: url.href, roundTrip }
      }),
    finish: (address, { state, nonce, verifier }) =>
      failing(async () => {
        const { authorizationCodeGrant, fetchUserInfo } = await openid()
        const config = await configuration()
        const tokens = await authorizationCodeGrant(config, new URL(address), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const token = tokens.claims()
        if (!token) throw new Error('No id token')
        const about = await fetchUserInfo(config, tokens.access_token, token.sub)
        return { subject: token.sub, claims: { ...about, ...token } }
      }),
  }
}

async function discover(settings: OpenIdSettings): Promise<Configuration> {
  const { allowInsecureRequests, discovery, enableNonRepudiationChecks, PrivateKeyJwt } =
    await openid()
  const { importPKCS8 } = await import('jose')
  const issuer = new URL(settings.issuer)
  const key = await importPKCS8(settings.privateKey, 'RS512')
  const isHere = issuer.protocol === 'http:'
  const metadata = {
    id_token_signed_response_alg: 'RS512',
    token_endpoint_auth_method: 'private_key_jwt',
  }
  return discovery(issuer, settings.clientId, metadata, PrivateKeyJwt(key), {
    timeout: 10,
    execute: isHere
      ? [allowInsecureRequests, enableNonRepudiationChecks]
      : [enableNonRepudiationChecks],
  })
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (fault) {
    throw new OpenIdFailure(reasonOf(fault), fault)
  }
}

function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown'
  if ('error' in fault && typeof fault.error === 'string') return fault.error
  if ('code' in fault && typeof fault.code === 'string') return fault.code
  return 'unknown'
}
