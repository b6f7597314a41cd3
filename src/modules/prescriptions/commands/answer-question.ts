import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { decideMove, type ItemId, type ItemState, type OrderId } from '../domain/item.ts'
import { ownItem } from '../queries/orders.ts'

/** How long an answer to the practice may be, in characters. */
export const answerLimit = 500

/** Why an answer was not taken; `not-waiting` with where the item stands now. */
export type AnswerRefusal =
  | { readonly reason: 'not-found' | 'view-only' }
  | { readonly reason: 'not-waiting'; readonly state: ItemState; readonly orderId: OrderId }

/**
 * Answers what the practice asked about one medicine, in the person's own words, which brings it
 * back to the practice. The same answer again is the same answer. Whoever is not shown the question
 * cannot answer it.
 */
export async function answerQuestion(
  tx: Tx<Acting<'prescriptions'>>,
  itemId: ItemId,
  answer: string,
): Promise<Result<OrderId, AnswerRefusal>> {
  const permissions = await permissionsOf(tx)
  if (permissions.prescriptions !== 'manage') return refuse({ reason: 'view-only' })

  const item = await ownItem(tx, itemId)
  if (!item) return refuse({ reason: 'not-found' })
  const { orderId } = item
  if (item.state === 'asked' && item.question === undefined) return refuse({ reason: 'view-only' })
  if (item.answer === answer) return accept(orderId)
  const move = decideMove(item.state, 'answer')
  if (!move.ok) return refuse({ reason: 'not-waiting', state: item.state, orderId })

  if (await writeAnswer(tx, { itemId, orderId, to: move.value }, answer)) return accept(orderId)
  const now = await ownItem(tx, itemId)
  return refuse(
    now ? { reason: 'not-waiting', state: now.state, orderId } : { reason: 'not-found' },
  )
}

/** Writes the answer, its step and its audit event, as one statement. */
async function writeAnswer(
  tx: Tx<Acting<'prescriptions'>>,
  item: { readonly itemId: ItemId; readonly orderId: OrderId; readonly to: ItemState },
  answer: string,
): Promise<boolean> {
  const { practice, patientId, actor, as } = tx.acting
  const { itemId, orderId, to } = item
  const written = await tx.run(sql`
    with answered as (
      update prescriptions.order_item
      set state = ${to}, version = version + 1, answer = ${answer}, answered_at = ${tx.now}
      where practice = ${practice}
        and patient_id = ${patientId}
        and item_id = ${itemId}
        and state = 'asked'
      returning practice, item_id, version, patient_id, state, answered_at
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, answered_at
      from answered
    )
    insert into audit.event
      (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
    select practice, ${newId(tx.now)}::uuid, answered_at, 'prescriptions.question-answered',
      ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
      ${JSON.stringify({ orderId, itemId, as })}::jsonb
    from answered
  `)
  return written === 1
}
