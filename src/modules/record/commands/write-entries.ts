import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import { documentHash } from '../domain/content.ts'
import { laneOf, needsTwo, type Lane } from '../domain/deciding/categories.ts'
import type { PatientCopy } from '../domain/deciding/patient-copy.ts'
import {
  takesTwo,
  type Awaits,
  type Ground,
  type NextDecision,
  type Outcome,
} from '../domain/decision.ts'
import type { IncomingEntry, IncomingRecord } from '../domain/entry.ts'
import type { Reason } from '../domain/screening.ts'

/** An entry to be written, new or in place of what was there. */
export interface EntryToWrite {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly source: string
  readonly entry: IncomingEntry
  readonly contentHash: string
}

/** A decision to be added, with the number it gets. */
export interface DecisionToAdd {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly contentHash: string
  readonly decisionNo: number
  readonly ruleset: string
  readonly decision: NextDecision
  /** This content was held before in a way that takes two people to release. */
  readonly isGuarded?: boolean
}

/** Adds entries, or replaces those with the same key, opening them again where they were closed. */
export async function writeEntries(
  tx: Tx<SystemProof>,
  entries: readonly EntryToWrite[],
): Promise<void> {
  if (entries.length === 0) return
  await tx.run(sql`
    insert into record.entry
      (practice, entry_id, patient_id, source, source_key, kind, title, code_system, code, codings,
       clinical_at, clinical_precision, recorded_at, filed_at, value_number, value_comparator,
       value_text, unit, range_low, range_high, range_text, text, author, organisation,
       encounter_key, parent_key, position, links, detail, markers, resource, document_hash,
       content_hash, stored_at)
    select ${tx.acting.practice}, given.id, given.patient, given.source, given.key, given.kind,
      given.title, given.codings -> 0 ->> 'system', given.codings -> 0 ->> 'code',
      coalesce(given.codings, '[]'), given.at, given.precision, given.recorded, given.filed,
      given.number, given.comparator, given.words, given.unit, given.low, given.high, given.range,
      given.text, given.author, given.organisation, given.encounter, given.parent,
      coalesce(given.position, 0), coalesce(given.links, '[]'), coalesce(given.detail, '{}'),
      coalesce(given.markers, '{}'), given.resource, given.document, given.hash,
      ${tx.now}::timestamptz
    from jsonb_to_recordset(${jsonOf(entries.map(entryRow))}::jsonb) as given (
      id uuid, patient uuid, source text, key text, kind text, title text, codings jsonb,
      at timestamptz, precision text, recorded timestamptz, filed timestamptz,
      number double precision, comparator text, words text, unit text, low double precision,
      high double precision, range text, text text, author text, organisation text,
      encounter text, parent text, position integer, links jsonb, detail jsonb, markers text[],
      resource jsonb, document text, hash text)
    on conflict (practice, patient_id, source, source_key) do update set
      kind = excluded.kind, title = excluded.title, code_system = excluded.code_system,
      code = excluded.code, codings = excluded.codings, clinical_at = excluded.clinical_at,
      clinical_precision = excluded.clinical_precision, recorded_at = excluded.recorded_at,
      filed_at = excluded.filed_at, value_number = excluded.value_number,
      value_comparator = excluded.value_comparator, value_text = excluded.value_text,
      unit = excluded.unit, range_low = excluded.range_low, range_high = excluded.range_high,
      range_text = excluded.range_text, text = excluded.text, author = excluded.author,
      organisation = excluded.organisation, encounter_key = excluded.encounter_key,
      parent_key = excluded.parent_key, position = excluded.position, links = excluded.links,
      detail = excluded.detail, markers = excluded.markers, resource = excluded.resource,
      document_hash = excluded.document_hash, content_hash = excluded.content_hash,
      stored_at = excluded.stored_at, closed_at = null
  `)
  await writeDocuments(tx, entries)
}

