import { minutesBefore } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { PatientId } from '#modules/directory'

/** Days after which what somebody asked for is closed where nobody has proved who they are. */
const keptDays = 120

/** Closes what people asked for a long time ago without ever being checked, and what hangs on it. */
export async function closeUnused(tx: Tx<SystemProof>): Promise<void> {
  const closed = await tx.many<{ readonly applicantId: PatientId }>(sql`
    update access.applicant
    set closed_at = ${tx.now}, closed_why = 'unused'
    where practice = ${tx.acting.practice}
      and closed_at is null
      and applied_at < ${minutesBefore(tx.now, keptDays * 24 * 60)}
    returning applicant_id
  `)
  for (const { applicantId } of closed) {
    await recordEvent(tx, { type: 'access.application-closed', about: applicantId })
    await enqueue(tx, 'appointments.end-registration', { patientId: applicantId })
  }
}
