import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { decideMove, type ItemId, type ItemState, type RejectReason } from '../domain/item.ts'
import { queueForEps } from './eps/queue-for-eps.ts'
import { medicinesForStaff } from '../queries/medicines.ts'
import { itemForStaff, type StaffItem } from '../queries/queue.ts'

/** What staff decide of one item. `patientText` is read by the patient. */
export type Decision =
  | { readonly move: 'approve' }
  | {
      readonly move: 'reject'
      readonly reason: RejectReason
      readonly patientText?: string | undefined
    }

/** An item as the person deciding saw it: `version` is the one they were shown. */
export interface ItemDecision {
  readonly itemId: ItemId
  readonly version: number
  readonly decision: Decision
}

/** Why nothing was decided. `by` is absent where the patient cancelled. */
export type NotDecided =
  | { readonly reason: 'changed' | 'not-current' }
  | {
      readonly reason: 'already-decided'
      readonly state: ItemState
      readonly by?: string | undefined
      readonly at?: Date | undefined
    }

/** As `NotDecided`, or that there is no such item. */
export type DecideRefusal = { readonly reason: 'not-found' } | NotDecided

type Deciding = Tx<StaffActing<'decide-prescriptions'>>

/**
 * Approves or rejects one requested medicine. Only the first of two people decides; the other is
 * told who did, and what. Sending the same decision twice is once. A medicine that the record no
 * longer has as an active repeat can be rejected, not approved.
 *
 * Source: DOMAIN RX-6, RX-7.
 * Hazard: H-007 (two people decide one item), H-008 (a stopped medicine supplied).
 */
export async function decideItem(
  tx: Deciding,
  given: ItemDecision,
): Promise<Result<StaffItem, DecideRefusal>> {
  const { itemId, version, decision } = given
  const item = await itemForStaff(tx, itemId)
  if (!item) return refuse({ reason: 'not-found' })
  if (isOwnDecision(tx, item, given)) return accept(item)

  const move = decideMove(item.state, decision.move)
  if (!move.ok) return refuse(decidedBefore(item))
  if (item.version !== version) return refuse({ reason: 'changed' })
  if (decision.move === 'approve' && !(await isCurrent(tx, item))) {
    return refuse({ reason: 'not-current' })
  }
  if (!(await writeDecision(tx, item, given, move.value))) {
    const decided = await itemForStaff(tx, itemId)
    return refuse(decided ? decidedBefore(decided) : { reason: 'not-found' })
  }
  if (decision.move === 'approve') await queueForEps(tx, itemId)
  return accept({ ...item, state: move.value, version: version + 1 })
}

/** Writes the decision, its audit event and its notice's job, as one statement. */
async function writeDecision(
  tx: Deciding,
  item: StaffItem,
  given: ItemDecision,
  to: ItemState,
): Promise<boolean> {
  const { practice, actor, staffId } = tx.acting
  const { decision, itemId } = given
  const { patientId, orderId } = item
  const reason = decision.move === 'reject' ? decision.reason : undefined
  const patientText = decision.move === 'reject' ? decision.patientText : undefined
  const written = await tx.run(sql`
    with decided as (
      update prescriptions.order_item
      set state = ${to}, version = version + 1, decided_at = ${tx.now}, decided_by = ${staffId},
        reject_reason = ${reason}, patient_text = ${patientText}
      where practice = ${practice}
        and item_id = ${itemId}
        and state = 'requested'
        and version = ${given.version}
      returning practice, patient_id, decided_at
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, decided_at, ${`prescriptions.item-${to}`}::text,
        ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
        ${JSON.stringify({ orderId, itemId, reason })}::jsonb
      from decided
    )
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice, ${newId(tx.now)}::uuid, 'prescriptions.send-decision',
      ${JSON.stringify({ patientId, orderId, itemId })}::jsonb, decided_at
    from decided
  `)
  return written === 1
}

function isOwnDecision(tx: Deciding, item: StaffItem, given: ItemDecision): boolean {
  const { decision, version } = given
  return (
    item.decidedBy === tx.acting.staffId &&
    item.version === version + 1 &&
    (decision.move === 'approve'
      ? item.state === 'approved'
      : item.state === 'rejected' && item.rejectReason === decision.reason)
  )
}

async function isCurrent(tx: Deciding, item: StaffItem): Promise<boolean> {
  const { medicationId, patientId } = item
  const found = await medicinesForStaff(tx, {
    patientIds: [patientId],
    medicationIds: [medicationId],
  })
  const medicine = found.get(medicationId)
  return medicine?.type === 'repeat' && medicine.status === 'active'
}

function decidedBefore(item: StaffItem): NotDecided {
  return {
    reason: 'already-decided',
    state: item.state,
    by: item.deciderName,
    at: item.decidedAt,
  }
}
