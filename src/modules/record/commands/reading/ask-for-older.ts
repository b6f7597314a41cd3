import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { hasOlderToAskFor } from '../../domain/reading/older.ts'
import { ownRecordAccess } from '../../queries/access-facts.ts'

/**
 * Asks the practice for what was written before access began. One at a time: asking again while one
 * waits changes nothing. `reason` is the patient's own words, up to 500 characters.
 */
export async function askForOlder(
  tx: Tx<Acting<'record'>>,
  reason: string,
): Promise<Result<void, 'nothing-older'>> {
  const { grant } = await ownRecordAccess(tx)
  if (!hasOlderToAskFor(grant)) return refuse('nothing-older')
  const { practice, patientId, accountId } = tx.acting
  const added = await tx.run(sql`
    insert into record.older_request
      (practice, request_id, patient_id, account_id, asked_at, reason, state)
    values (${practice}, ${newId(tx.now)}, ${patientId}, ${accountId}, ${tx.now}, ${reason}, 'waiting')
    on conflict (practice, patient_id, account_id) where state = 'waiting' do nothing
  `)
  if (added > 0) await recordEvent(tx, { type: 'record.older-asked-for' })
  return accept(undefined)
}

/** Takes back what the person acting asked for, where it still waits. */
export async function withdrawOlder(tx: Tx<Acting<'record'>>): Promise<void> {
  const { practice, patientId, accountId } = tx.acting
  const changed = await tx.run(sql`
    update record.older_request
    set state = 'withdrawn', decided_at = ${tx.now}
    where practice = ${practice}
      and patient_id = ${patientId}
      and account_id = ${accountId}
      and state = 'waiting'
  `)
  if (changed > 0) await recordEvent(tx, { type: 'record.older-withdrawn' })
}
