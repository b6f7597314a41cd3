import type { Id } from '#kernel/id'
import { sql, type Proof, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import {
  disclose,
  openSpans,
  type DisclosedEntry,
  type RecordGrant,
  type ReleasedEntry,
} from '../domain/disclosure.ts'
import type { EntryKind, Section } from '../domain/entry.ts'

/** Proof to read what is released to one patient, and nothing else. */
export interface PatientReader extends Proof {
  readonly role: 'po_patient'
  readonly patientId: PatientId
}

/** Who reads, and what they were given. */
export interface Reader {
  readonly tx: Tx<PatientReader>
  readonly grants: readonly RecordGrant[]
}

/** A page of a list, from page 1, and whether there is another after it. */
export interface EntryPage {
  readonly entries: readonly DisclosedEntry[]
  readonly page: number
  readonly hasMore: boolean
}

/**
 * Of the patient's disclosed entries, newest first: those of these kinds, and with `isActive` only
 * those in use or not. A note inside a consultation is read there.
 */
export async function entriesOfKinds(
  { tx, grants }: Reader,
  kinds: readonly EntryKind[],
  {
    page,
    size,
    isActive,
  }: { readonly page: number; readonly size: number; readonly isActive?: boolean },
): Promise<EntryPage> {
  const rows = await tx.many<ReleasedEntry>(sql`
    select entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title, entry.code_system, entry.code,
      entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
      entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
      entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
      entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash
    from record.shown_entry entry
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${tx.acting.patientId}
      and entry.kind = any (${kinds})
      and (entry.kind <> 'note' or entry.encounter_key is null)
      and (${isActive}::boolean is null
        or (coalesce(entry.detail ->> 'status', 'active') = 'active') = ${isActive})
      and exists (
        select
        from jsonb_to_recordset(${spansOf(kinds, grants)}::jsonb) as open (kind text, "from" timestamptz, until timestamptz)
        where open.kind = entry.kind
          and coalesce(entry.filed_at, entry.recorded_at) >= coalesce(open."from", '-infinity')
          and coalesce(entry.filed_at, entry.recorded_at) < coalesce(open.until, 'infinity'))
    order by entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
  return pageOf(rows, grants, page, size)
}

/** The latest disclosed result of each test, newest first, and reports that say something themselves. */
export async function latestByTest(
  { tx, grants }: Reader,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<EntryPage> {
  const kinds = ['result', 'result-group', 'report'] as const
  const rows = await tx.many<ReleasedEntry>(sql`
    select latest.entry_id, latest.source, latest.source_key, latest.kind, latest.title, latest.code_system,
      latest.code, latest.clinical_at, latest.clinical_precision, latest.recorded_at,
      latest.filed_at, latest.value_number, latest.value_comparator, latest.value_text, latest.unit,
      latest.range_low, latest.range_high, latest.range_text, latest.text, latest.author,
      latest.organisation, latest.encounter_key, latest.parent_key, latest.position, latest.detail,
      latest.document_hash
    from (
      select distinct on (coalesce(entry.code_system || ' ' || entry.code, lower(entry.title)))
        entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title, entry.code_system, entry.code,
        entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
        entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
        entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
        entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash
      from record.shown_entry entry
      where entry.practice = ${tx.acting.practice}
        and entry.patient_id = ${tx.acting.patientId}
        and entry.kind = any (${kinds})
        and (entry.kind = 'result' or entry.text is not null or entry.value_text is not null)
        and exists (
          select
          from jsonb_to_recordset(${spansOf(kinds, grants)}::jsonb) as open (kind text, "from" timestamptz, until timestamptz)
          where open.kind = entry.kind
            and coalesce(entry.filed_at, entry.recorded_at) >= coalesce(open."from", '-infinity')
            and coalesce(entry.filed_at, entry.recorded_at) < coalesce(open.until, 'infinity'))
      order by coalesce(entry.code_system || ' ' || entry.code, lower(entry.title)),
        entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id
    ) latest
    order by latest.clinical_at desc nulls last, latest.recorded_at desc, latest.entry_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
  return pageOf(rows, grants, page, size)
}

/** One disclosed entry, or `undefined`: held, withheld, not theirs and not there are the same. */
export async function disclosedEntry(
  { tx, grants }: Reader,
  entryId: Id<'Entry'>,
): Promise<DisclosedEntry | undefined> {
  const rows = await tx.many<ReleasedEntry>(sql`
    select entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title, entry.code_system, entry.code,
      entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
      entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
      entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
      entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash
    from record.shown_entry entry
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${tx.acting.patientId}
      and entry.entry_id = ${entryId}
  `)
  return disclose(rows, grants)[0]
}

/** Every disclosed result of the test that this one is of, newest first, at most 200. */
export async function resultsOfTest(
  { tx, grants }: Reader,
  { code, codeSystem, title }: DisclosedEntry,
): Promise<readonly DisclosedEntry[]> {
  const test =
    code !== undefined && codeSystem !== undefined ? `${codeSystem} ${code}` : title.toLowerCase()
  const rows = await tx.many<ReleasedEntry>(sql`
    select entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title, entry.code_system, entry.code,
      entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
      entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
      entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
      entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash
    from record.shown_entry entry
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${tx.acting.patientId}
      and entry.kind in ('result', 'result-group', 'report')
      and coalesce(entry.code_system || ' ' || entry.code, lower(entry.title)) = ${test}
    order by entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id
    limit 200
  `)
  return disclose(rows, grants)
}

/** Disclosed entries written in one of these, or with one of these as their parent, in their order; at most 500. */
export async function entriesWithin(
  { tx, grants }: Reader,
  holders: readonly DisclosedEntry[],
  kinds: readonly EntryKind[],
): Promise<readonly DisclosedEntry[]> {
  const keys = holders.map((holder) => holder.sourceKey)
  const rows = await tx.many<ReleasedEntry>(sql`
    select entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title, entry.code_system, entry.code,
      entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
      entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
      entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
      entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash
    from record.shown_entry entry
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${tx.acting.patientId}
      and entry.kind = any (${kinds})
      and (entry.encounter_key = any (${keys}) or entry.parent_key = any (${keys}))
    order by entry.clinical_at desc nulls last, entry.position, entry.entry_id
    limit 500
  `)
  const isHeld = (row: ReleasedEntry) =>
    holders.some(
      (holder) =>
        holder.source === row.source &&
        (holder.sourceKey === row.encounterKey || holder.sourceKey === row.parentKey),
    )
  return disclose(rows.filter(isHeld), grants)
}

/** Disclosed entries filed or recorded from `from` on, newest first, at most `limit`. */
export async function newEntries(
  { tx, grants }: Reader,
  kinds: readonly EntryKind[],
  from: Date,
  limit: number,
): Promise<readonly DisclosedEntry[]> {
  const rows = await tx.many<ReleasedEntry>(sql`
    select entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title, entry.code_system, entry.code,
      entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
      entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
      entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
      entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash
    from record.shown_entry entry
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${tx.acting.patientId}
      and entry.kind = any (${kinds})
      and coalesce(entry.filed_at, entry.recorded_at) >= ${from}
      and exists (
        select
        from jsonb_to_recordset(${spansOf(kinds, grants)}::jsonb) as open (kind text, "from" timestamptz, until timestamptz)
        where open.kind = entry.kind
          and coalesce(entry.filed_at, entry.recorded_at) >= coalesce(open."from", '-infinity')
          and coalesce(entry.filed_at, entry.recorded_at) < coalesce(open.until, 'infinity'))
    order by coalesce(entry.filed_at, entry.recorded_at) desc, entry.entry_id
    limit ${limit}
  `)
  return disclose(rows, grants)
}

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

/** The parts of the record that are still waiting for something from elsewhere. */
export async function incompleteSections(tx: Tx<PatientReader>): Promise<ReadonlySet<Section>> {
  const rows = await tx.many<{ readonly section: Section }>(sql`
    select distinct section
    from record.published_section_state
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and state = 'incomplete'
    order by section
  `)
  return new Set(rows.map((row) => row.section))
}

function spansOf(kinds: readonly EntryKind[], grants: readonly RecordGrant[]): string {
  return JSON.stringify(openSpans(kinds, grants))
}

function pageOf(
  rows: readonly ReleasedEntry[],
  grants: readonly RecordGrant[],
  page: number,
  size: number,
): EntryPage {
  return { entries: disclose(rows.slice(0, size), grants), page, hasMore: rows.length > size }
}
