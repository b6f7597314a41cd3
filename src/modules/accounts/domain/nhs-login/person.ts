import { parseNhsNumber, type NhsNumber } from '#kernel/nhs-number'
import { parseOdsCode, type OdsCode } from '#kernel/ods-code'
import { accept, refuse, type Result } from '#kernel/result'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { levelOf, type IdentityLevel } from './identity.ts'

/** Somebody as NHS login knows them. Below P5 it knows no more than how to reach them. */
export interface NhsLoginPerson {
  readonly level: IdentityLevel
  readonly email: string
  readonly nhsNumber?: NhsNumber
  readonly familyName?: string
  readonly givenName?: string
  readonly bornOn?: LocalDate
  /** The practice they are registered with, as NHS login has it. */
  readonly practice?: OdsCode
}

type Claims = Readonly<Record<string, unknown>>

/** Reads what NHS login says, and holds it to what was asked: a weaker proof than asked is refused. */
export function parseNhsLoginPerson(
  claims: Claims,
  asked: readonly string[],
  issuer: string,
): Result<NhsLoginPerson, 'weaker-than-asked' | 'not-of-this-issuer' | 'incomplete'> {
  const level = levelOf(claims['vot'], asked)
  if (level === undefined) return refuse('weaker-than-asked')
  const trustmark = text(claims['vtm'])
  if (trustmark === undefined || !trustmark.startsWith(`${issuer}/trustmark/`))
    return refuse('not-of-this-issuer')
  const stated = claims['identity_proofing_level']
  if (stated !== undefined && stated !== level) return refuse('weaker-than-asked')
  const email = text(claims['email'])
  if (email === undefined) return refuse('incomplete')
  if (level === 'P0') return accept({ level, email })

  const nhsNumber = parseNhsNumber(text(claims['nhs_number']) ?? '')
  const bornOn = parseLocalDate(text(claims['birthdate']) ?? '')
  const familyName = text(claims['family_name'])
  if (!nhsNumber.ok || bornOn === undefined || familyName === undefined) return refuse('incomplete')
  const practice = parseOdsCode(practiceText(claims))
  const givenName = text(claims['given_name'])
  return accept({
    level,
    email,
    nhsNumber: nhsNumber.value,
    bornOn,
    familyName,
    ...(givenName !== undefined && { givenName }),
    ...(practice.ok && { practice: practice.value }),
  })
}

function practiceText(claims: Claims): string {
  const details = claims['gp_registration_details']
  if (typeof details !== 'object' || details === null || !('gp_ods_code' in details)) return ''
  return text(details.gp_ods_code) ?? ''
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
