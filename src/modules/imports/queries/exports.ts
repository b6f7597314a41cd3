import type { PatientId } from '#modules/directory'
import { sql, type SystemProof, type Tx } from '#platform/db'

/**
 * Notes that this patient's export of this day is being stored, and holds the note against other
 * imports until the transaction ends. `false`, and nothing noted, where a newer one is stored
 * already and `evenIfOlder` does not allow it.
 */
export async function claimExport(
  tx: Tx<SystemProof>,
  patientId: PatientId,
  source: string,
  exportedAt: Date,
  evenIfOlder: boolean,
): Promise<boolean> {
  const written = await tx.run(sql`
    insert into imports.patient_export as known
      (practice, patient_id, source, exported_at, imported_at)
    values (${tx.acting.practice}, ${patientId}, ${source}, ${exportedAt}, ${tx.now})
    on conflict (practice, patient_id, source) do update set
      exported_at = excluded.exported_at,
      imported_at = excluded.imported_at
    where known.exported_at <= excluded.exported_at
      or ${evenIfOlder}
  `)
  return written === 1
}
