import type { Id } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { Lane } from '../../domain/deciding/categories.ts'
import type { EntryKind } from '../../domain/entry.ts'

type Decider = Tx<StaffActing<'decide-disclosure'>>

/** How much of each kind of work waits, besides the queues of held entries. */
export interface WorkCounts {
  /** Releases that somebody else proposed. */
  readonly second: number
  /** Withheld or hidden, their day come. */
  readonly due: number
  readonly requests: number
  readonly accessTasks: number
  readonly incidents: number
  readonly readings: number
}

/** What waits for whoever decides, today. What only another person may do is not counted. */
export async function workCounts(tx: Decider, today: LocalDate): Promise<WorkCounts> {
  const row = await tx.maybe<WorkCounts>(sql`
    select
      (select count(*)
        from record.disclosure_decision decision
        where decision.practice = ${tx.acting.practice}
          and decision.proposes
          and decision.staff_id <> ${tx.acting.staffId}
          and not exists (
            select
            from record.disclosure_decision later
            where later.practice = decision.practice
              and later.entry_id = decision.entry_id
              and later.decision_no > decision.decision_no)) as second,
      (select count(*)
        from record.disclosure_decision decision
        where decision.practice = ${tx.acting.practice}
          and decision.outcome in ('withheld', 'hidden')
          and (decision.review_on <= ${today}
            or exists (
              select
              from record.patient_question question
              where question.practice = decision.practice
                and question.entry_id = decision.entry_id
                and decision.awaits = 'answer'
                and question.answered_at >= decision.decided_at))
          and not exists (
            select
            from record.disclosure_decision later
            where later.practice = decision.practice
              and later.entry_id = decision.entry_id
              and later.decision_no > decision.decision_no)) as due,
      (select count(*)
        from record.review_request request
        where request.practice = ${tx.acting.practice}
          and request.answered_at is null) as requests,
      (select count(*)
        from record.access_task task
        where task.practice = ${tx.acting.practice}
          and task.done_at is null) as access_tasks,
      (select count(*)
        from record.recall
        where recall.practice = ${tx.acting.practice}
          and recall.closed_at is null) as incidents,
      (select count(*)
        from record.second_reading reading
        where reading.practice = ${tx.acting.practice}
          and reading.read_at is null) as readings
  `)
  return row ?? { second: 0, due: 0, requests: 0, accessTasks: 0, incidents: 0, readings: 0 }
}

/** A release that one person proposed. */
export interface ProposedRow {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly kind: EntryKind
  readonly title: string
  readonly decidedAt: Date
  readonly lane: Lane
  readonly firstName: string
  /** The person who asks proposed it: somebody else has to release it. */
  readonly isOwn: boolean
}

/** Releases that wait for a second person, the longest wait first, at most 100. */
export function proposedReleases(tx: Decider): Promise<readonly ProposedRow[]> {
  return tx.many<ProposedRow>(sql`
    select entry.entry_id, entry.patient_id, patient.nhs_number, patient.given_name,
      patient.family_name, entry.kind, entry.title, decision.decided_at,
      coalesce(decision.lane, 'clinician') as lane, staff.name as first_name,
      decision.staff_id = ${tx.acting.staffId} as is_own
    from record.disclosure_decision decision
    join record.entry
      on entry.practice = decision.practice
      and entry.entry_id = decision.entry_id
      and entry.content_hash = decision.content_hash
      and entry.closed_at is null
    join directory.patient
      on patient.practice = entry.practice
      and patient.patient_id = entry.patient_id
    join directory.staff
      on staff.practice = decision.practice
      and staff.staff_id = decision.staff_id
    where decision.practice = ${tx.acting.practice}
      and decision.proposes
      and not exists (
        select
        from record.disclosure_decision later
        where later.practice = decision.practice
          and later.entry_id = decision.entry_id
          and later.decision_no > decision.decision_no)
    order by decision.decided_at, decision.entry_id
    limit 100
  `)
}
