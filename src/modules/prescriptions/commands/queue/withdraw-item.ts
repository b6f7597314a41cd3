import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { StaffItem } from '../../queries/queue.ts'
import type { DecideRefusal } from '../decide-item.ts'
import { itemToMove, lostTo, type ShownItem } from './write-step.ts'

/**
 * Takes an approval back before the medicine is with the patient, who is told. What was not sent yet
 * is not sent; what a pharmacy may have already is not cancelled there by this. `patientText` is read
 * by the patient.
 *
 * Source: DOMAIN RX-6, RX-8.
 * Hazard: H-017 (something unsafe was approved).
 */
export async function withdrawItem(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  shown: ShownItem,
  patientText: string | undefined,
): Promise<Result<StaffItem, DecideRefusal>> {
  const { staffId } = tx.acting
  const found = await itemToMove(
    tx,
    shown,
    'withdraw',
    (now) => now.state === 'withdrawn' && now.withdrawnBy === staffId,
  )
  if (!found.ok) return found
  const { item, to } = found.value
  if (to === undefined) return accept(item)
  if (!(await writeWithdrawal(tx, item, patientText))) {
    return refuse(await lostTo(tx, item.itemId))
  }
  return accept({ ...item, state: to, version: item.version + 1 })
}

async function writeWithdrawal(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  item: StaffItem,
  patientText: string | undefined,
): Promise<boolean> {
  const { practice, actor, staffId } = tx.acting
  const { itemId, orderId, patientId } = item
  const written = await tx.run(sql`
    with withdrawn as (
      update prescriptions.order_item
      set state = 'withdrawn', version = version + 1, status_at = ${tx.now},
        withdrawn_by = ${staffId}, patient_text = ${patientText}
      where practice = ${practice}
        and item_id = ${itemId}
        and state = ${item.state}
        and version = ${item.version}
      returning practice, item_id, version, patient_id, state, status_at
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, status_at
      from withdrawn
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, status_at, 'prescriptions.item-withdrawn',
        ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
        ${JSON.stringify({ orderId, itemId })}::jsonb
      from withdrawn
    )
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice, ${newId(tx.now)}::uuid, 'prescriptions.send-pharmacy-news',
      ${JSON.stringify({ patientId, orderId, itemId })}::jsonb, status_at
    from withdrawn
  `)
  return written === 1
}
