import { parseId } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { PatientId } from '#modules/directory'
import { subjectsOfRecord } from '../../domain/reading/subjects.ts'
import { lockRecords, storedEntries } from '../../queries/stored.ts'

/**
 * What these records touch on is no longer known: they changed. Until a job has read them again,
 * those from whom something is kept see nothing that it could be. Only those are read of whom
 * something is kept from anybody; called under the records' lock.
 */
export async function forgetSubjects(
  tx: Tx<SystemProof>,
  patientIds: readonly PatientId[],
): Promise<void> {
  await tx.run(sql`
    delete from record.subject_reading
    where practice = ${tx.acting.practice}
      and patient_id = any (${patientIds}::uuid[])
  `)
  const chosen = await tx.many<{ readonly patientId: PatientId }>(sql`
    select distinct choice.patient_id
    from record.choice_in_force choice
    where choice.practice = ${tx.acting.practice}
      and choice.patient_id = any (${patientIds}::uuid[])
    order by choice.patient_id
  `)
  for (const { patientId } of chosen) await enqueue(tx, 'record.read-subjects', { patientId })
}

/** Reads what a patient's record touches on, whole, in place of what was known of it. */
export async function readSubjects(tx: Tx<SystemProof>, patientId: PatientId): Promise<void> {
  const { practice } = tx.acting
  await lockRecords(tx, [patientId])
  const stored = (await storedEntries(tx, [patientId])).get(patientId) ?? []
  const words = await wordsOfDocuments(tx, patientId)
  const subjects = subjectsOfRecord(
    stored
      .filter((one) => !one.isClosed)
      .map(({ entryId, source, entry }) => {
        const own = words.get(entryId)
        return { entryId, source, entry, ...(own !== undefined && { words: own }) }
      }),
  )
  const rows = [...subjects].map(([id, touched]) => ({ id, touched }))
  await tx.run(sql`
    delete from record.entry_subject
    where practice = ${practice}
      and patient_id = ${patientId}
  `)
  await tx.run(sql`
    insert into record.entry_subject (practice, entry_id, patient_id, subjects)
    select ${practice}, given.id, ${patientId}::uuid, given.touched
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, touched text[])
  `)
  await tx.run(sql`
    insert into record.subject_reading (practice, patient_id, read_at)
    values (${practice}, ${patientId}, ${tx.now})
    on conflict (practice, patient_id) do nothing
  `)
}

async function wordsOfDocuments(
  tx: Tx<SystemProof>,
  patientId: PatientId,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.many<{ readonly entryId: string; readonly words: string }>(sql`
    select entry.entry_id, found.words
    from record.entry
    join record.document_words found
      on found.practice = entry.practice
      and found.entry_id = entry.entry_id
      and found.document_hash = entry.document_hash
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${patientId}
      and entry.closed_at is null
    order by entry.entry_id
  `)
  return new Map(rows.map((row) => [row.entryId, row.words]))
}

/** Reads the record of the patient that a job names. */
export const readSubjectsJob: JobHandler = {
  kind: 'record.read-subjects',
  run: async (tx, payload) => {
    const patientId = parseId<'Patient'>(payload['patientId'])
    if (patientId === undefined) throw new Error('The job of reading subjects names no patient')
    await readSubjects(tx, patientId)
  },
}
