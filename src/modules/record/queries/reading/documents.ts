import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import type { PatientReader } from '../entries.ts'

/** A document's bytes, for an entry that was disclosed. */
export function documentOf(
  tx: Tx<PatientReader>,
  entry: DisclosedEntry,
): Promise<{ readonly contentType: string; readonly bytes: Buffer } | undefined> {
  return tx.maybe<{ readonly contentType: string; readonly bytes: Buffer }>(sql`
    select content_type, bytes
    from record.shown_document
    where practice = ${tx.acting.practice}
      and entry_id = ${entry.entryId}
  `)
}

/** What a document is, and its words where they could be read, up to 50,000 characters of them. */
export interface DocumentFacts {
  readonly contentType: string
  readonly sizeBytes: number
  readonly words?: string
}

/** What there is of a document, for an entry that was disclosed. */
export function documentFacts(
  tx: Tx<PatientReader>,
  entry: DisclosedEntry,
): Promise<DocumentFacts | undefined> {
  return tx.maybe<DocumentFacts>(sql`
    select document.content_type, length(document.bytes) as size_bytes,
      left(found.words, 50000) as words
    from record.shown_document document
    left join record.shown_document_words found
      on found.practice = document.practice
      and found.entry_id = document.entry_id
    where document.practice = ${tx.acting.practice}
      and document.entry_id = ${entry.entryId}
  `)
}

/** Documents that the decisions show and whose title and file hold each of these words, in lower case. */
export async function documentsSaying(
  tx: Tx<PatientReader>,
  words: readonly string[],
): Promise<readonly Id<'Entry'>[]> {
  const rows = await tx.many<{ readonly entryId: Id<'Entry'> }>(sql`
    select found.entry_id
    from record.shown_document_words found
    where found.practice = ${tx.acting.practice}
      and found.patient_id = ${tx.acting.patientId}
      and not exists (
        select
        from unnest(${words}::text[]) as asked (word)
        where strpos(lower(concat_ws(' ', found.title, found.words)), asked.word) = 0)
    order by found.entry_id
    limit 1000
  `)
  return rows.map((row) => row.entryId)
}
