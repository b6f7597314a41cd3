import type { Id } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { Lane } from '../domain/deciding/categories.ts'
import type { Answer } from '../domain/asking/request.ts'
import type { Awaits, Ground, Outcome } from '../domain/decision.ts'
import type { EntryKind, Precision } from '../domain/entry.ts'
import type { Reason } from '../domain/screening.ts'

/** What the queue is narrowed to; nothing given is everything. */
export interface QueueFilter {
  /** Whose queue; the clinicians' where none is said. */
  readonly lane?: Lane
  readonly kind?: EntryKind
  readonly rule?: string
}

/** One held entry in the queue. */
export interface QueueRow {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly kind: EntryKind
  readonly title: string
  readonly clinicalAt?: Date
  readonly clinicalPrecision?: Precision
  readonly decidedAt: Date
  readonly reasons: readonly Reason[]
}

type Decider = Tx<StaffActing<'decide-disclosure'>>

/** Where the queue is to go on: after this entry, held since then. */
export interface QueuePlace {
  readonly decidedAt: Date
  readonly entryId: Id<'Entry'>
}

/**
 * Entries that wait for a person, the longest wait first. What the source marks is not among them:
 * nobody here can release it.
 */
export function heldQueue(
  tx: Decider,
  filter: QueueFilter,
  {
    limit,
    offset = 0,
    after,
  }: { readonly limit: number; readonly offset?: number; readonly after?: QueuePlace },
): Promise<readonly QueueRow[]> {
  return tx.many<QueueRow>(sql`
    select entry.entry_id, entry.patient_id, patient.nhs_number, patient.given_name,
      patient.family_name, entry.kind, entry.title, entry.clinical_at, entry.clinical_precision,
      decision.decided_at, decision.reasons
    from record.disclosure_decision decision
    join record.entry
      on entry.practice = decision.practice
      and entry.entry_id = decision.entry_id
      and entry.content_hash = decision.content_hash
      and entry.markers = '{}'
      and entry.closed_at is null
    join directory.patient
      on patient.practice = entry.practice
      and patient.patient_id = entry.patient_id
    where decision.practice = ${tx.acting.practice}
      and decision.outcome = 'held'
      and not decision.proposes
      and coalesce(decision.lane, 'clinician') = ${filter.lane ?? 'clinician'}
      and (${filter.kind}::text is null or entry.kind = ${filter.kind})
      and (${filter.rule}::text is null
        or decision.reasons @> jsonb_build_array(jsonb_build_object('rule', ${filter.rule}::text)))
      and (${after?.decidedAt}::timestamptz is null
        or (decision.decided_at, decision.entry_id) > (${after?.decidedAt}::timestamptz, ${after?.entryId}::uuid))
      and not exists (
        select
        from record.disclosure_decision later
        where later.practice = decision.practice
          and later.entry_id = decision.entry_id
          and later.decision_no > decision.decision_no)
    order by decision.decided_at, decision.entry_id
    limit ${limit}
    offset ${offset}
  `)
}

/** How many entries wait, counted up to `most`. */
export async function heldCount(tx: Decider, filter: QueueFilter, most: number): Promise<number> {
  const row = await tx.maybe<{ readonly count: number }>(sql`
    select count(*) as count
    from (
      select decision.entry_id
      from record.disclosure_decision decision
      join record.entry
        on entry.practice = decision.practice
        and entry.entry_id = decision.entry_id
        and entry.content_hash = decision.content_hash
        and entry.markers = '{}'
        and entry.closed_at is null
      where decision.practice = ${tx.acting.practice}
        and decision.outcome = 'held'
        and not decision.proposes
        and coalesce(decision.lane, 'clinician') = ${filter.lane ?? 'clinician'}
        and (${filter.kind}::text is null or entry.kind = ${filter.kind})
        and (${filter.rule}::text is null
          or decision.reasons @> jsonb_build_array(jsonb_build_object('rule', ${filter.rule}::text)))
        and not exists (
          select
          from record.disclosure_decision later
          where later.practice = decision.practice
            and later.entry_id = decision.entry_id
            and later.decision_no > decision.decision_no)
      limit ${most}
    ) held
  `)
  return row?.count ?? 0
}