function entryRow({ entryId, patientId, source, entry, contentHash }: EntryToWrite) {
  const { value } = entry
  return {
    id: entryId,
    patient: patientId,
    source,
    key: entry.sourceKey,
    kind: entry.kind,
    title: entry.title,
    codings: entry.codings,
    at: entry.clinicalAt,
    precision: entry.clinicalAt && (entry.clinicalPrecision ?? 'day'),
    recorded: entry.recordedAt,
    filed: entry.filedAt,
    number: value?.number,
    comparator: value?.comparator,
    words: value?.text,
    unit: value?.unit,
    low: value?.low,
    high: value?.high,
    range: value?.rangeText,
    text: entry.text,
    author: entry.author,
    organisation: entry.organisation,
    encounter: entry.encounterKey,
    parent: entry.parentKey,
    position: entry.position,
    links: entry.links,
    detail: entry.detail,
    markers: entry.markers,
    resource: entry.resource,
    document: documentHash(entry),
    hash: contentHash,
  }
}

async function writeDocuments(
  tx: Tx<SystemProof>,
  entries: readonly EntryToWrite[],
): Promise<void> {
  for (const { entryId, entry } of entries) {
    if (!entry.content) continue
    await tx.run(sql`
      insert into record.document_content (practice, entry_id, document_hash, content_type, bytes)
      values (${tx.acting.practice}, ${entryId}, ${documentHash(entry)},
        ${entry.content.contentType}, ${Buffer.from(entry.content.bytes)})
      on conflict (practice, entry_id, document_hash) do nothing
    `)
    if (entry.content.words === undefined) continue
    await tx.run(sql`
      insert into record.document_words (practice, entry_id, document_hash, words)
      values (${tx.acting.practice}, ${entryId}, ${documentHash(entry)}, ${entry.content.words})
      on conflict (practice, entry_id, document_hash) do nothing
    `)
  }
}

/** Adds decisions. Nothing ever changes or takes away one that is there. */
export async function addDecisions(
  tx: Tx<SystemProof>,
  decisions: readonly DecisionToAdd[],
): Promise<void> {
  if (decisions.length > 0) await insertDecisions(tx, decisions.map(decisionRow))
}

/** A decision by the member of staff who acts. Where no lane is given, its reasons say whose it is. */
export interface StaffDecision {
  readonly entryId: Id<'Entry'>
  readonly contentHash: string
  readonly decisionNo: number
  readonly outcome: Outcome
  readonly reasons: readonly Reason[]
  readonly needsTwo: boolean
  readonly ground?: Ground
  readonly explanation?: string
  readonly reviewOn?: LocalDate
  readonly lane?: Lane
  readonly proposes?: boolean
  readonly firstStaffId?: Id<'Staff'>
  readonly patientCopy?: PatientCopy
  readonly awaits?: Awaits
}

/** Adds decisions of a person. Where somebody else decided meanwhile, the primary key refuses it. */
export function addStaffDecisions(
  tx: Tx<StaffActing<'decide-disclosure'>>,
  patientId: PatientId,
  decisions: readonly StaffDecision[],
): Promise<void> {
  const rows = decisions.map((decision) => ({
    id: decision.entryId,
    no: decision.decisionNo,
    patient: patientId,
    hash: decision.contentHash,
    outcome: decision.outcome,
    by: 'staff',
    staff: tx.acting.staffId,
    reasons: decision.reasons,
    ground: decision.ground,
    explanation: decision.explanation,
    review: decision.reviewOn,
    lane: decision.lane ?? laneOf(decision.reasons),
    two: decision.needsTwo,
    proposes: decision.proposes,
    first: decision.firstStaffId,
    copy: decision.patientCopy,
    awaits: decision.awaits,
  }))
  return insertDecisions(tx, rows)
}

