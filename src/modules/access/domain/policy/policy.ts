import { addMonths, type LocalDate } from '#kernel/time'
import type { Grant } from '../identity/methods.ts'
import { lowerLevel, type RecordLevel, type ServiceLevel } from '../services.ts'

/** What a practice decided beforehand about giving access. Source: DOMAIN 1.20, CFG-4, ID-7, PX-4. */
export interface AccessPolicy {
  readonly defaultAppointments: ServiceLevel
  readonly defaultPrescriptions: ServiceLevel
  /** For what is recorded from the beginning of access on, from 16 on. */
  readonly defaultRecord: RecordLevel
  /** For what was recorded before it. */
  readonly defaultOlder: RecordLevel
  /** What those who reach 16 with an account of their own have from then on, if it is more. */
  readonly sixteenRecord: RecordLevel
  /** Months after registering during which no record is given without an authoriser. */
  readonly recordWaitsMonths: number
  /** Days that linkage details are good for. */
  readonly linkageDays: number
  /** From 11 to 13: what others do for a child waits for a review from this birthday on. */
  readonly proxyReviewAge: number
  /** How many people who are not checked yet may hold one appointment at once; 0 for none (ACC-8). */
  readonly firstAppointments: number
  /** Whether whom NHS login proves and finds here is given an account without details (ACC-4). */
  readonly nhsLoginOpens: boolean
  /** Minutes for which proving who one is opens the record, where patients chose nothing; 0 for always. */
  readonly secondStepMinutes: number
}

/** What holds where a practice decided nothing. */
export const defaultPolicy: AccessPolicy = {
  defaultAppointments: 'manage',
  defaultPrescriptions: 'manage',
  defaultRecord: 'full',
  defaultOlder: 'none',
  sixteenRecord: 'full',
  recordWaitsMonths: 0,
  linkageDays: 28,
  proxyReviewAge: 11,
  firstAppointments: 5,
  nhsLoginOpens: true,
  secondStepMinutes: 0,
}

/** From this age on nobody's competence is asked after. Source: DOMAIN PX-4. */
const adultAge = 16

/** What is known of a patient that decides about defaults. */
export interface PatientStanding {
  readonly age: number
  readonly registeredOn?: LocalDate
  /** The record asks for a review before access is given (104). */
  readonly awaitsReview: boolean
}

/**
 * What a new account is given without anybody deciding about this patient. Below 16, while the
 * record asks for a review, and while the practice waits after registering, that is no record.
 */
export function defaultGrant(
  policy: AccessPolicy,
  patient: PatientStanding,
  today: LocalDate,
): Grant {
  const isOpen =
    patient.age >= adultAge && !patient.awaitsReview && !registeredLately(policy, patient, today)
  return {
    appointments: policy.defaultAppointments,
    prescriptions: policy.defaultPrescriptions,
    recordCurrent: isOpen ? policy.defaultRecord : 'none',
    recordHistorical: isOpen ? policy.defaultOlder : 'none',
  }
}

function registeredLately(
  { recordWaitsMonths }: AccessPolicy,
  { registeredOn }: PatientStanding,
  today: LocalDate,
): boolean {
  if (recordWaitsMonths === 0) return false
  return registeredOn === undefined || addMonths(registeredOn, recordWaitsMonths) > today
}

/** Whether a grant opens more of the record than was decided beforehand: somebody must authorise it. */
export function needsAuthoriser(asked: Grant, byDefault: Grant): boolean {
  const isWithin = (level: RecordLevel, limit: RecordLevel) => lowerLevel(level, limit) === level
  return !(
    isWithin(asked.recordCurrent, byDefault.recordCurrent) &&
    isWithin(asked.recordHistorical, byDefault.recordHistorical)
  )
}
