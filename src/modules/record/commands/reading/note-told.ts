import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { toTell } from '../../queries/reading/to-tell.ts'

/**
 * Notes that somebody told the patient of an entry in person, or saw that there is nothing to tell:
 * from the next request on it is shown as its decision says. Refused where its content is not what
 * was on the page.
 */
export async function noteTold(
  tx: Tx<StaffActing<'decide-disclosure'>>,
  given: { readonly entryId: Id<'Entry'>; readonly contentHash: string },
): Promise<Result<void, 'not-waiting'>> {
  const [waiting] = await toTell(tx, { entryId: given.entryId, limit: 1 })
  if (!waiting || waiting.contentHash !== given.contentHash) return refuse('not-waiting')
  const { practice, staffId } = tx.acting
  await tx.run(sql`
    insert into record.told (practice, entry_id, content_hash, patient_id, told_at, told_by)
    values (${practice}, ${given.entryId}, ${given.contentHash}, ${waiting.patientId}, ${tx.now},
      ${staffId})
    on conflict (practice, entry_id, content_hash) do nothing
  `)
  await recordEvent(tx, {
    type: 'record.patient-told',
    about: waiting.patientId,
    details: { entryId: given.entryId },
  })
  return accept(undefined)
}