async function insertDecisions(tx: Tx, rows: readonly object[]): Promise<void> {
  await tx.run(sql`
    insert into record.disclosure_decision
      (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
       ruleset, staff_id, reasons, ground, explanation, review_on, lane, needs_two, proposes,
       first_staff_id, patient_copy, awaits)
    select ${tx.acting.practice}, given.id, given.no, given.patient, given.hash, given.outcome,
      ${tx.now}::timestamptz, given.by, given.ruleset, given.staff, given.reasons, given.ground,
      given.explanation, given.review, given.lane, coalesce(given.two, false),
      coalesce(given.proposes, false), given.first, given.copy, given.awaits
    from jsonb_to_recordset(${jsonOf(rows)}::jsonb) as given (
      id uuid, no integer, patient uuid, hash text, outcome text, by text, ruleset text, staff uuid,
      reasons jsonb, ground text, explanation text, review date, lane text, two boolean,
      proposes boolean, first uuid, copy jsonb, awaits text)
  `)
}

function decisionRow({
  entryId,
  patientId,
  contentHash,
  decisionNo,
  ruleset,
  decision,
  isGuarded = false,
}: DecisionToAdd) {
  const row = {
    id: entryId,
    no: decisionNo,
    patient: patientId,
    hash: contentHash,
    outcome: decision.outcome,
    by: decision.decidedBy,
    reasons: decision.reasons,
  }
  if (decision.decidedBy === 'ruleset') {
    if (decision.outcome === 'released') return { ...row, ruleset }
    const { reasons } = decision
    return { ...row, ruleset, lane: laneOf(reasons), two: isGuarded || needsTwo(reasons) }
  }
  const two = isGuarded || takesTwo(decision)
  const kept = { ...row, staff: decision.staffId, review: decision.reviewOn, two }
  if (decision.outcome === 'hidden') return { ...kept, awaits: decision.awaits }
  return { ...kept, ground: decision.ground, explanation: decision.explanation }
}

/** Puts entries whose siblings changed in their new places, and closes those that have gone. */
export async function moveAndClose(
  tx: Tx<SystemProof>,
  moved: readonly { readonly entryId: Id<'Entry'>; readonly position: number }[],
  closed: readonly Id<'Entry'>[],
): Promise<void> {
  if (moved.length > 0) {
    await tx.run(sql`
      update record.entry
      set position = given.position
      from json_to_recordset(${JSON.stringify(moved)}::json) as given ("entryId" uuid, position integer)
      where entry.practice = ${tx.acting.practice}
        and entry.entry_id = given."entryId"
    `)
  }
  if (closed.length > 0) {
    await tx.run(sql`
      update record.entry
      set closed_at = ${tx.now}
      where practice = ${tx.acting.practice}
        and entry_id = any (${closed}::uuid[])
    `)
  }
}

/** Replaces what the source says of whole sections: of all, or of those it speaks of this time. */
export async function writeSections(
  tx: Tx<SystemProof>,
  patientId: PatientId,
  { source, sections, isWhole }: IncomingRecord,
): Promise<void> {
  const spokenOf = sections.map((one) => one.section)
  if (isWhole || spokenOf.length > 0) {
    await tx.run(sql`
      delete from record.section_state
      where practice = ${tx.acting.practice}
        and patient_id = ${patientId}
        and source = ${source}
        and (${isWhole} or section = any (${spokenOf}))
    `)
  }
  if (spokenOf.length === 0) return
  await tx.run(sql`
    insert into record.section_state (practice, patient_id, source, section, state, reason)
    select ${tx.acting.practice}, ${patientId}, ${source}, given.section, given.state, given.reason
    from json_to_recordset(${jsonOf(sections)}::json) as given (section text, state text, reason text)
    on conflict do nothing
  `)
}

/** JSON that Postgres can keep: without NUL characters and halves of surrogate pairs. */
function jsonOf(value: unknown): string {
  const text = JSON.stringify(value)
  if (!/\\u(?:0000|d[89a-f])/i.test(text)) return text
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'string' ? member.toWellFormed().replaceAll('\0', '\uFFFD') : member,
  )
}
