import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { IncomingEntry } from '../../domain/entry.ts'

/** Patients of the practice in the order of their ids, after the one named, at most `limit`. */
export async function patientsAfter(
  tx: Tx,
  after: PatientId | undefined,
  limit: number,
): Promise<readonly PatientId[]> {
  const rows = await tx.many<{ readonly patientId: PatientId }>(sql`
    select patient_id
    from directory.patient
    where practice = ${tx.acting.practice}
      and (${after}::uuid is null or patient_id > ${after}::uuid)
    order by patient_id
    limit ${limit}
  `)
  return rows.map((row) => row.patientId)
}

/** These patients' released documents with their words, for the rules to read again. */
export async function releasedDocuments(
  tx: Tx,
  patientIds: readonly PatientId[],
): Promise<ReadonlyMap<Id<'Entry'>, NonNullable<IncomingEntry['content']>>> {
  const rows = await tx.many<{
    readonly entryId: Id<'Entry'>
    readonly contentType: string
    readonly bytes: Buffer
    readonly words?: string
  }>(sql`
    select entry.entry_id, content.content_type, content.bytes, found.words
    from record.entry
    join record.document_content content
      on content.practice = entry.practice
      and content.entry_id = entry.entry_id
      and content.document_hash = entry.document_hash
    left join record.document_words found
      on found.practice = entry.practice
      and found.entry_id = entry.entry_id
      and found.document_hash = entry.document_hash
    join lateral (
      select decision.outcome
      from record.disclosure_decision decision
      where decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      order by decision.decision_no desc
      limit 1
    ) latest on latest.outcome = 'released'
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = any (${patientIds}::uuid[])
      and entry.closed_at is null
    order by entry.entry_id
    limit 1000
  `)
  return new Map(rows.map(({ entryId, ...content }) => [entryId, content]))
}
