import type { Id } from '#kernel/id'
import { sql, type Proof, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import {
  disclose,
  type DisclosedEntry,
  type RecordGrant,
  type ReleasedEntry,
} from '../domain/disclosure.ts'
import type { EntryKind, Section } from '../domain/entry.ts'
import { openingsOf } from '../domain/reading/openings.ts'

/** Proof to read what is released to one patient, and nothing else. */
export interface PatientReader extends Proof {
  readonly role: 'po_patient'
  readonly patientId: PatientId
}

/** Who reads, and what they were given. */
export interface Reader {
  readonly tx: Tx<PatientReader>
  readonly grants: readonly [RecordGrant]
}

/** A page of a list, from page 1, and whether there is another after it. */
export interface EntryPage {
  readonly entries: readonly DisclosedEntry[]
  readonly page: number
  readonly hasMore: boolean
}

/** Which entries a list is of. What is not given does not narrow it. */
export interface Listing {
  readonly page: number
  readonly size: number
  /** Happened in these years, both included. */
  readonly fromYear?: number
  readonly untilYear?: number
  /** With what otherwise is read elsewhere: notes of consultations, and bare headings of results. */
  readonly withNotes?: boolean
}

/**
 * Of the patient's disclosed entries, newest first: those of these kinds that the listing asks for.
 * A note inside a consultation is read there; a heading that says nothing itself is read with its
 * results.
 */
export async function entriesOfKinds(
  { tx, grants: [grant] }: Reader,
  kinds: readonly EntryKind[],
  { page, size, fromYear, untilYear, withNotes }: Listing,
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
      and entry.kind = any (${kinds})
      and (entry.kind <> 'note' or entry.encounter_key is null or ${withNotes}::boolean)
      and (entry.kind not in ('result-group', 'report') or entry.text is not null
        or entry.value_text is not null or ${withNotes}::boolean)
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

/** The latest disclosed result of each test, newest first, and reports that say something themselves. */
export async function latestByTest(
  { tx, grants: [grant] }: Reader,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<EntryPage> {
  const open = openingsOf(['result', 'result-group', 'report'], grant)
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
        and entry.kind in ('result', 'result-group', 'report')
        and (entry.kind = 'result' or entry.text is not null or entry.value_text is not null)
        and (entry.kind = any (${open.current}) and entry.written_at >= ${open.from}
        or entry.kind = any (${open.historical}) and entry.written_at < ${open.from})
      order by coalesce(entry.code_system || ' ' || entry.code, lower(entry.title)),
        entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id
    ) latest
    order by latest.clinical_at desc nulls last, latest.recorded_at desc, latest.entry_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
  return pageOf(rows, grant, page, size)
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

/** One disclosed entry by the source's own key for it, or `undefined`. */
export async function entryByKey(
  { tx, grants }: Reader,
  source: string,
  sourceKey: string,
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
      and entry.source = ${source}
      and entry.source_key = ${sourceKey}
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
  { tx, grants: [grant] }: Reader,
  kinds: readonly EntryKind[],
  from: Date,
  limit: number,
): Promise<readonly DisclosedEntry[]> {
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
      and entry.kind = any (${kinds})
      and entry.written_at >= ${from}
      and (entry.kind = any (${open.current}) and entry.written_at >= ${open.from}
        or entry.kind = any (${open.historical}) and entry.written_at < ${open.from})
    order by entry.written_at desc, entry.entry_id
    limit ${limit}
  `)
  return disclose(rows, [grant])
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

/** What was read as a page: one row more than fits says that there is another. */
export function pageOf(
  rows: readonly ReleasedEntry[],
  grant: RecordGrant,
  page: number,
  size: number,
): EntryPage {
  return { entries: disclose(rows.slice(0, size), [grant]), page, hasMore: rows.length > size }
}
