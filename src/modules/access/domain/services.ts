import type { WithheldArea } from './areas.ts'

/** What patients may be given. Each is switched on by the practice and for the patient (CFG-2). */
export type Service = 'appointments' | 'prescriptions' | 'record'

/** How much of a service, each including the one before (ACC-9). */
export type ServiceLevel = 'none' | 'view' | 'manage'

/** How much of the record, each including the one before. Source: DOMAIN RA-1. */
export type RecordLevel = 'none' | 'summary' | 'detailed' | 'documents' | 'full'

/** Every record level, lowest first. */
export const recordLevels: readonly RecordLevel[] = [
  'none',
  'summary',
  'detailed',
  'documents',
  'full',
]

/** The two switches as stored, for one account and one patient. */
export interface Switches {
  readonly practiceAppointments: boolean
  readonly practicePrescriptions: boolean
  readonly practiceRecordLevel: RecordLevel
  readonly appointments: ServiceLevel
  readonly prescriptions: ServiceLevel
  readonly recordCurrent: RecordLevel
  readonly recordHistorical: RecordLevel
  readonly effectiveFrom: Date
  /** Somebody suspended the access, or a birthday did: nothing is open until it is resumed. */
  readonly suspendedAt?: Date
  /** What the record itself says against any online access to it, found at every request (RA-8). */
  readonly recordPause?: RecordPause
  /** Parts of the record that are withheld whole. */
  readonly withheldAreas?: readonly WithheldArea[]
}

/** The record asks for a review of access that nobody has made, or says that the patient declined. */
export type RecordPause = 'review' | 'declined'

/** What is left when both switches are taken together. */
export interface Permissions {
  readonly appointments: ServiceLevel
  readonly prescriptions: ServiceLevel
  /** For what was recorded from `effectiveFrom` on. */
  readonly recordCurrent: RecordLevel
  /** For what was recorded before it. */
  readonly recordHistorical: RecordLevel
  readonly effectiveFrom: Date
  readonly withheldAreas: readonly WithheldArea[]
  /** What the practice opens to anyone, to say which switch is off. */
  readonly practiceRecordLevel: RecordLevel
  /** For somebody not proved: one first appointment, in one of so many places of the practice. */
  readonly firstOnly?: { readonly places: number }
}

/** The lower of two levels of the record. */
export function lowerLevel(a: RecordLevel, b: RecordLevel): RecordLevel {
  return recordLevels.indexOf(a) <= recordLevels.indexOf(b) ? a : b
}

/**
 * Takes the practice's and the patient's switches together: neither alone opens anything, and what
 * the record says against access closes all of it.
 */
export function decidePermissions(switches: Switches): Permissions {
  const isSuspended = switches.suspendedAt !== undefined
  const open = switches.recordPause || isSuspended ? 'none' : switches.practiceRecordLevel
  return {
    appointments: switches.practiceAppointments && !isSuspended ? switches.appointments : 'none',
    prescriptions: switches.practicePrescriptions && !isSuspended ? switches.prescriptions : 'none',
    recordCurrent: lowerLevel(open, switches.recordCurrent),
    recordHistorical: lowerLevel(open, switches.recordHistorical),
    effectiveFrom: switches.effectiveFrom,
    withheldAreas: switches.withheldAreas ?? [],
    practiceRecordLevel: switches.practiceRecordLevel,
  }
}

/** Why a service is not there: which switch is off or what stands against it, and so who decides. */
export type MissingReason = 'practice-switch' | 'patient-switch' | RecordPause

/** Which switch keeps a service from being used at all, or `undefined` where it may be. */
export function whyMissing(service: Service, switches: Switches): MissingReason | undefined {
  const permissions = decidePermissions(switches)
  switch (service) {
    case 'appointments':
      if (permissions.appointments !== 'none') return undefined
      return switches.practiceAppointments ? 'patient-switch' : 'practice-switch'
    case 'prescriptions':
      if (permissions.prescriptions !== 'none') return undefined
      return switches.practicePrescriptions ? 'patient-switch' : 'practice-switch'
    case 'record':
      if (permissions.recordCurrent !== 'none' || permissions.recordHistorical !== 'none')
        return undefined
      if (switches.practiceRecordLevel === 'none') return 'practice-switch'
      return switches.recordPause ?? 'patient-switch'
  }
}
