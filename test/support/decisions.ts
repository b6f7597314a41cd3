import type { Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import type { Acting } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { IncomingEntry } from '#modules/record'
import { aRecord, store } from './record-builders.ts'
import { aPatient } from './surgery.ts'

/** A patient whose record holds these entries, as an import stores them. */
export async function aPatientWith(
  db: Database,
  practice: OdsCode,
  entries: readonly IncomingEntry[],
) {
  const patient = await aPatient<'record'>(db, practice)
  await store(db, practice, patient.patientId, aRecord(entries))
  return patient
}

/** An entry by its key, as somebody who opens it now has it before them. */
export async function seenNow(
  db: Database,
  practice: OdsCode,
  patientId: PatientId,
  sourceKey: string,
) {
  const row = await db.transaction(systemProof(practice), (tx) =>
    tx.maybe<{
      readonly entryId: Id<'Entry'>
      readonly contentHash: string
      readonly decisionNo: number
    }>(sql`
      select entry.entry_id, entry.content_hash, max(decision.decision_no) as decision_no
      from record.entry
      join record.disclosure_decision decision
        on decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      where entry.practice = ${practice}
        and entry.patient_id = ${patientId}
        and entry.source_key = ${sourceKey}
      group by entry.entry_id, entry.content_hash
    `),
  )
  if (!row) throw new Error(`No entry ${sourceKey}`)
  const { entryId, ...seen } = row
  return { entryId, seen }
}

/** Everything that the patient's role reads of the record, as one text, and the keys of what is shown. */
export async function shownTo(db: Database, acting: Acting<'record'>) {
  const rows = await db.transaction(acting, (tx) =>
    tx.many<{ readonly sourceKey: string; readonly words: string }>(sql`
      select source_key, row_to_json(shown_entry)::text as words
      from record.shown_entry
      where practice = ${acting.practice}
      order by source_key
    `),
  )
  return { keys: rows.map((row) => row.sourceKey), words: rows.map((row) => row.words).join('\n') }
}
