import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { endAllAccess, type StaffActing } from '#modules/access'
import { changeRegistration, type PatientId, type RegistrationChange } from '#modules/directory'

/**
 * Writes down what became of somebody's registration. Leaving, death and being found to be another
 * end all online access at once, and close what waits; whoever comes back signs up anew. A patient
 * marked as sensitive keeps their access, and is served nothing while the mark is there.
 * Source: DOMAIN EX-2, EX-3, RA-11.
 */
export async function recordRegistration(
  tx: Tx<StaffActing<'verify-identity'>>,
  patientId: PatientId,
  change: RegistrationChange,
): Promise<Result<undefined, 'nothing-changed'>> {
  if (!(await changeRegistration(tx, patientId, change))) return refuse('nothing-changed')
  await recordEvent(tx, {
    type: 'registration.registration-changed',
    about: patientId,
    details: change,
  })
  if (change.kind === 'active' || change.kind === 'sensitive') return accept(undefined)
  await endAllAccess(tx, patientId)
  await revokeAll(tx, patientId)
  await enqueue(tx, 'appointments.end-registration', { patientId })
  await enqueue(tx, 'prescriptions.end-registration', { patientId })
  return accept(undefined)
}

async function revokeAll(tx: Tx, patientId: PatientId): Promise<void> {
  await tx.run(sql`
    update registration.linkage
    set revoked_at = ${tx.now}, revoked_why = 'registration-ended'
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and used_at is null
      and revoked_at is null
  `)
}
