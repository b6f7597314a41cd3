import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { ItemId, ItemState, OrderId, RejectReason } from '../domain/item.ts'
import type { MedicationId } from '../domain/medicine.ts'

/** One medicine of an order, as the patient follows it. */
export interface OrderedItem {
  readonly itemId: ItemId
  readonly medicationId: MedicationId
  readonly name: string
  readonly dose?: string
  readonly state: ItemState
  readonly requestedAt: Date
  readonly decidedAt?: Date
  readonly rejectReason?: RejectReason
  /** Words of staff that the patient may read. */
  readonly patientText?: string
}

/** An order with those of its items that the reader is shown; never without any. */
export interface Order {
  readonly orderId: OrderId
  readonly orderedAt: Date
  readonly orderedBy: 'patient' | 'proxy'
  readonly note: string
  readonly items: readonly OrderedItem[]
}

/** How many orders a page lists. */
export const ordersOnPage = 10

interface OrderRow extends OrderedItem {
  readonly orderId: OrderId
  readonly orderedAt: Date
  readonly orderedBy: 'patient' | 'proxy'
  readonly note: string
}

/**
 * Orders of the patient acted for, newest first, from the `page`-th on (from 1), and one more than
 * a page holds where there are more. An item whose medicine is not released now is left out, and an
 * order of such items alone too, so that withholding a medicine takes its orders with it (I-2).
 */
export async function ownOrders(
  tx: Tx<Acting<'prescriptions'>>,
  page: number,
): Promise<readonly Order[]> {
  const { practice, patientId } = tx.acting
  const rows = await tx.many<OrderRow>(sql`
    with medication as (
      select entry_id, title, detail ->> 'dose' as dose
      from record.published_released_medication
      where practice = ${practice}
        and patient_id = ${patientId}
        and kind = 'medication'
    ),
    shown as (
      select medicine_order.order_id, medicine_order.ordered_at, medicine_order.ordered_by,
        medicine_order.note
      from prescriptions.medicine_order
      where medicine_order.practice = ${practice}
        and medicine_order.patient_id = ${patientId}
        and exists (
          select from prescriptions.order_item item
          join medication on medication.entry_id = item.medication_id
          where item.practice = ${practice}
            and item.order_id = medicine_order.order_id)
      order by medicine_order.ordered_at desc, medicine_order.order_id desc
      limit ${ordersOnPage + 1}
      offset ${(page - 1) * ordersOnPage}
    )
    select shown.order_id, shown.ordered_at, shown.ordered_by, shown.note,
      item.item_id, item.medication_id, medication.title as name, medication.dose,
      item.state, item.requested_at, item.decided_at, item.reject_reason, item.patient_text
    from shown
    join prescriptions.order_item item on item.order_id = shown.order_id
    join medication on medication.entry_id = item.medication_id
    where item.practice = ${practice}
    order by shown.ordered_at desc, shown.order_id desc, lower(medication.title), item.item_id
    limit 1000
  `)
  return ordersOf(rows)
}

/** One order of the patient acted for, if any of its medicines is released to them. */
export async function ownOrder(
  tx: Tx<Acting<'prescriptions'>>,
  orderId: OrderId,
): Promise<Order | undefined> {
  const { practice, patientId } = tx.acting
  const rows = await tx.many<OrderRow>(sql`
    select medicine_order.order_id, medicine_order.ordered_at, medicine_order.ordered_by,
      medicine_order.note, item.item_id, item.medication_id, medication.title as name,
      medication.detail ->> 'dose' as dose, item.state, item.requested_at, item.decided_at,
      item.reject_reason, item.patient_text
    from prescriptions.medicine_order
    join prescriptions.order_item item
      on item.practice = medicine_order.practice
      and item.order_id = medicine_order.order_id
    join record.published_released_medication medication
      on medication.practice = item.practice
      and medication.patient_id = item.patient_id
      and medication.entry_id = item.medication_id
      and medication.kind = 'medication'
    where medicine_order.practice = ${practice}
      and medicine_order.patient_id = ${patientId}
      and medicine_order.order_id = ${orderId}
    order by lower(medication.title), item.item_id
    limit 100
  `)
  return ordersOf(rows)[0]
}

/** The order that this key placed for the patient acted for, if it did. */
export async function orderPlacedBy(
  tx: Tx<Acting<'prescriptions'>>,
  idempotencyKey: string,
): Promise<OrderId | undefined> {
  const row = await tx.maybe<{ readonly orderId: OrderId }>(sql`
    select order_id
    from prescriptions.medicine_order
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and idempotency_key = ${idempotencyKey}
  `)
  return row?.orderId
}

/** One item of the patient acted for, if its medicine is released to them. */
export function ownItem(
  tx: Tx<Acting<'prescriptions'>>,
  itemId: ItemId,
): Promise<(OrderedItem & { readonly orderId: OrderId }) | undefined> {
  const { practice, patientId } = tx.acting
  return tx.maybe<OrderedItem & { readonly orderId: OrderId }>(sql`
    select item.item_id, item.order_id, item.medication_id, medication.title as name,
      medication.detail ->> 'dose' as dose, item.state, item.requested_at, item.decided_at,
      item.reject_reason, item.patient_text
    from prescriptions.order_item item
    join record.published_released_medication medication
      on medication.practice = item.practice
      and medication.patient_id = item.patient_id
      and medication.entry_id = item.medication_id
      and medication.kind = 'medication'
    where item.practice = ${practice}
      and item.patient_id = ${patientId}
      and item.item_id = ${itemId}
  `)
}

function ordersOf(rows: readonly OrderRow[]): readonly Order[] {
  return [...Map.groupBy(rows, (row) => row.orderId).values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { orderId, orderedAt, orderedBy, note } = first
    return [{ orderId, orderedAt, orderedBy, note, items: group.map(itemOf) }]
  })
}

function itemOf(row: OrderRow): OrderedItem {
  const { orderId: _, orderedAt: __, orderedBy: ___, note: ____, ...item } = row
  return item
}
