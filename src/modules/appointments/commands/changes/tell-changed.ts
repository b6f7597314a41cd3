import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { AppointmentId } from '../../domain/slot.ts'
import type { ConcernedPatient } from '../../queries/changes/concerned.ts'
import type { ToldPatient } from '../../queries/changes/stored-changes.ts'
import type { Cancelling } from './cancel-by-practice.ts'

/** Who changed what, and what patients read of it. */
export type Telling = Omit<Cancelling, 'patients'>

/**
 * Tells patients that their appointment, which is still to come and still theirs, is with someone
 * else or elsewhere. Gives those who were told.
 */
export async function tellChanged(
  tx: Tx<SystemProof>,
  telling: Telling,
  patients: readonly ConcernedPatient[],
): Promise<readonly Omit<ToldPatient, 'isReached'>[]> {
  const changed = await tx.many<{ readonly appointmentId: AppointmentId }>(sql`
    update appointments.appointment
    set change_words = ${telling.words}, change_told_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and appointment_id = any(${patients.map((one) => one.appointmentId)}::uuid[])
      and cancelled_at is null
      and starts_at > ${tx.now}
    returning appointment_id
  `)
  const ids = new Set(changed.map((one) => one.appointmentId))
  return noteChanged(
    tx,
    telling,
    patients.filter((one) => ids.has(one.appointmentId)),
  )
}

/** Writes down that these appointments were changed by the practice, and sends their notices. */
export async function noteChanged(
  tx: Tx<SystemProof>,
  { changeId, madeBy }: Telling,
  patients: readonly ConcernedPatient[],
): Promise<readonly Omit<ToldPatient, 'isReached'>[]> {
  for (const { appointmentId, patientId, registration } of patients) {
    await recordEvent(tx, {
      type: 'appointments.appointment-changed',
      about: patientId,
      details: { appointmentId, as: 'staff', changeId, staffId: madeBy },
    })
    if (registration === 'deceased') continue
    await enqueue(tx, 'appointments.send-clinic-changed', { appointmentId, patientId })
  }
  return patients.map(({ appointmentId, patientId }) => ({
    appointmentId,
    patientId,
    outcome: 'changed',
  }))
}
