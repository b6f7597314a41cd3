import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'

/** Sets how long before reading the record somebody must have proved who they are; 0 for never. */
export async function chooseSecondStep(
  tx: Tx<Proof & { readonly patientId: PatientId }>,
  minutes: number,
): Promise<void> {
  await tx.run(sql`
    insert into access.second_step (practice, patient_id, minutes, chosen_at)
    values (${tx.acting.practice}, ${tx.acting.patientId}, ${minutes}, ${tx.now})
    on conflict (practice, patient_id) do update set
      minutes = excluded.minutes,
      chosen_at = excluded.chosen_at
  `)
  await recordEvent(tx, { type: 'access.second-step-chosen', details: { minutes } })
}
