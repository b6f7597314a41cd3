import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { Answer } from '../../domain/asking/request.ts'

/** What the patient last said about an entry that they were asked about. */
export async function answerAbout(tx: Tx, entryId: Id<'Entry'>): Promise<Answer | undefined> {
  const row = await tx.maybe<{ readonly answer: Answer }>(sql`
    select answer
    from record.patient_question
    where practice = ${tx.acting.practice}
      and entry_id = ${entryId}
      and answered_at is not null
    order by answered_at desc
    limit 1
  `)
  return row?.answer
}
