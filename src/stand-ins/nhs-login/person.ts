import { createHash } from 'node:crypto'

/** How well the stand-in knows somebody. */
export type StandInLevel = 'P0' | 'P5' | 'P9'

/** Somebody whom the stand-in knows, as the real one would know them. */
export interface StandInPerson {
  readonly name: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly phone: string
  readonly nhsNumber: string
  /** YYYY-MM-DD. */
  readonly bornOn: string
  readonly practice: string
}

/** A person's id at the stand-in, the same at every start. */
export function subjectOf({ email }: StandInPerson): string {
  const hex = createHash('sha256').update(`nhs-login:${email}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** What is said of a person at a level: below P5 only how to reach them (DOMAIN ID-1). */
export function claimsOf(
  person: StandInPerson,
  level: StandInLevel,
  issuer: string,
): Readonly<Record<string, unknown>> {
  const { host } = new URL(issuer)
  const reach = {
    sub: subjectOf(person),
    vot: `${level}.Cp.Cd`,
    vtm: `${issuer}/trustmark/${host}`,
    identity_proofing_level: level,
    email: person.email,
    email_verified: true,
    phone_number: person.phone,
    phone_number_verified: true,
  }
  if (level === 'P0') return reach
  return {
    ...reach,
    nhs_number: person.nhsNumber,
    given_name: person.givenName,
    family_name: person.familyName,
    birthdate: person.bornOn,
    gp_registration_details: { gp_ods_code: person.practice },
  }
}
