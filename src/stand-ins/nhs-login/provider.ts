import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type {
  ClientMetadata,
  Configuration,
  JWK,
  KoaContextWithOIDC,
  Provider,
} from 'oidc-provider'
import { z } from 'zod'
import { choosingPage } from './page.tsx'
import { claimsOf, subjectOf, type StandInLevel, type StandInPerson } from './person.ts'
import { memoryStore } from './store.ts'

const scope = 'openid profile email phone gp_registration_details'
const levels: readonly StandInLevel[] = ['P9', 'P5', 'P0']

/** What the stand-in is told of the one service that uses it. */
export interface StandInClient {
  readonly clientId: string
  readonly redirectUri: string
  readonly publicKey: JWK
}

/** Answers what a browser or the service asks of the stand-in. */
export type StandInHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * An OpenID provider that speaks as NHS login does: authorisation code, private_key_jwt, RS512,
 * vectors of trust, claims by level. Nobody proves anything to it.
 */
export async function standInProvider(
  issuer: string,
  client: StandInClient,
  people: readonly StandInPerson[],
): Promise<StandInHandler> {
  const { default: OidcProvider, interactionPolicy } = await quietly(() => import('oidc-provider'))
  const { exportJWK, generateKeyPair } = await import('jose')
  const { privateKey } = await generateKeyPair('RS512', { extractable: true })
  const signing = { ...(await exportJWK(privateKey)), alg: 'RS512', use: 'sig', kid: 'stand-in' }
  const known = new Map<string, StandInLevel>()
  const policy = interactionPolicy.base()
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check('ask-who', 'Somebody has to be chosen each time', (ctx) =>
        ctx.oidc.result?.login
          ? interactionPolicy.Check.NO_NEED_TO_PROMPT
          : interactionPolicy.Check.REQUEST_PROMPT,
      ),
    )
  const provider = new OidcProvider(issuer, {
    ...configurationFor(issuer, client, people, known),
    jwks: { keys: [signing] },
    interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
  })
  const answer = provider.callback()
  return async (request, response) => {
    if (request.url?.startsWith('/interaction/'))
      return choose(provider, people, known, request, response)
    await answer(request, response)
  }
}

function configurationFor(
  issuer: string,
  client: StandInClient,
  people: readonly StandInPerson[],
  known: ReadonlyMap<string, StandInLevel>,
): Configuration {
  return {
    adapter: memoryStore(),
    clients: [clientOf(client)],
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: scope.split(' '),
    claims: {
      openid: ['sub', 'vot', 'vtm', 'identity_proofing_level'],
      profile: ['nhs_number', 'given_name', 'family_name', 'birthdate'],
      email: ['email', 'email_verified'],
      phone: ['phone_number', 'phone_number_verified'],
      gp_registration_details: ['gp_registration_details'],
    },
    // The real one puts these claims into the id token too.
    conformIdTokenClaims: false,
    enabledJWA: {
      idTokenSigningAlgValues: ['RS512'],
      clientAuthSigningAlgValues: ['RS512'],
    },
    extraParams: ['vtr'],
    features: { devInteractions: { enabled: false } },
    routes: {
      authorization: '/authorize',
      token: '/token',
      userinfo: '/userinfo',
      jwks: '/.well-known/jwks.json',
    },
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      IdToken: 300,
      Interaction: 1800,
      Session: 60,
      Grant: 300,
    },
    findAccount: (_, subject) => {
      const person = people.find((one) => subjectOf(one) === subject)
      if (!person) return undefined
      const claims = () => ({
        ...claimsOf(person, known.get(subject) ?? 'P0', issuer),
        sub: subject,
      })
      return { accountId: subject, claims }
    },
    loadExistingGrant: grantAll,
    renderError: (ctx, out) => {
      ctx.type = 'text/plain'
      ctx.body = `The stand-in for NHS login could not go on: ${out.error}`
    },
  }
}

function clientOf(client: StandInClient): ClientMetadata {
  return {
    client_id: client.clientId,
    redirect_uris: [client.redirectUri],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS512',
    id_token_signed_response_alg: 'RS512',
    jwks: { keys: [{ ...client.publicKey, alg: 'RS512', use: 'sig' }] },
  }
}

async function grantAll(ctx: KoaContextWithOIDC) {
  const { session, client, provider } = ctx.oidc
  if (!client || session?.accountId === undefined) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope(scope)
  await grant.save()
  return grant
}

/** Shows who may be chosen, or takes the choice. */
async function choose(
  provider: Provider,
  people: readonly StandInPerson[],
  known: Map<string, StandInLevel>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const asked = levelsAsked(params['vtr'])
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(choosingPage({ action: request.url ?? '', people, asked }))
    return
  }
  const form = new URLSearchParams(await bodyOf(request))
  const person = people[Number(form.get('person'))]
  const level = asked.find((one) => one === form.get('level'))
  if (form.get('answer') !== 'agree' || !person || !level) {
    const refused = { error: 'access_denied', error_description: 'ConsentNotGiven' }
    return provider.interactionFinished(request, response, refused)
  }
  known.set(subjectOf(person), level)
  await provider.interactionFinished(request, response, { login: { accountId: subjectOf(person) } })
}

/** The levels among the vectors of trust that were asked for; all where none were. */
function levelsAsked(vtr: unknown): readonly StandInLevel[] {
  const parsed = z.array(z.string()).safeParse(jsonOf(vtr))
  if (!parsed.success) return levels
  return levels.filter((level) => parsed.data.some((vector) => vector.split('.').includes(level)))
}

function jsonOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) {
    body += String(part)
    if (body.length > 10_000) break
  }
  return body
}

/** The package warns on the console of releases it does not know by name: not in a demonstration. */
async function quietly<T>(load: () => Promise<T>): Promise<T> {
  const { warn } = console
  console.warn = () => undefined
  try {
    return await load()
  } finally {
    console.warn = warn
  }
}
