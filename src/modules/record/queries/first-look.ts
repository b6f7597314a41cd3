import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'

/** Whether this account has read what to know before the first look at this record. */
export async function hasLooked(tx: Tx<Acting<'record'>>): Promise<boolean> {
  const row = await tx.maybe<{ readonly lookedAt: Date }>(sql`
    select looked_at
    from record.first_look
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and account_id = ${tx.acting.accountId}
  `)
  return row !== undefined
}
