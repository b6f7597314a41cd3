import type { Id } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'

export type PatientId = Id<'Patient'>
export type StaffId = Id<'Staff'>
export type RoomId = Id<'Room'>
export type SiteId = Id<'Site'>
export type Sex = 'female' | 'male' | 'other' | 'unknown'

/** A person on the practice's list. Source: DOMAIN ID-9. */
export interface Patient {
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly title?: string
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly sex: Sex
  readonly addressLines: readonly string[]
  readonly postcode?: string
  readonly phone?: string
  readonly mobile?: string
  readonly email?: string
  readonly registration: 'active' | 'temporary' | 'left' | 'deceased'
  readonly registeredOn?: LocalDate
  readonly registrationEndedOn?: LocalDate
  readonly usualClinician?: string
  /** The same text for people at one address who live together. */
  readonly household?: string
  /** The site that they use; absent for the practice's main one. */
  readonly siteId?: SiteId
  /** Their own clinician, where known by more than a name. */
  readonly usualStaffId?: StaffId
  /** Whether they care for someone, as the practice knows it. Absent means not known to. */
  readonly isCarer?: boolean
  /** The language they speak best, as ISO 639 has it: "en", "ur". Absent where not recorded. */
  readonly language?: string
  /** Marked as sensitive in the national demographics: nothing is served online (RA-11). */
  readonly isSensitive?: boolean
  /** The other patient here who turned out to be the same person. */
  readonly mergedInto?: PatientId
}

/** Roles decide permissions in `access`. Source: DOMAIN ACT-1. */
export type StaffRole =
  | 'receptionist'
  | 'prescriber'
  | 'clinician'
  | 'practice-manager'
  | 'safeguarding-lead'
  | 'ig-lead'
  | 'records-clerk'
  | 'identity-verifier'
  | 'access-authoriser'
  | 'icb-analyst'
  | 'national-analyst'

export interface StaffMember {
  readonly staffId: StaffId
  readonly name: string
  readonly jobTitle: string
  readonly roles: readonly StaffRole[]
  readonly seesPatients: boolean
}

export interface Room {
  readonly roomId: RoomId
  readonly name: string
}

/** A place where a practice sees patients beside its main one. */
export interface Site {
  readonly siteId: SiteId
  readonly name: string
  readonly addressLines: readonly string[]
  readonly postcode?: string
  readonly phone?: string
}

/** A GP practice. Its ODS code is the unit by which all data is kept apart. */
export interface Practice {
  readonly practice: OdsCode
  readonly name: string
  readonly addressLines: readonly string[]
  readonly postcode?: string
  readonly phone?: string
  /** In words, such as "Monday to Friday, 8am to 6:30pm". */
  readonly openingHours: string
  /** A made-up practice for trying the service. */
  readonly isDemo: boolean
}

/** Ann Patel. */
export function formatName(person: {
  readonly givenName: string
  readonly familyName: string
}): string {
  return `${person.givenName} ${person.familyName}`
}
