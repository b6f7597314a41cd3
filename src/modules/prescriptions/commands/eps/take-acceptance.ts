import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { nextAskAt } from '../../domain/eps/tracking.ts'
import type { ItemId } from '../../domain/item.ts'
import type { LockedMessage } from '../../queries/eps/messages.ts'
import { raiseAlert } from './raise-alert.ts'

/**
 * Marks a message as taken and its items as sent. They were sent from the moment the message was
 * written: a pharmacy may have said something of them before the answer came. An item that was
 * withdrawn meanwhile stays so, and staff are told that the pharmacy can have it all the same.
 */
export async function takeAcceptance(tx: Tx<SystemProof>, message: LockedMessage): Promise<void> {
  const { messageId, patientId, orderId, prescriptionId, writtenAt } = message
  const { practice } = tx.acting
  const sent = await tx.many<{ readonly itemId: ItemId }>(sql`
    with taken as (
      update prescriptions.eps_message
      set state = 'accepted', answered_at = ${tx.now}, next_try_at = null, last_fault = null,
        next_ask_at = ${nextAskAt(writtenAt, tx.now, 0)}
      where practice = ${practice}
        and message_id = ${messageId}
    ), sent as (
      update prescriptions.order_item item
      set state = 'sent', version = item.version + 1, prescription_id = ${prescriptionId},
        status_at = ${writtenAt}, paper_reason = null
      from prescriptions.eps_line line
      where item.practice = ${practice}
        and line.practice = item.practice
        and line.item_id = item.item_id
        and line.message_id = ${messageId}
        and item.state = 'approved'
      returning item.practice, item.item_id, item.version, item.patient_id, item.state
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, ${writtenAt}::timestamptz
      from sent
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, patient_id, outcome, details)
      select ${practice}::text, ${newId(tx.now)}::uuid, ${tx.now}::timestamptz,
        'prescriptions.prescription-sent', 'system', ${patientId}::uuid, 'done',
        ${JSON.stringify({ orderId, messageId })}::jsonb
    )
    select item_id
    from sent
    order by item_id
    limit 10
  `)
  if (sent.length < message.items) {
    await raiseAlert(tx, { kind: 'accepted-too-late', cause: messageId, messageId, patientId })
    await recordEvent(tx, {
      type: 'prescriptions.withdrawn-item-sent',
      about: patientId,
      details: { orderId, messageId },
    })
  }
  const askAt = nextAskAt(writtenAt, tx.now, 0)
  if (askAt) await enqueue(tx, 'prescriptions.ask-pharmacy', { messageId }, askAt)
}
