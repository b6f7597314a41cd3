import type { Id } from '#kernel/id'
import { sql } from '#platform/db'
import type { ReleasedEntry } from '../../domain/disclosure.ts'
import type { EntryKind } from '../../domain/entry.ts'
import { openingsOf } from '../../domain/reading/openings.ts'
import { pageOf, type EntryPage, type Reader } from '../entries.ts'

/**
 * Disclosed entries of these kinds that hold each of these words, in lower case, newest first, and
 * documents that hold them in their file, whatever their title says. Free text is looked through only
 * where it is shown; a note inside a consultation is found as well.
 */
export async function entriesSaying(
  { tx, grants: [grant] }: Reader,
  kinds: readonly EntryKind[],
  words: readonly string[],
  {
    page,
    size,
    documentIds,
  }: {
    readonly page: number
    readonly size: number
    readonly documentIds: readonly Id<'Entry'>[]
  },
): Promise<EntryPage> {
  const open = openingsOf(kinds, grant)
  const rows = await tx.many<ReleasedEntry>(sql`
    select entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title, entry.code_system, entry.code,
      entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
      entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
      entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
      entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash
    from record.shown_entry entry
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${tx.acting.patientId}
      and (entry.kind not in ('result-group', 'report') or entry.text is not null
        or entry.value_text is not null)
      and (entry.kind = any (${open.current}) and entry.written_at >= ${open.from}
        or entry.kind = any (${open.historical}) and entry.written_at < ${open.from})
      and (entry.entry_id = any (${documentIds}::uuid[]) or not exists (
        select
        from unnest(${words}::text[]) as asked (word)
        where strpos(lower(concat_ws(' ', entry.title,
          case when case when entry.written_at >= ${open.from} then ${open.currentText}::boolean
            else ${open.historicalText}::boolean end
          then concat_ws(' ', entry.text, entry.value_text, entry.detail ->> 'patientInstruction',
            entry.detail ->> 'reason', entry.detail ->> 'stopReason') end)), asked.word) = 0))
    order by entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
  return pageOf(rows, grant, page, size)
}
