import type { NhsNumber } from '#kernel/nhs-number'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { Refusal } from '../../domain/eps/acknowledgement.ts'
import type { OrderId } from '../../domain/item.ts'
import type { MessageState } from './messages.ts'

/** How many messages a page lists. */
export const messagesOnPage = 20

/** What the practice looks at: what needs someone, what is on its way, what has gone. */
export type OutboxView = 'needs-you' | 'waiting' | 'gone'

/** Refusals as they are stored. */
export type ReasonsDetail = readonly Refusal[]

/** A prescription as staff see it in the outbox. */
export interface OutboxMessage {
  readonly messageId: string
  readonly orderId: OrderId
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly nhsNumber: NhsNumber
  readonly prescriber: string
  readonly pharmacyName: string
  readonly prescriptionId: string
  readonly state: MessageState
  readonly writtenAt: Date
  readonly tries: number
  readonly lastTryAt?: Date
  readonly nextTryAt?: Date
  readonly lastFault?: string
  readonly answeredAt?: Date
  readonly reasonsDetail: ReasonsDetail
  readonly medicines: readonly string[]
}

const statesOf: Readonly<Record<OutboxView, readonly MessageState[]>> = {
  'needs-you': ['rejected', 'failed'],
  waiting: ['waiting'],
  gone: ['accepted', 'on-paper', 'sent-anew'],
}

/**
 * Messages of one kind from the `page`-th page on (from 1), and one more than a page holds where
 * there are more: what needs someone and what waits oldest first, what has gone newest first.
 */
export function outboxMessages(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  view: OutboxView,
  page: number,
): Promise<readonly OutboxMessage[]> {
  const { practice } = tx.acting
  return tx.many<OutboxMessage>(sql`
    select message.message_id, message.order_id, message.patient_id, patient.given_name,
      patient.family_name, patient.nhs_number, staff.name as prescriber,
      pharmacy.name as pharmacy_name, message.prescription_id, message.state, message.written_at,
      message.tries, message.last_try_at, message.next_try_at, message.last_fault,
      message.answered_at, message.reasons as reasons_detail, array(
        select line.approved -> 'drug' ->> 'display'
        from prescriptions.eps_line line
        where line.practice = ${practice}
          and line.message_id = message.message_id
        order by line.line_id
        limit 10) as medicines
    from prescriptions.eps_message message
    join directory.patient
      on patient.practice = message.practice
      and patient.patient_id = message.patient_id
    join directory.staff
      on staff.practice = message.practice
      and staff.staff_id = message.staff_id
    join prescriptions.pharmacy on pharmacy.ods_code = message.destination_ods
    where message.practice = ${practice}
      and message.state = any(${statesOf[view]})
    order by
      case when ${view === 'gone'}::boolean then message.written_at end desc,
      message.written_at, message.message_id
    limit ${messagesOnPage + 1}
    offset ${(page - 1) * messagesOnPage}
  `)
}

/** One message of the practice by its id. */
export function outboxMessage(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  messageId: string,
): Promise<OutboxMessage | undefined> {
  const { practice } = tx.acting
  return tx.maybe<OutboxMessage>(sql`
    select message.message_id, message.order_id, message.patient_id, patient.given_name,
      patient.family_name, patient.nhs_number, staff.name as prescriber,
      pharmacy.name as pharmacy_name, message.prescription_id, message.state, message.written_at,
      message.tries, message.last_try_at, message.next_try_at, message.last_fault,
      message.answered_at, message.reasons as reasons_detail, array(
        select line.approved -> 'drug' ->> 'display'
        from prescriptions.eps_line line
        where line.practice = ${practice}
          and line.message_id = message.message_id
        order by line.line_id
        limit 10) as medicines
    from prescriptions.eps_message message
    join directory.patient
      on patient.practice = message.practice
      and patient.patient_id = message.patient_id
    join directory.staff
      on staff.practice = message.practice
      and staff.staff_id = message.staff_id
    join prescriptions.pharmacy on pharmacy.ods_code = message.destination_ods
    where message.practice = ${practice}
      and message.message_id = ${messageId}
  `)
}

/** How many messages there are of each kind, and how many approved items wait to become one. */
export interface OutboxCounts {
  readonly needsYou: number
  readonly waiting: number
  readonly alerts: number
}

/** Counts for the tabs of the outbox. */
export async function outboxCounts(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
): Promise<OutboxCounts> {
  const { practice } = tx.acting
  const row = await tx.maybe<OutboxCounts>(sql`
    select (
        select count(*)
        from prescriptions.eps_message
        where practice = ${practice}
          and state in ('rejected', 'failed')) as needs_you, (
        select count(*)
        from prescriptions.eps_message
        where practice = ${practice}
          and state = 'waiting') as waiting, (
        select count(*)
        from prescriptions.eps_alert
        where practice = ${practice}
          and seen_at is null
          and kind not in ('rejected', 'failed')) as alerts
  `)
  return row ?? { needsYou: 0, waiting: 0, alerts: 0 }
}

/** Something about a prescription that nobody has looked at yet. */
export interface OpenAlert {
  readonly alertId: string
  readonly kind: 'unknown-status' | 'unread-status' | 'after-withdrawal' | 'accepted-too-late'
  readonly words: string
  readonly raisedAt: Date
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly prescriptionId: string
  readonly pharmacyName: string
}

/** Alerts nobody has seen, oldest first, at most 50. Refused messages stand for themselves. */
export function openAlerts(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
): Promise<readonly OpenAlert[]> {
  return tx.many<OpenAlert>(sql`
    select alert.alert_id, alert.kind, alert.words, alert.raised_at, alert.patient_id,
      patient.given_name, patient.family_name, message.prescription_id,
      pharmacy.name as pharmacy_name
    from prescriptions.eps_alert alert
    join directory.patient
      on patient.practice = alert.practice
      and patient.patient_id = alert.patient_id
    join prescriptions.eps_message message
      on message.practice = alert.practice
      and message.message_id = alert.message_id
    join prescriptions.pharmacy on pharmacy.ods_code = message.destination_ods
    where alert.practice = ${tx.acting.practice}
      and alert.seen_at is null
      and alert.kind not in ('rejected', 'failed')
    order by alert.raised_at, alert.alert_id
    limit 50
  `)
}
