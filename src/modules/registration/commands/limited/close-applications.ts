import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'

interface Closed {
  readonly applicantId: PatientId
}

/**
 * Closes what an account asked this practice for, now that its owner turned out to be a patient.
 * What they booked becomes the patient's.
 */
export async function closeApplications(
  tx: Tx,
  accountId: AccountId,
  patientId: PatientId,
): Promise<void> {
  const closed = await tx.many<Closed>(sql`
    update access.applicant
    set closed_at = greatest(applied_at, ${tx.now}::timestamptz), closed_why = 'proved'
    where practice = ${tx.acting.practice}
      and account_id = ${accountId}
      and closed_at is null
    returning applicant_id
  `)
  for (const { applicantId } of closed)
    await enqueue(tx, 'appointments.settle-applicant', { applicantId, patientId })
}

/** Closes what came of a request that the practice closes, and gives back what was booked with it. */
export async function closeAsAsked(tx: Tx, askedId: string): Promise<void> {
  const closed = await tx.many<Closed>(sql`
    update access.applicant
    set closed_at = greatest(applied_at, ${tx.now}::timestamptz), closed_why = 'surgery'
    where practice = ${tx.acting.practice}
      and asked_id = ${askedId}
      and closed_at is null
    returning applicant_id
  `)
  for (const { applicantId } of closed)
    await enqueue(tx, 'appointments.end-registration', { patientId: applicantId })
}
