import { newId } from '#kernel/id'
import { localDateOf, minutesAfter } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { decideElectronic, type PaperReason } from '../../domain/eps/electronic.ts'
import { gatherSeconds } from '../../domain/eps/sending.ts'
import type { ItemId } from '../../domain/item.ts'
import { approvedItem, type ApprovedItem } from '../../queries/eps/approved-item.ts'

/**
 * What became of an approved item: it will be sent; it goes on paper for this reason; or its order
 * names no pharmacy, so there is nothing to send.
 */
export type Queued =
  | { readonly goes: 'electronically' | 'as-ordered' }
  | { readonly goes: 'on-paper'; readonly why: PaperReason }

/**
 * Puts an item that was just approved into the outbox, in the transaction of the approval; items of
 * one order approved within a minute go as one prescription. What is sent is what the record said
 * now, whatever it says when it is sent. Where it cannot go electronically, the item says why.
 *
 * Hazard: H-007 (a prescription sent twice), H-008 (something else sent than was approved).
 */
export async function queueForEps(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  itemId: ItemId,
): Promise<Queued> {
  const item = await approvedItem(tx, itemId, tx.acting.staffId)
  if (!item || item.destinationOds === undefined) return { goes: 'as-ordered' }
  const decision = decideElectronic(item, localDateOf(tx.now))
  if (!decision.ok) {
    await putItemOnPaper(tx, item, decision.refusal)
    return { goes: 'on-paper', why: decision.refusal }
  }
  const { durationDays, issuesAllowed, authorisedUntil } = item
  const approved = { ...decision.value, durationDays, issuesAllowed, authorisedUntil }
  await writeLine(tx, item, approved)
  return { goes: 'electronically' }
}

/** A second approval of an item that is on its way already writes nothing. */
async function writeLine(
  tx: Tx<StaffActing>,
  { itemId, orderId, patientId, kind }: ApprovedItem,
  approved: object,
): Promise<void> {
  const { practice, staffId } = tx.acting
  await tx.run(sql`
    with queued as (
      insert into prescriptions.eps_line
        (practice, line_id, item_id, order_id, patient_id, staff_id, kind, approved, queued_at)
      values (${practice}, ${newId(tx.now)}, ${itemId}, ${orderId}, ${patientId}, ${staffId},
        ${kind}, ${JSON.stringify(approved)}, ${tx.now})
      on conflict (practice, item_id) where released_at is null do nothing
      returning practice, order_id
    )
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice, ${newId(tx.now)}::uuid, 'prescriptions.write-messages',
      ${JSON.stringify({ orderId })}::jsonb, ${minutesAfter(tx.now, gatherSeconds / 60)}::timestamptz
    from queued
  `)
}

async function putItemOnPaper(tx: Tx, item: ApprovedItem, why: PaperReason): Promise<void> {
  const { itemId, orderId, patientId } = item
  await tx.run(sql`
    update prescriptions.order_item
    set paper_reason = ${why}
    where practice = ${tx.acting.practice}
      and item_id = ${itemId}
  `)
  await recordEvent(tx, {
    type: 'prescriptions.item-put-on-paper',
    about: patientId,
    details: { orderId, itemId, why },
  })
}
