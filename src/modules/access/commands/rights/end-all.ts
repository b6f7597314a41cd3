import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { AssociationId } from './change-services.ts'

/** Ends what anybody may do for a patient, the patient and all proxies. Says how many it ended. */
export async function endAllAccess(tx: Tx, patientId: PatientId): Promise<number> {
  const ended = await tx.many<{ readonly associationId: AssociationId }>(sql`
    update access.association
    set ends_at = greatest(starts_at, ${tx.now}::timestamptz)
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and (ends_at is null or ends_at > ${tx.now})
    returning association_id
  `)
  for (const { associationId } of ended) {
    await recordEvent(tx, {
      type: 'access.access-ended',
      about: patientId,
      details: { associationId, why: 'registration' },
    })
  }
  await tx.run(sql`
    update access.level_request
    set state = 'withdrawn', decided_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and state = 'waiting'
  `)
  return ended.length
}
