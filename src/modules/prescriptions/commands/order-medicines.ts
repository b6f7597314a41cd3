import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { brokenConstraint, sql, type Database, type Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import type { ItemId, OrderId } from '../domain/item.ts'
import type { MedicationId } from '../domain/medicine.ts'
import { decideOrder, type AskedOrder, type OrderRefusal } from '../domain/order.ts'
import { destinationFacts } from '../queries/destinations.ts'
import { orderPlacedBy, type PlacedOrder } from '../queries/orders.ts'
import { requestableMedicines } from '../queries/requests.ts'
import { patientRules, practiceRules } from '../queries/rules.ts'
import { morningJob } from './queue/tell-late.ts'

/** An order as asked for, with the key by which sending it twice is known. */
export interface NewOrder extends AskedOrder {
  readonly idempotencyKey: string
}

/**
 * `view-only` where the person may see the medicines but not order; `sent-before` where the key has
 * placed an order that was not this one.
 */
export type OrderMedicinesRefusal =
  | OrderRefusal
  | { readonly reason: 'view-only' }
  | { readonly reason: 'sent-before'; readonly orderId: OrderId }

/**
 * Orders medicines for the patient acted for, all of them or none, in a transaction of its own.
 * The same key again gives the first order, and with anything else in it nothing. Two orders racing for one medicine: the database lets
 * one through, and the other is looked at anew, which finds that it is already requested.
 *
 * Hazard: H-007 (a medicine ordered twice).
 */
export async function orderMedicines(
  db: Database,
  acting: Acting<'prescriptions'>,
  order: NewOrder,
): Promise<Result<OrderId, OrderMedicinesRefusal>> {
  for (let tries = 0; tries < 3; tries++) {
    const settled = await db
      .transaction(acting, (tx) => placeOrder(tx, order))
      .catch((fault: unknown) => {
        if (brokenConstraint(fault) === 'item_one_open') return 'again' as const
        throw fault
      })
    if (settled !== 'again') return settled
  }
  throw new Error('An order was neither written nor there already')
}

/** 'again' where the key placed an order after this one had looked for it: nothing was written. */
async function placeOrder(
  tx: Tx<Acting<'prescriptions'>>,
  order: NewOrder,
): Promise<Result<OrderId, OrderMedicinesRefusal> | 'again'> {
  const { destination, idempotencyKey } = order
  const settled = order.kind === 'acute' ? patientRules(tx) : practiceRules(tx)
  // Sent in this order: whoever sees an open request of this key also sees its order.
  const [permissions, { rules }, shown, first, places] = await Promise.all([
    permissionsOf(tx),
    settled,
    requestableMedicines(tx),
    orderPlacedBy(tx, idempotencyKey),
    destinationFacts(tx, destination, settled),
  ])
  if (permissions.prescriptions !== 'manage') return refuse({ reason: 'view-only' })
  if (first !== undefined) return sameOrder(tx, first, order)

  const decision = decideOrder(order, shown, rules, localDateOf(tx.now), places)
  if (!decision.ok) {
    await recordEvent(tx, { type: 'prescriptions.order-refused', outcome: 'refused' })
    return decision
  }
  const orderId = newId<'Order'>(tx.now)
  const medicationIds = decision.value.map(({ medicine }) => medicine.medicationId)
  const isWritten = await writeOrder(tx, { ...order, orderId }, medicationIds)
  return isWritten ? accept(orderId) : 'again'
}

/** What a key placed before, if that is what it asks for now. */
async function sameOrder(
  tx: Tx<Acting<'prescriptions'>>,
  placed: PlacedOrder,
  order: NewOrder,
): Promise<Result<OrderId, OrderMedicinesRefusal>> {
  const { destination = { kind: 'paper' } } = order
  const ods = 'ods' in destination ? destination.ods : undefined
  const wanted = new Set(order.medicationIds)
  const isSame =
    placed.medicationIds.length === wanted.size &&
    placed.medicationIds.every((id) => wanted.has(id)) &&
    placed.note === order.note &&
    placed.destinationKind === destination.kind &&
    placed.destinationOds === ods
  if (isSame) return accept(placed.orderId)
  await recordEvent(tx, { type: 'prescriptions.order-refused', outcome: 'refused' })
  return refuse({ reason: 'sent-before', orderId: placed.orderId })
}

/**
 * Writes the order, its items with their first step, its audit event and its notice's job, and the
 * job that tells the practice what is late, as one statement, and commits. False where the key has
 * placed an order meanwhile.
 */
async function writeOrder(
  tx: Tx<Acting<'prescriptions'>>,
  order: NewOrder & { readonly orderId: OrderId },
  medicationIds: readonly MedicationId[],
): Promise<boolean> {
  const { practice, patientId, as, actor } = tx.acting
  const { orderId, destination = { kind: 'paper' }, kind = 'repeat' } = order
  // Two orders for the same medicines meet in the same sequence, so they never wait for each other.
  const wanted = medicationIds.toSorted()
  const itemIds: readonly ItemId[] = wanted.map(() => newId<'OrderItem'>(tx.now))
  const morning = morningJob(tx)
  const written = await tx.last(sql`
    with placed as (
      insert into prescriptions.medicine_order
        (practice, order_id, patient_id, ordered_at, ordered_by, note, idempotency_key,
         destination_kind, destination_ods)
      values (${practice}, ${orderId}, ${patientId}, ${tx.now},
        ${as === 'proxy' ? 'proxy' : 'patient'}, ${order.note}, ${order.idempotencyKey},
        ${destination.kind}, ${'ods' in destination ? destination.ods : undefined})
      on conflict (practice, patient_id, idempotency_key) do nothing
      returning practice, order_id, patient_id, ordered_at
    ), ordered as (
      insert into prescriptions.order_item
        (practice, item_id, order_id, patient_id, medication_id, kind, state,
         requested_at)
      select placed.practice, given.item_id, placed.order_id, placed.patient_id,
        given.medication_id, ${kind}, 'requested', placed.ordered_at
      from placed
      cross join unnest(${itemIds}::uuid[], ${wanted}::uuid[]) as given (item_id, medication_id)
      order by given.medication_id
      returning practice, item_id, version, patient_id, state, requested_at
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, requested_at
      from ordered
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, ordered_at, 'prescriptions.medicines-ordered',
        ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
        ${JSON.stringify({ orderId, itemIds, as })}::jsonb
      from placed
    ), queued as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select placed.practice, job.job_id, job.kind, job.payload, job.run_at
      from placed
      cross join (values
        (${newId(tx.now)}::uuid, 'prescriptions.send-received',
          ${JSON.stringify({ patientId, orderId })}::jsonb, ${tx.now}::timestamptz),
        (${morning.jobId}::uuid, ${morning.kind}, ${morning.payload}::jsonb,
          ${morning.runAt}::timestamptz)
      ) as job (job_id, kind, payload, run_at)
      on conflict do nothing
    )
    select order_id
    from placed
  `)
  return written !== undefined
}
