import { parseId, type Id } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { PatientId } from '#modules/directory'
import { lockRecords } from '../../queries/stored.ts'
import { forgetSubjects } from '../reading/read-subjects.ts'
import { keptWords, longest, wordsOf } from '../storing/read-documents.ts'
import { readAgain } from './rescreen.ts'

/** Another name has every document without words read once more. */
const reader = 'letters-1'
const atOnce = 10
/** A file that takes longer, or more room, stays without words: nobody waits for it here. */
const limits = { ms: 5_000, bytes: 256 * 1024 * 1024 }

interface OldLetter {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly documentHash: string
  readonly contentType: string
  readonly bytes: Buffer
}

/**
 * Has the documents of a practice read whose words are not known, because they came in before words
 * were kept. Called when the service starts; a second call for the same reader does nothing.
 */
export async function beginReadingLetters(tx: Tx<SystemProof>): Promise<void> {
  const begun = await tx.run(sql`
    insert into record.letter_run (practice, reader, begun_at)
    values (${tx.acting.practice}, ${reader}, ${tx.now})
    on conflict (practice, reader) do nothing
  `)
  if (begun > 0) await enqueue(tx, 'record.read-old-letters', {})
}

/**
 * Keeps the words of the next documents without any, and has their records read again with them: by
 * the rules, and for what they touch on. Each job ends by asking for the next.
 *
 * Hazard: what a letter says is unknown to the rules, to search and to what a patient keeps private.
 */
export const readOldLettersJob: JobHandler = {
  kind: 'record.read-old-letters',
  run: async (tx, payload) => {
    const letters = await lettersWithoutWords(tx, parseId<'Entry'>(payload['after']))
    const read: (OldLetter & { readonly words: string })[] = []
    for (const letter of letters) {
      const words = keptWords(await wordsOf(letter, true, limits))
      if (words !== undefined) read.push({ ...letter, words })
    }
    const patientIds = [...new Set(read.map((one) => one.patientId))]
    if (patientIds.length > 0) {
      await lockRecords(tx, patientIds)
      for (const one of read) await keepWords(tx, one)
      await forgetSubjects(tx, patientIds)
      await readAgain(tx, patientIds)
    }
    const after = letters.at(-1)?.entryId
    if (after && letters.length === atOnce) await enqueue(tx, 'record.read-old-letters', { after })
  },
}

/** Current documents without words, in the order of their ids, after the one named. */
function lettersWithoutWords(
  tx: Tx<SystemProof>,
  after: Id<'Entry'> | undefined,
): Promise<readonly OldLetter[]> {
  return tx.many<OldLetter>(sql`
    select entry.entry_id, entry.patient_id, content.document_hash, content.content_type,
      content.bytes
    from record.document_content content
    join record.entry
      on entry.practice = content.practice
      and entry.entry_id = content.entry_id
      and entry.document_hash = content.document_hash
    where content.practice = ${tx.acting.practice}
      and (${after}::uuid is null or content.entry_id > ${after}::uuid)
      and octet_length(content.bytes) <= ${longest}
      and not exists (
        select
        from record.document_words known
        where known.practice = content.practice
          and known.entry_id = content.entry_id
          and known.document_hash = content.document_hash)
    order by content.entry_id
    limit ${atOnce}
  `)
}

async function keepWords(
  tx: Tx<SystemProof>,
  { entryId, documentHash, words }: OldLetter & { readonly words: string },
): Promise<void> {
  await tx.run(sql`
    insert into record.document_words (practice, entry_id, document_hash, words)
    select content.practice, content.entry_id, content.document_hash, ${words}::text
    from record.document_content content
    where content.practice = ${tx.acting.practice}
      and content.entry_id = ${entryId}
      and content.document_hash = ${documentHash}
    on conflict (practice, entry_id, document_hash) do nothing
  `)
}
