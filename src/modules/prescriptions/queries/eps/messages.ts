import type { NhsNumber } from '#kernel/nhs-number'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { OrderId } from '../../domain/item.ts'

/** Where a message stands; only `waiting` is ever sent. */
export type MessageState = 'waiting' | 'accepted' | 'rejected' | 'failed' | 'on-paper' | 'sent-anew'

/** A message, locked until the transaction ends, so that nobody else sends or decides it. */
export interface LockedMessage {
  readonly messageId: string
  readonly orderId: OrderId
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly prescriptionId: string
  readonly body: string
  readonly writtenAt: Date
  readonly state: MessageState
  readonly tries: number
  readonly askFailures: number
  readonly nextAskAt?: Date
  readonly items: number
  /** How many of its items are still approved, and nothing else by now. */
  readonly approvedItems: number
}

/** One message of the practice by its id. */
export function lockedMessage(
  tx: Tx<SystemProof>,
  messageId: string,
): Promise<LockedMessage | undefined> {
  const { practice } = tx.acting
  return tx.maybe<LockedMessage>(sql`
    select message.message_id, message.order_id, message.patient_id, patient.nhs_number,
      message.prescription_id, message.body, message.written_at, message.state, message.tries,
      message.ask_failures, message.next_ask_at, (
        select count(*)
        from prescriptions.eps_line line
        where line.practice = ${practice}
          and line.message_id = message.message_id) as items, (
        select count(*)
        from prescriptions.eps_line line
        join prescriptions.order_item item
          on item.practice = line.practice
          and item.item_id = line.item_id
        where line.practice = ${practice}
          and line.message_id = message.message_id
          and item.state = 'approved') as approved_items
    from prescriptions.eps_message message
    join directory.patient
      on patient.practice = message.practice
      and patient.patient_id = message.patient_id
    where message.practice = ${practice}
      and message.message_id = ${messageId}
    for update of message
  `)
}
