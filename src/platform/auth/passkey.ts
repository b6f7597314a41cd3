import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

/** Loaded when the first passkey is asked for: it takes 14 MiB. */
const checker = () => import('@simplewebauthn/server')

/** EdDSA, ES256 and RS256, by their numbers in COSE. */
const algorithms = [-8, -7, -257] as const

/** Where passkeys are good: one origin, such as "https://online.example", and its host. */
export interface PasskeySite {
  readonly origin: string
  readonly host: string
}

/** What is kept of a passkey. Ids are in base64url. */
export interface StoredPasskey {
  readonly credentialId: string
  readonly publicKey: Uint8Array
  readonly signCount: number
  readonly transports: readonly string[]
}

/** What a browser is asked, as JSON, and the challenge in it that the answer must carry. */
export interface PasskeyQuestion {
  readonly challenge: string
  readonly options: string
}

/** The site that passkeys are made for, from the address that people use. */
export function passkeySite(publicUrl: string): PasskeySite {
  const { origin, hostname } = new URL(publicUrl)
  return { origin, host: hostname }
}

/** Asks a browser for any passkey of this site; the device must check who holds it. */
export async function askForPasskey(site: PasskeySite): Promise<PasskeyQuestion> {
  const { generateAuthenticationOptions } = await checker()
  const options = await generateAuthenticationOptions({
    rpID: site.host,
    userVerification: 'required',
    timeout: 300_000,
  })
  return { challenge: options.challenge, options: JSON.stringify(options) }
}

/** Asks a browser to make a passkey for an account; not on a device that has one already. */
export async function askForNewPasskey(
  site: PasskeySite,
  owner: {
    readonly accountId: string
    readonly email: string
    readonly name: string
    readonly has: readonly string[]
  },
): Promise<PasskeyQuestion> {
  const { generateRegistrationOptions } = await checker()
  const options = await generateRegistrationOptions({
    rpName: 'Patient Online',
    rpID: site.host,
    userName: owner.email,
    userDisplayName: owner.name,
    userID: new Uint8Array(Buffer.from(owner.accountId)),
    excludeCredentials: owner.has.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestationType: 'none',
    supportedAlgorithmIDs: [...algorithms],
    timeout: 300_000,
  })
  return { challenge: options.challenge, options: JSON.stringify(options) }
}

const base64url = z.string().regex(/^[\w-]{1,20000}$/)
const answer = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).catch({}).default({}),
})
const assertion = answer.extend({
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
})
const attestation = answer.extend({
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(20)).max(10).catch([]).default([]),
  }),
})

/** What a browser answered when asked for a passkey. */
export interface PasskeyAnswer {
  readonly credentialId: string
  /** The account that the passkey says it is for. */
  readonly accountId: string
  readonly json: AuthenticationResponseJSON
}

/** Reads the answer to `askForPasskey`, of which nothing is believed yet. */
export function parsePasskeyAnswer(text: string): PasskeyAnswer | undefined {
  const parsed = assertion.safeParse(jsonOf(text))
  if (!parsed.success) return undefined
  const { id, response, ...rest } = parsed.data
  if (response.userHandle === undefined) return undefined
  return {
    credentialId: id,
    accountId: Buffer.from(response.userHandle, 'base64url').toString(),
    json: { ...rest, id, response: { ...response, userHandle: response.userHandle } },
  }
}

/** The passkey's new count where the answer is right for this challenge, site and passkey. */
export async function checkPasskey(
  site: PasskeySite,
  challenge: string,
  given: PasskeyAnswer,
  stored: StoredPasskey,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await checker()
  try {
    const checked = await verifyAuthenticationResponse({
      response: given.json,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      credential: {
        id: stored.credentialId,
        publicKey: new Uint8Array(stored.publicKey),
        counter: stored.signCount,
        transports: [...stored.transports],
      },
    })
    return checked.verified ? checked.authenticationInfo.newCounter : undefined
  } catch {
    return undefined
  }
}

/** The passkey that a browser made, where its answer is right for this challenge and site. */
export async function checkNewPasskey(
  site: PasskeySite,
  challenge: string,
  text: string,
): Promise<StoredPasskey | undefined> {
  const parsed = attestation.safeParse(jsonOf(text))
  if (!parsed.success) return undefined
  const response: RegistrationResponseJSON = parsed.data
  const { verifyRegistrationResponse } = await checker()
  try {
    const checked = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...algorithms],
    })
    if (!checked.verified) return undefined
    const { credential } = checked.registrationInfo
    return {
      credentialId: credential.id,
      publicKey: credential.publicKey,
      signCount: credential.counter,
      transports: parsed.data.response.transports,
    }
  } catch {
    return undefined
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
