import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'

/** Notes that this account has read what to know before the first look, so that it is asked once. Source: DOMAIN RA-9. */
export async function takeFirstLook(tx: Tx<Acting<'record'>>): Promise<void> {
  const { practice, patientId, accountId } = tx.acting
  const added = await tx.run(sql`
    insert into record.first_look (practice, patient_id, account_id, looked_at)
    values (${practice}, ${patientId}, ${accountId}, ${tx.now})
    on conflict (practice, patient_id, account_id) do nothing
  `)
  if (added > 0) await recordEvent(tx, { type: 'record.first-look-taken' })
}
