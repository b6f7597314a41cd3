import { type NhsNumber, parseNhsNumber } from '#kernel/nhs-number'
import { accept, refuse, type Result } from '#kernel/result'
import { type LocalDate, parseLocalDate } from '#kernel/time'
import type { PatientPart } from './read-export.ts'

/** Enough of a person to put them on a practice's list. */
interface Registrable {
  readonly nhsNumber: NhsNumber
  readonly title?: string
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
  readonly addressLines: readonly string[]
  readonly postcode?: string
  readonly phone?: string
  readonly mobile?: string
  readonly email?: string
  readonly registration: 'active' | 'temporary' | 'left' | 'deceased'
  readonly registeredOn?: LocalDate
  readonly registrationEndedOn?: LocalDate
  readonly usualClinician?: string
}

/**
 * The NHS number to store a part under. A masked or mistyped one is refused unless the right one is
 * `given` by hand; one given by hand is refused where the file plainly says another.
 * Hazard: a record stored under someone else's number.
 */
export function decideNhsNumber(
  part: PatientPart,
  given: NhsNumber | undefined,
): Result<NhsNumber, string> {
  const written = [
    ...(part.identity?.nhsNumbers ?? []),
    ...(part.nhsNumber ? [part.nhsNumber] : []),
  ]
  const valid = [
    ...new Set(
      written.flatMap((number) => {
        const parsed = parseNhsNumber(number)
        return parsed.ok ? [parsed.value] : []
      }),
    ),
  ]
  if (valid.length > 1) return refuse('the file gives more than one NHS number for the same person')
  const [own] = valid
  if (own && given && own !== given)
    return refuse('the file says another NHS number than the one given with --nhs-number')
  const chosen = own ?? given
  if (chosen) return accept(chosen)
  return refuse(
    written.length === 0
      ? 'the file gives no NHS number; give it with --nhs-number'
      : `the NHS number ${written[0]} is masked or mistyped: its check digit is wrong; give the right one with --nhs-number`,
  )
}

/** The person as the practice's list needs them; refused where name or whole date of birth is missing. */
export function decideRegistrable(
  part: PatientPart,
  nhsNumber: NhsNumber,
): Result<Registrable, string> {
  const { identity } = part
  if (!identity)
    return refuse("the file does not describe them, and they are not on the practice's list")
  const {
    nhsNumbers: _,
    isSensitive: __,
    replacedBy: ___,
    givenName,
    familyName,
    bornOn,
    registeredOn,
    registrationEndedOn,
    ...rest
  } = identity
  const born = bornOn && parseLocalDate(bornOn)
  if (!familyName) return refuse('the file gives no family name')
  if (!born) return refuse('the file gives no whole date of birth')
  const from = registeredOn && parseLocalDate(registeredOn)
  const until = registrationEndedOn && parseLocalDate(registrationEndedOn)
  return accept({
    ...rest,
    nhsNumber,
    givenName: givenName ?? '',
    familyName,
    bornOn: born,
    ...(from && { registeredOn: from }),
    ...(until && { registrationEndedOn: until }),
  })
}

/** As much of someone on the list as tells them from another. */
interface Listed {
  readonly bornOn: LocalDate
  readonly givenName: string
  readonly familyName: string
}

/**
 * Why a file's person cannot be the one on the list, or `undefined`: another day of birth, or no
 * name in common. One name may change by marriage or correction; what the file lacks is no reason.
 * Hazard: a record stored under someone else's number.
 */
export function whyAnotherPerson({ identity }: PatientPart, listed: Listed): string | undefined {
  if (!identity) return undefined
  const { bornOn, givenName = '', familyName = '' } = identity
  if (bornOn !== undefined && bornOn !== listed.bornOn)
    return "the practice's list has another date of birth for this NHS number"
  const written = namesIn(`${givenName} ${familyName}`)
  const known = new Set(namesIn(`${listed.givenName} ${listed.familyName}`))
  return written.length === 0 || written.some((name) => known.has(name))
    ? undefined
    : "the practice's list has somebody of another name for this NHS number"
}

/** Single names, without accents and case. */
function namesIn(text: string): readonly string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain.split(/[^\p{L}]+/u).filter((name) => name !== '')
}
