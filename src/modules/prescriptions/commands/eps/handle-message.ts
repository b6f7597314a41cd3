import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import type { MessageState } from '../../queries/eps/messages.ts'
import type { PatientId } from '#modules/directory'
import type { OrderId } from '../../domain/item.ts'

type Handling = Tx<StaffActing<'triage-prescriptions'>>
type Sending = Tx<StaffActing<'decide-prescriptions'>>
export type MessageId = Id<'Message'>

/** Why nothing was done with a message: where it stands instead, or that there is none. */
export type HandleRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'moved-on'; readonly state: MessageState }

interface Handled {
  readonly state: MessageState
  readonly patientId: PatientId
  readonly orderId: OrderId
}

/** Where a message stands, locked: a job that is sending it now is waited for. */
async function heldMessage(
  tx: Tx<StaffActing>,
  messageId: MessageId,
  from: readonly MessageState[],
): Promise<Result<Handled, HandleRefusal>> {
  const message = await tx.maybe<Handled>(sql`
    select state, patient_id, order_id
    from prescriptions.eps_message
    where practice = ${tx.acting.practice}
      and message_id = ${messageId}
    for update
  `)
  if (!message) return refuse({ reason: 'not-found' })
  if (!from.includes(message.state)) return refuse({ reason: 'moved-on', state: message.state })
  return accept(message)
}

/**
 * Sends a message again now, the same under the same id: one that waits for its next try, or one
 * that was given up. It may have been taken before; it is known by its id then.
 */
export async function retryMessage(
  tx: Handling,
  messageId: MessageId,
): Promise<Result<void, HandleRefusal>> {
  const held = await heldMessage(tx, messageId, ['waiting', 'failed'])
  if (!held.ok) return held
  await tx.run(sql`
    update prescriptions.eps_message
    set state = 'waiting', tries = least(tries, 1), next_try_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and message_id = ${messageId}
  `)
  await seeAlertsOf(tx, messageId)
  await enqueue(tx, 'prescriptions.post-message', { messageId })
  await recordEvent(tx, {
    type: 'prescriptions.prescription-sent-again',
    about: held.value.patientId,
    details: { messageId },
  })
  return accept(undefined)
}

/**
 * Puts the items of a message on paper: it is not sent any more. Whoever does so has made sure that
 * it was not taken, where it was tried.
 */
export async function putMessageOnPaper(
  tx: Handling,
  messageId: MessageId,
): Promise<Result<void, HandleRefusal>> {
  const held = await heldMessage(tx, messageId, ['waiting', 'failed', 'rejected'])
  if (!held.ok) return held
  const { practice } = tx.acting
  const why = held.value.state === 'rejected' ? 'rejected' : 'practice-choice'
  await tx.run(sql`
    with closed as (
      update prescriptions.eps_message
      set state = 'on-paper', next_try_at = null
      where practice = ${practice}
        and message_id = ${messageId}
    ), released as (
      update prescriptions.eps_line
      set released_at = ${tx.now}
      where practice = ${practice}
        and message_id = ${messageId}
      returning practice, item_id
    )
    update prescriptions.order_item item
    set paper_reason = ${why}
    from released
    where item.practice = ${practice}
      and item.practice = released.practice
      and item.item_id = released.item_id
      and item.state = 'approved'
  `)
  await seeAlertsOf(tx, messageId)
  await recordEvent(tx, {
    type: 'prescriptions.prescription-put-on-paper',
    about: held.value.patientId,
    details: { messageId, why },
  })
  return accept(undefined)
}

/**
 * Sends the items of a refused message as a new prescription, once what was refused is put right:
 * where they go, who prescribes and for whom is read anew; drug, dose and quantity stay as approved.
 */
export async function sendAnew(
  tx: Sending,
  messageId: MessageId,
): Promise<Result<void, HandleRefusal>> {
  const held = await heldMessage(tx, messageId, ['rejected'])
  if (!held.ok) return held
  const { practice } = tx.acting
  const { orderId, patientId } = held.value
  const lines = await tx.many<{ readonly lineId: string }>(sql`
    with closed as (
      update prescriptions.eps_message
      set state = 'sent-anew', next_try_at = null
      where practice = ${practice}
        and message_id = ${messageId}
    )
    update prescriptions.eps_line
    set released_at = ${tx.now}
    where practice = ${practice}
      and message_id = ${messageId}
    returning line_id
  `)
  for (const { lineId } of lines) await requeue(tx, lineId)
  await seeAlertsOf(tx, messageId)
  await enqueue(tx, 'prescriptions.write-messages', { orderId })
  await recordEvent(tx, {
    type: 'prescriptions.prescription-sent-anew',
    about: patientId,
    details: { messageId, orderId },
  })
  return accept(undefined)
}

async function requeue(tx: Sending, lineId: string): Promise<void> {
  const { practice } = tx.acting
  await tx.run(sql`
    insert into prescriptions.eps_line
      (practice, line_id, item_id, order_id, patient_id, staff_id, kind, approved, queued_at)
    select practice, ${newId(tx.now)}::uuid, item_id, order_id, patient_id, staff_id, kind,
      approved, ${tx.now}::timestamptz
    from prescriptions.eps_line
    where practice = ${practice}
      and line_id = ${lineId}
  `)
}

/** Marks an alert as seen by this person; an alert that is seen already stays as it was. */
export async function seeAlert(tx: Handling, alertId: Id<'Alert'>): Promise<boolean> {
  const { practice, staffId } = tx.acting
  const seen = await tx.maybe<{ readonly patientId: PatientId }>(sql`
    update prescriptions.eps_alert
    set seen_at = coalesce(seen_at, ${tx.now}), seen_by = coalesce(seen_by, ${staffId})
    where practice = ${practice}
      and alert_id = ${alertId}
    returning patient_id
  `)
  if (!seen) return false
  await recordEvent(tx, {
    type: 'prescriptions.alert-seen',
    about: seen.patientId,
    details: { alertId },
  })
  return true
}

async function seeAlertsOf(tx: Tx<StaffActing>, messageId: MessageId): Promise<void> {
  await tx.run(sql`
    update prescriptions.eps_alert
    set seen_at = ${tx.now}, seen_by = ${tx.acting.staffId}
    where practice = ${tx.acting.practice}
      and message_id = ${messageId}
      and kind in ('rejected', 'failed')
      and seen_at is null
  `)
}
