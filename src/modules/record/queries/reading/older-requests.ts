import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { Acting, RecordLevel, StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { OlderRequestId, OlderRequestState } from '../../domain/reading/older.ts'

/** A patient's latest asking for older records, as they see it. */
export interface OwnOlderRequest {
  readonly requestId: OlderRequestId
  readonly askedAt: Date
  readonly state: OlderRequestState
  readonly decidedAt?: Date
  /** What the practice said with a refusal. */
  readonly answer?: string
}

/** The latest asking of the account that acts, or `undefined`. */
export function ownOlderRequest(tx: Tx<Acting<'record'>>): Promise<OwnOlderRequest | undefined> {
  return tx.maybe<OwnOlderRequest>(sql`
    select request_id, asked_at, state, decided_at, answer
    from record.older_request
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and account_id = ${tx.acting.accountId}
    order by asked_at desc, request_id desc
    limit 1
  `)
}

/** One that waits for the practice. */
export interface WaitingRequest {
  readonly requestId: OlderRequestId
  readonly patientId: PatientId
  readonly accountId: string
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly askedAt: Date
  readonly reason: string
}

/** What waits, longest first, at most 100. */
export function waitingRequests(
  tx: Tx<StaffActing<'authorise-access'>>,
): Promise<readonly WaitingRequest[]> {
  return tx.many<WaitingRequest>(sql`
    select request.request_id, request.patient_id, request.account_id, patient.given_name,
      patient.family_name, patient.born_on, request.asked_at, request.reason
    from record.older_request request
    join directory.patient
      on patient.practice = request.practice
      and patient.patient_id = request.patient_id
    where request.practice = ${tx.acting.practice}
      and request.state = 'waiting'
    order by request.asked_at, request.request_id
    limit 100
  `)
}

/** One that waits, locked until the transaction ends; `undefined` where it no longer does. */
export function waitingRequest(
  tx: Tx<StaffActing<'authorise-access'>>,
  requestId: OlderRequestId,
): Promise<WaitingRequest | undefined> {
  return tx.maybe<WaitingRequest>(sql`
    select request.request_id, request.patient_id, request.account_id, patient.given_name,
      patient.family_name, patient.born_on, request.asked_at, request.reason
    from record.older_request request
    join directory.patient
      on patient.practice = request.practice
      and patient.patient_id = request.patient_id
    where request.practice = ${tx.acting.practice}
      and request.request_id = ${requestId}
      and request.state = 'waiting'
    for no key update of request
  `)
}

/** An older entry as the practice works through it. */
export interface OlderEntry {
  readonly entryId: string
  readonly kind: string
  readonly title: string
  readonly clinicalAt?: Date
  readonly recordedAt: Date
  readonly outcome: 'held' | 'released' | 'withheld' | 'hidden'
  readonly byStaff: boolean
}

interface OlderCounts {
  readonly released: number
  readonly withheld: number
  readonly held: number
}

/** How much of what was written before a day is released, kept back by a person, and held. */
export async function olderCounts(
  tx: Tx<StaffActing<'authorise-access'>>,
  patientId: PatientId,
  before: Date,
): Promise<OlderCounts> {
  const row = await tx.maybe<OlderCounts>(sql`
    select
      count(*) filter (where older.state = 'released')::integer as released,
      count(*) filter (where older.state = 'withheld')::integer as withheld,
      count(*) filter (where older.state = 'held')::integer as held
    from (
      select case
        when latest.content_hash is distinct from entry.content_hash then 'held'
        when latest.outcome in ('withheld', 'hidden') then 'withheld'
        else latest.outcome end as state
      from record.entry
      left join lateral (
        select decision.outcome, decision.content_hash
        from record.disclosure_decision decision
        where decision.practice = entry.practice
          and decision.entry_id = entry.entry_id
        order by decision.decision_no desc
        limit 1
      ) latest on true
      where entry.practice = ${tx.acting.practice}
        and entry.patient_id = ${patientId}
        and entry.closed_at is null
        and entry.markers = '{}'
        and coalesce(entry.filed_at, entry.recorded_at) < ${before}
    ) older
  `)
  return row ?? { released: 0, withheld: 0, held: 0 }
}

/**
 * Of what was written before a day: what still waits for a decision, oldest first, or a sample of
 * what rules released without a person, the same each time. At most `limit`.
 */
export function olderEntries(
  tx: Tx<StaffActing<'authorise-access'>>,
  patientId: PatientId,
  before: Date,
  of: 'held' | 'sample',
  limit: number,
): Promise<readonly OlderEntry[]> {
  return tx.many<OlderEntry>(sql`
    select entry.entry_id, entry.kind, entry.title, entry.clinical_at, entry.recorded_at,
      coalesce(latest.outcome, 'held') as outcome,
      coalesce(latest.decided_by = 'staff', false) as by_staff
    from record.entry
    left join lateral (
      select decision.outcome, decision.content_hash, decision.decided_by
      from record.disclosure_decision decision
      where decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      order by decision.decision_no desc
      limit 1
    ) latest on true
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${patientId}
      and entry.closed_at is null
      and entry.markers = '{}'
      and coalesce(entry.filed_at, entry.recorded_at) < ${before}
      and case ${of}::text
        when 'held' then coalesce(latest.outcome, 'held') = 'held'
          or latest.content_hash is distinct from entry.content_hash
        else latest.outcome = 'released' and latest.decided_by = 'ruleset'
          and latest.content_hash = entry.content_hash
        end
    order by
      case when ${of}::text = 'sample' then md5(entry.entry_id::text) end,
      entry.recorded_at, entry.entry_id
    limit ${limit}
  `)
}

/** The level that a request was granted to is one of these. */
export type GrantedLevel = Exclude<RecordLevel, 'none'>
