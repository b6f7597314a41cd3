import type { Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { SessionId } from '../../domain/slot.ts'
import { freeInstead, type FreeInstead } from '../../queries/changes/clashes.ts'
import { reachedOnline, type ConcernedPatient } from '../../queries/changes/concerned.ts'

/** A patient whom a change concerns, with what staff need to know to look after them. */
export interface PatientRow {
  readonly patient: ConcernedPatient
  /** Somebody can read a notice for them and see the appointment online. */
  readonly isReached: boolean
  /** Free slots like the one they have, nearest first. */
  readonly free: readonly FreeInstead[]
  /** They would have two appointments at once, so this one is cancelled. */
  readonly overlaps: boolean
  /** It starts before they are told. */
  readonly isLate: boolean
  /** What became of it, once they were told. */
  readonly outcome?: 'cancelled' | 'overlap-cancelled' | 'changed'
}

/** Rows for these patients, in their order. `sendsAt` absent where they were told already. */
export async function patientRows(
  tx: Tx<StaffActing<'publish-slots'>>,
  patients: readonly ConcernedPatient[],
  given: {
    readonly apart: readonly SessionId[]
    readonly sendsAt?: Date
    readonly overlaps?: ReadonlySet<string>
    readonly outcomes?: ReadonlyMap<string, NonNullable<PatientRow['outcome']>>
    readonly reached?: ReadonlySet<string>
  },
): Promise<readonly PatientRow[]> {
  const ids = patients.map((one) => one.appointmentId)
  const [reached, free] = await Promise.all([
    given.reached ?? reachedOnline(tx, patients),
    freeInstead(tx, ids, given.apart),
  ])
  const byAppointment = Map.groupBy(free, (one) => one.appointmentId)
  return patients.map((patient) => {
    const outcome = given.outcomes?.get(patient.appointmentId)
    return {
      patient,
      isReached: reached.has(patient.patientId),
      free: byAppointment.get(patient.appointmentId) ?? [],
      overlaps: given.overlaps?.has(patient.appointmentId) ?? false,
      isLate: given.sendsAt !== undefined && patient.startsAt <= given.sendsAt,
      ...(outcome && { outcome }),
    }
  })
}

/** Those of whom nobody will know unless they are phoned. Who has died is not among them. */
export function toPhone(rows: readonly PatientRow[]): readonly PatientRow[] {
  return rows.filter(
    (row) => row.patient.registration !== 'deceased' && (!row.isReached || row.isLate),
  )
}