/** An entry that is withheld or hidden, and its day has come or what it awaited. */
export interface ReviewRow {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly kind: EntryKind
  readonly title: string
  readonly outcome: 'withheld' | 'hidden'
  readonly ground?: Ground
  readonly awaits?: Awaits
  readonly reviewOn: LocalDate
  readonly lane?: Lane
  /** What the patient said, where they were asked. */
  readonly answer?: Answer
}

/**
 * Withheld and hidden entries to be decided again by `today`, the longest overdue first; a hidden one
 * also once the patient has answered. None is shown until somebody decides.
 */
export function dueForReview(
  tx: Decider,
  today: LocalDate,
  limit: number,
): Promise<readonly ReviewRow[]> {
  return tx.many<ReviewRow>(sql`
    select entry.entry_id, entry.patient_id, patient.nhs_number, patient.given_name,
      patient.family_name, entry.kind, entry.title, decision.outcome, decision.ground,
      decision.awaits, decision.review_on, decision.lane, question.answer
    from record.disclosure_decision decision
    join record.entry
      on entry.practice = decision.practice
      and entry.entry_id = decision.entry_id
      and entry.closed_at is null
    join directory.patient
      on patient.practice = entry.practice
      and patient.patient_id = entry.patient_id
    left join lateral (
      select asked.answer
      from record.patient_question asked
      where asked.practice = decision.practice
        and asked.entry_id = decision.entry_id
        and asked.answered_at >= decision.decided_at
      order by asked.answered_at desc
      limit 1
    ) question on decision.awaits = 'answer'
    where decision.practice = ${tx.acting.practice}
      and decision.outcome in ('withheld', 'hidden')
      and (decision.review_on <= ${today} or question.answer is not null)
      and not exists (
        select
        from record.disclosure_decision later
        where later.practice = decision.practice
          and later.entry_id = decision.entry_id
          and later.decision_no > decision.decision_no)
    order by decision.review_on, decision.entry_id
    limit ${limit}
  `)
}

/** A document's bytes as the entry names them now, for staff who decide about it. */
export function documentForStaff(
  tx: Tx,
  entryId: Id<'Entry'>,
): Promise<
  | { readonly contentType: string; readonly bytes: Buffer; readonly patientId: PatientId }
  | undefined
> {
  return tx.maybe<{
    readonly contentType: string
    readonly bytes: Buffer
    readonly patientId: PatientId
  }>(sql`
    select content.content_type, content.bytes, entry.patient_id
    from record.entry
    join record.document_content content
      on content.practice = entry.practice
      and content.entry_id = entry.entry_id
      and content.document_hash = entry.document_hash
    where entry.practice = ${tx.acting.practice}
      and entry.entry_id = ${entryId}
  `)
}

/** A decision as it was made, for the history of one entry. */
export interface DecisionRow {
  readonly decisionNo: number
  readonly outcome: Outcome
  readonly decidedAt: Date
  readonly decidedBy: 'ruleset' | 'staff'
  readonly ruleset?: string
  readonly staffName?: string
  readonly reasons: readonly Reason[]
  readonly ground?: Ground
  readonly explanation?: string
  readonly reviewOn?: LocalDate
  readonly awaits?: Awaits
  readonly firstName?: string
  readonly isPart: boolean
  readonly proposes: boolean
}

/** Every decision about an entry, the latest first, at most 50. */
export function decisionsOf(tx: Tx, entryId: Id<'Entry'>): Promise<readonly DecisionRow[]> {
  return tx.many<DecisionRow>(sql`
    select decision.decision_no, decision.outcome, decision.decided_at, decision.decided_by,
      decision.ruleset, staff.name as staff_name, decision.reasons, decision.ground,
      decision.explanation, decision.review_on, decision.awaits, first.name as first_name,
      decision.patient_copy is not null as is_part, decision.proposes
    from record.disclosure_decision decision
    left join directory.staff
      on staff.practice = decision.practice
      and staff.staff_id = decision.staff_id
    left join directory.staff first
      on first.practice = decision.practice
      and first.staff_id = decision.first_staff_id
    where decision.practice = ${tx.acting.practice}
      and decision.entry_id = ${entryId}
    order by decision.decision_no desc
    limit 50
  `)
}
