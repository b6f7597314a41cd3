import type { AskedLevel, AskingRefusal } from '../../domain/requests/asking.ts'
import type { MissingReason, RecordLevel, Service, ServiceLevel } from '../../domain/services.ts'

/** A service as patients say it. */
export const serviceNames: Readonly<Record<Service, string>> = {
  appointments: 'Appointments',
  prescriptions: 'Repeat prescriptions',
  record: 'Health record',
}

/** What a level lets a patient do. */
export const levelNames: Readonly<Record<RecordLevel, string>> = {
  none: 'Not switched on',
  summary: 'Medicines and allergies',
  detailed: 'Also conditions, results and vaccinations',
  documents: 'Also letters and documents',
  full: 'Everything, with what was written at appointments',
}

export const useNames: Readonly<Record<ServiceLevel, string>> = {
  none: 'Not switched on',
  view: 'See only',
  manage: 'See and change',
}

/** What was asked for, as patients and staff read it. */
export function askedName(service: Service, level: AskedLevel): string {
  return `${serviceNames[service]}: ${level === 'manage' ? useNames.manage : levelNames[level]}`
}

/** Which switch is off, and who decides. */
export const missingWords: Readonly<Record<MissingReason, string>> = {
  'practice-switch':
    'Your GP surgery does not offer this online at the moment. The surgery decides this for all its patients.',
  'patient-switch':
    'Your GP surgery offers this online, but it is not switched on for your account. The surgery decides this for each patient.',
  review:
    'Your GP surgery has paused this while it checks how online access is set up. This is part of its routine work. The surgery decides when it is switched on again.',
  declined:
    'Your GP surgery has a note that you did not want this. You can change your mind at any time.',
}

/** Why a request was not taken. */
export const askingWords: Readonly<Record<AskingRefusal, string>> = {
  'not-higher': 'You have this already, or more',
  'practice-does-not-offer': 'Your GP surgery does not offer this online at the moment',
  'no-such-level': 'Choose what to ask for',
}
