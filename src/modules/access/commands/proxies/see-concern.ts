import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import type { PatientId, StaffId } from '#modules/directory'
import type { ConcernId } from '../../queries/proxies/concerns.ts'

/** Somebody at the practice looks after a concern from now on. Asked again, it stays theirs. */
export async function seeConcern(
  tx: Tx<Proof & { readonly staffId: StaffId }>,
  concernId: ConcernId,
): Promise<void> {
  const seen = await tx.maybe<{ readonly patientId: PatientId }>(sql`
    update access.concern
    set seen_at = ${tx.now}, seen_by = ${tx.acting.staffId}
    where practice = ${tx.acting.practice}
      and concern_id = ${concernId}
      and seen_at is null
    returning patient_id
  `)
  if (!seen) return
  await recordEvent(tx, {
    type: 'access.concern-seen',
    about: seen.patientId,
    details: { concernId },
  })
}
