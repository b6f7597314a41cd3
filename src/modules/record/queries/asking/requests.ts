import type { NhsNumber } from '#kernel/nhs-number'
import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type {
  About,
  Answer,
  QuestionId,
  RequestId,
  RequestKind,
  RequestOutcome,
} from '../../domain/asking/request.ts'

/** A request as the person who made it sees it. */
export interface OwnRequest {
  readonly requestId: RequestId
  readonly kind: RequestKind
  readonly words: string
  readonly askedAt: Date
  readonly dueOn: LocalDate
  readonly answeredAt?: Date
  readonly outcome?: RequestOutcome
  readonly answer?: string
}

/** What this person asked for this patient, newest first, at most 20. Others' requests are not among them. */
export function ownRequests(tx: Tx<Acting<'record'>>): Promise<readonly OwnRequest[]> {
  return tx.many<OwnRequest>(sql`
    select request_id, kind, words, asked_at, due_on, answered_at, outcome, answer
    from record.review_request
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and account_id = ${tx.acting.accountId}
    order by asked_at desc, request_id
    limit 20
  `)
}

/** A question to the patient about one entry, which it does not name. */
export interface OwnQuestion {
  readonly questionId: QuestionId
  readonly about: About
  readonly happenedOn?: LocalDate
  readonly askedAt: Date
  readonly answer?: Answer
}

/** Questions put to this very account, the open ones first, at most 20. */
export function ownQuestions(tx: Tx<Acting<'record'>>): Promise<readonly OwnQuestion[]> {
  return tx.many<OwnQuestion>(sql`
    select question_id, about, happened_on, asked_at, answer
    from record.patient_question
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and account_id = ${tx.acting.accountId}
    order by answered_at is not null, asked_at desc, question_id
    limit 20
  `)
}

/** A request in the practice's list. */
export interface RequestRow extends OwnRequest {
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly askedAs: 'self' | 'proxy'
  readonly answeredBy?: string
}

/** Requests, what is due first on top and then the answered, at most 100; or the one with this id. */
export function reviewRequests(
  tx: Tx<StaffActing<'decide-disclosure'>>,
  requestId?: RequestId,
): Promise<readonly RequestRow[]> {
  return tx.many<RequestRow>(sql`
    select request.request_id, request.patient_id, patient.nhs_number, patient.given_name,
      patient.family_name, request.asked_as, request.kind, request.words, request.asked_at,
      request.due_on, request.answered_at, staff.name as answered_by, request.outcome,
      request.answer
    from record.review_request request
    join directory.patient
      on patient.practice = request.practice
      and patient.patient_id = request.patient_id
    left join directory.staff
      on staff.practice = request.practice
      and staff.staff_id = request.answered_by
    where request.practice = ${tx.acting.practice}
      and (${requestId}::uuid is null or request.request_id = ${requestId}::uuid)
    order by request.answered_at is not null, request.due_on, request.request_id
    limit 100
  `)
}
