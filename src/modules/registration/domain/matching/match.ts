import { ageOn, localDateOf, type LocalDate } from '#kernel/time'
import { accept, refuse, type Result } from '#kernel/result'
import { comparableName } from '../linkage/linking.ts'

/** Somebody whom NHS login proved, as far as a list is searched by it. */
export interface ProvedPerson {
  readonly nhsNumber: string
  readonly familyName: string
  readonly bornOn: LocalDate
}

/** The one patient with that NHS number on the list, with what stands for or against an account. */
export interface ListedPatient extends ProvedPerson {
  readonly registration: string
  readonly registeredOn?: LocalDate
  readonly isSensitive: boolean
  readonly isMerged: boolean
  /** Somebody acts for them as themself now, suspended or not. */
  readonly hasAccess: boolean
  /** When the last such access ended, if it did. */
  readonly accessEndedAt?: Date
}

/**
 * Why somebody whom NHS login proved is not led to a patient: told apart for the trail, alike to
 * them. Source: DOMAIN ACC-4, ACC-6, ID-2.
 */
export type MatchFailure =
  | 'practice-not-live'
  | 'not-on-list'
  | 'name-or-birth-date-does-not-match'
  | 'not-registered-here'
  | 'patient-archived'
  | 'too-young-or-not-competent'
  | 'practice-wants-details'
  | 'access-was-ended'

/** From this age on nobody asks whether somebody is competent. Source: DOMAIN PX-4. */
const adult = 16

/**
 * Is this patient the person, and may they come in without details? NHS number, surname and date of
 * birth must all agree. Who has access already only signs in another way; a new account takes a
 * practice that allows it, an age at which nobody asks, and no ending by the surgery since they
 * registered, which NHS login does not undo.
 */
export function decideMatch(
  patient: ListedPatient | undefined,
  person: ProvedPerson,
  practice: { readonly isLive: boolean; readonly nhsLoginOpens: boolean },
  now: Date,
): Result<undefined, MatchFailure> {
  if (!practice.isLive) return refuse('practice-not-live')
  if (!patient || patient.nhsNumber !== person.nhsNumber) return refuse('not-on-list')
  if (
    comparableName(patient.familyName) !== comparableName(person.familyName) ||
    patient.bornOn !== person.bornOn
  )
    return refuse('name-or-birth-date-does-not-match')
  if (patient.registration === 'deceased' || patient.isMerged || patient.isSensitive)
    return refuse('patient-archived')
  if (patient.registration !== 'active' && patient.registration !== 'temporary')
    return refuse('not-registered-here')
  if (patient.hasAccess) return accept(undefined)
  if (!practice.nhsLoginOpens) return refuse('practice-wants-details')
  if (ageOn(patient.bornOn, localDateOf(now)) < adult) return refuse('too-young-or-not-competent')
  return endedSinceRegistering(patient) ? refuse('access-was-ended') : accept(undefined)
}

function endedSinceRegistering({ accessEndedAt, registeredOn }: ListedPatient): boolean {
  if (accessEndedAt === undefined) return false
  return registeredOn === undefined || localDateOf(accessEndedAt) >= registeredOn
}
