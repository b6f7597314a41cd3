import type { Id } from '#kernel/id'
import { sql } from '#platform/db'
import { disclose, type DisclosedEntry, type ReleasedEntry } from '../../domain/disclosure.ts'
import type { EntryKind } from '../../domain/entry.ts'
import { openingsOf } from '../../domain/reading/openings.ts'
import { pageOf, type EntryPage, type Reader } from '../entries.ts'

/** An entry with the condition it is listed under, where there is one. */
export interface UnderProblem {
  readonly entry: DisclosedEntry
  readonly problem?: { readonly entryId: Id<'Entry'>; readonly title: string }
}

interface UnderProblemRow extends ReleasedEntry {
  readonly problemId?: Id<'Entry'>
  readonly problemTitle?: string
}

/**
 * As `entriesOfKinds`, condition by condition in the order of their names, then what belongs to none
 * that this reader sees. What belongs to two is under both.
 */
export async function entriesByProblem(
  { tx, grants: [grant] }: Reader,
  kinds: readonly EntryKind[],
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly under: readonly UnderProblem[]; readonly hasMore: boolean }> {
  const open = openingsOf(kinds, grant)
  const seen = openingsOf(['problem'], grant)
  const rows = await tx.many<UnderProblemRow>(sql`
    with shown as materialized (
      select *
      from record.shown_entry
      where practice = ${tx.acting.practice}
        and patient_id = ${tx.acting.patientId}
    ), linked as materialized (
      select link.entry_id, problem.entry_id as problem_id, problem.title
      from record.shown_problem_link link
      join shown problem on problem.entry_id = link.problem_id
      where link.practice = ${tx.acting.practice}
        and link.patient_id = ${tx.acting.patientId}
        and (problem.kind = any (${seen.current}) and problem.written_at >= ${open.from}
          or problem.kind = any (${seen.historical}) and problem.written_at < ${open.from})
    )
    select entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title, entry.code_system, entry.code,
      entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
      entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
      entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
      entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash,
      linked.problem_id, linked.title as problem_title
    from shown entry
    left join linked on linked.entry_id = entry.entry_id
    where (entry.kind <> 'note' or entry.encounter_key is null)
      and (entry.kind not in ('result-group', 'report') or entry.text is not null
        or entry.value_text is not null)
      and (entry.kind = any (${open.current}) and entry.written_at >= ${open.from}
        or entry.kind = any (${open.historical}) and entry.written_at < ${open.from})
    order by lower(linked.title) nulls last, linked.problem_id, entry.clinical_at desc nulls last,
      entry.recorded_at desc, entry.entry_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
  const under = rows.slice(0, size).flatMap((row) => {
    const { problemId, problemTitle, ...released } = row
    return disclose([released], [grant]).map((entry) => ({
      entry,
      ...(problemId !== undefined &&
        problemTitle !== undefined && { problem: { entryId: problemId, title: problemTitle } }),
    }))
  })
  return { under, hasMore: rows.length > size }
}

/** Disclosed entries of these kinds that belong to this condition, newest first. */
export async function entriesOfProblem(
  { tx, grants: [grant] }: Reader,
  kinds: readonly EntryKind[],
  problemId: Id<'Entry'>,
  { page, size }: { readonly page: number; readonly size: number },
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
      and (entry.kind <> 'note' or entry.encounter_key is null)
      and (entry.kind not in ('result-group', 'report') or entry.text is not null
        or entry.value_text is not null)
      and entry.entry_id = any (array(
        select link.entry_id
        from record.shown_problem_link link
        where link.practice = ${tx.acting.practice}
          and link.patient_id = ${tx.acting.patientId}
          and link.problem_id = ${problemId}))
      and (entry.kind = any (${open.current}) and entry.written_at >= ${open.from}
        or entry.kind = any (${open.historical}) and entry.written_at < ${open.from})
    order by entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
  return pageOf(rows, grant, page, size)
}
