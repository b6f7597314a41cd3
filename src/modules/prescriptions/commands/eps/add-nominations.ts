import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'

/** The pharmacy that a patient has chosen elsewhere. */
export interface KnownNomination {
  readonly patientId: PatientId
  readonly odsCode: OdsCode
}

/** Writes down what was chosen elsewhere, for any number of patients. Sends nothing to anyone. */
export async function addNominations(
  tx: Tx<SystemProof>,
  nominations: readonly KnownNomination[],
): Promise<void> {
  if (nominations.length === 0) return
  await tx.run(sql`
    insert into prescriptions.nomination
      (practice, nomination_id, patient_id, ods_code, nominated_at, nominated_by)
    select ${tx.acting.practice}, given.nomination_id, given.patient_id, given.ods_code,
      ${tx.now}::timestamptz, 'system'
    from unnest(${nominations.map(() => newId(tx.now))}::uuid[],
      ${nominations.map(({ patientId }) => patientId)}::uuid[],
      ${nominations.map(({ odsCode }) => odsCode)}::text[])
      as given (nomination_id, patient_id, ods_code)
  `)
  await recordEvent(tx, {
    type: 'prescriptions.nominations-added',
    details: { patients: nominations.length },
  })
}
