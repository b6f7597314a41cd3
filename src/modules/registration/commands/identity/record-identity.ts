import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { Evidence } from '../../domain/identity/evidence.ts'

/**
 * Writes down that somebody's identity was proved, how, and by whom. It gives nobody any access.
 * Source: DOMAIN ID-4.
 */
export async function recordIdentity(
  tx: Tx<StaffActing<'verify-identity'>>,
  patientId: PatientId,
  evidence: Evidence,
): Promise<void> {
  const seen = evidence.method === 'documents' ? evidence : undefined
  const known = evidence.method === 'documents' ? undefined : evidence
  const askedAbout = evidence.method === 'vouching-with-confirmation' ? evidence.askedAbout : []
  await tx.run(sql`
    insert into registration.identity_check
      (practice, check_id, patient_id, method, photo_document, address_document, known_years, seen,
       asked_about, verified_at, verified_by)
    values (${tx.acting.practice}, ${newId(tx.now)}, ${patientId}, ${evidence.method},
      ${seen?.photoDocument}, ${seen?.addressDocument}, ${known?.knownYears}, ${known?.seen},
      ${askedAbout}, ${tx.now}, ${tx.acting.staffId})
  `)
  await recordEvent(tx, {
    type: 'registration.identity-verified',
    about: patientId,
    details: { method: evidence.method },
  })
}
