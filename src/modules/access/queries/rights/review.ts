import { sql, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'

/** Whether a patient's record asks for a review before access is given, or says that they declined. */
export async function recordAsksForReview(tx: Tx, patientId: PatientId): Promise<boolean> {
  const found = await tx.maybe<{ readonly asks: boolean }>(sql`
    select code.review_asked_at is not null or code.declined_at is not null as asks
    from record.published_access_code code
    where code.practice = ${tx.acting.practice}
      and code.patient_id = ${patientId}
  `)
  return found?.asks ?? false
}
