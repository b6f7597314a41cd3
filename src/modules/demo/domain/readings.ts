import type { DemoRecord } from './entry.ts'
import type { Person } from './people.ts'
import type { DemoPractice, DemoStaff } from './practice.ts'
import { required } from './random.ts'

/** Those whose past records a clinician has read and released, but for what must stay held. */
const readParts = ['full', 'detailed-only', 'huge-record', 'young-adult']

/** Who reads records before they are opened. */
export function reader(practice: DemoPractice): DemoStaff {
  return required(practice.staff.find((one) => one.roles.includes('clinician')))
}

/**
 * Keys of what a clinician has read of somebody's record and found fit to show: everything but
 * secrets, what the source marks, results still to be talked about, and the whole of any
 * consultation that has one of them.
 */
export function readByClinician(
  person: Person,
  { entries, secrets }: DemoRecord,
): readonly string[] {
  const part = person.cast?.part
  if (part === undefined || !readParts.includes(part)) return []
  const secretKeys = new Set(secrets.map((secret) => secret.entryKey))
  const doubtful = entries.filter(
    (entry) => secretKeys.has(entry.sourceKey) || (entry.markers ?? []).length > 0,
  )
  const closed = new Set(
    doubtful.flatMap((entry) => [entry.sourceKey, entry.encounterKey, entry.parentKey]),
  )
  closed.delete(undefined)
  return entries
    .filter(
      (entry) =>
        !closed.has(entry.sourceKey) &&
        !closed.has(entry.encounterKey) &&
        !closed.has(entry.parentKey),
    )
    .map((entry) => entry.sourceKey)
}
