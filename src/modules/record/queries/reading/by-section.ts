import { sql } from '#platform/db'
import type { ReleasedEntry } from '../../domain/disclosure.ts'
import { openingsOf } from '../../domain/reading/openings.ts'
import type { SectionFacts } from '../../domain/sections.ts'
import { pageOf, type EntryPage, type Listing, type Reader } from '../entries.ts'

/** Which entries a list of one part of the record is of. What is not given does not narrow it. */
interface SectionListing extends Omit<Listing, 'withNotes'> {
  /** Only those in use, or only those not. */
  readonly isActive?: boolean
}

/**
 * As `entriesOfKinds`, of one part of the record: nothing is read beyond the page that is asked for,
 * however long the record is.
 */
export async function entriesOfSection(
  { tx, grants: [grant] }: Reader,
  { section, kinds }: Pick<SectionFacts, 'section' | 'kinds'>,
  { page, size, isActive, fromYear, untilYear }: SectionListing,
): Promise<EntryPage> {
  const open = openingsOf(kinds, grant)
  const rows = await tx.many<ReleasedEntry>(sql`
    select entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title, entry.code_system, entry.code,
      entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
      entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
      entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
      entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash
    from record.shown_in_order entry
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${tx.acting.patientId}
      and entry.area = ${section}
      and (entry.kind not in ('result-group', 'report') or entry.text is not null
        or entry.value_text is not null)
      and (${isActive}::boolean is null
        or (coalesce(entry.detail ->> 'status', 'active') = 'active') = ${isActive})
      and (${fromYear}::integer is null
        or extract(year from entry.clinical_at at time zone 'Europe/London') >= ${fromYear})
      and (${untilYear}::integer is null
        or extract(year from entry.clinical_at at time zone 'Europe/London') <= ${untilYear})
      and (entry.kind = any (${open.current}) and entry.written_at >= ${open.from}
        or entry.kind = any (${open.historical}) and entry.written_at < ${open.from})
    order by entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
  return pageOf(rows, grant, page, size)
}
