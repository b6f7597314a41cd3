import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { decideMove, type ItemId, type ItemState, type RejectReason } from '../domain/item.ts'
import { decideApproval, type ApprovalRefusal } from '../domain/queue/approval.ts'
import { itemForStaff, type StaffItem } from '../queries/queue.ts'
import { decisionFacts } from '../queries/queue/facts.ts'
import { practiceRules } from '../queries/rules.ts'
import { queueForEps } from './eps/queue-for-eps.ts'

/** What staff decide of one item. `patientText` is read by the patient. */
export type Decision =
  | {
      readonly move: 'approve'
      /** How many of the usual quantity's unit, where it is not the usual quantity. */
      readonly count?: number | undefined
      /** Keys of the alerts that the person was shown; none where it is not given. */
      readonly seen?: readonly string[] | undefined
    }
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

/**
 * Why nothing was decided. `by` is absent where the patient did it: cancelled, or answered what was
 * asked. `changed` comes with where the item stands now, where it waits still.
 */
export type NotDecided =
  | {
      readonly reason: 'changed'
      readonly state?: ItemState | undefined
      readonly by?: string | undefined
      readonly at?: Date | undefined
    }
  | ApprovalRefusal
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
 * told who did, and what. Sending the same decision twice is once. What the record no longer has as
 * an active repeat can be rejected, not approved; nor can anything be approved past an alert that
 * the person was not shown.
 *
 * Source: DOMAIN RX-6, RX-7, RX-11.
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
  if (item.version !== version) return refuse(overtakenBy(item))
  const approval = await approvalOf(tx, item, decision)
  const isWritten =
    approval.ok && (await writeDecision(tx, item, given, { to: move.value, ...approval.value }))
  if (!isWritten) {
    // Whoever was first counts before what speaks against it, which may be their decision.
    const now = await itemForStaff(tx, itemId)
    if (now && isOwnDecision(tx, now, given)) return accept(now)
    if (!approval.ok && now?.version === version) return approval
    return refuse(now ? overtakenBy(now) : { reason: 'not-found' })
  }
  if (decision.move === 'approve') await queueForEps(tx, itemId)
  return accept({ ...item, state: move.value, version: version + 1 })
}

/** Whether an approval may be, and with which quantity; a rejection always may. */
async function approvalOf(
  tx: Deciding,
  item: StaffItem,
  decision: Decision,
): Promise<Result<{ readonly quantity?: string | undefined }, ApprovalRefusal>> {
  if (decision.move === 'reject') return accept({})
  const { rules } = await practiceRules(tx)
  const facts = (await decisionFacts(tx, [item], rules)).items.get(item.itemId)
  if (!facts) throw new Error('The facts of an item were not read')
  return decideApproval(facts, decision, { rules, today: localDateOf(tx.now) })
}

/** Writes the decision, its step, its audit event and its notice's job, as one statement. */
async function writeDecision(
  tx: Deciding,
  item: StaffItem,
  given: ItemDecision,
  outcome: { readonly to: ItemState; readonly quantity?: string | undefined },
): Promise<boolean> {
  const { practice, actor, staffId } = tx.acting
  const { decision, itemId } = given
  const { to, quantity } = outcome
  const { patientId, orderId } = item
  const reason = decision.move === 'reject' ? decision.reason : undefined
  const patientText = decision.move === 'reject' ? decision.patientText : undefined
  const written = await tx.run(sql`
    with decided as (
      update prescriptions.order_item
      set state = ${to}, version = version + 1, decided_at = ${tx.now}, decided_by = ${staffId},
        reject_reason = ${reason}, patient_text = ${patientText}, approved_quantity = ${quantity}
      where practice = ${practice}
        and item_id = ${itemId}
        and state in ('requested', 'received', 'asked')
        and version = ${given.version}
      returning practice, item_id, version, patient_id, state, decided_at
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, decided_at
      from decided
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

/** What became of an item while somebody else had it open. */
export function overtakenBy(item: StaffItem): NotDecided {
  if (item.decidedAt !== undefined) return decidedBefore(item)
  const { state } = item
  if (state === 'asked') {
    return { reason: 'changed', state, by: item.askerName, at: item.askedAt }
  }
  if (item.answeredAt) return { reason: 'changed', state, at: item.answeredAt }
  const by = item.assigneeName ?? item.receiverName
  return { reason: 'changed', state, by, at: item.receivedAt }
}

function decidedBefore(item: StaffItem): NotDecided {
  return {
    reason: 'already-decided',
    state: item.state,
    by: item.withdrawerName ?? item.deciderName,
    at: item.withdrawnBy ? item.statusAt : item.decidedAt,
  }
}
