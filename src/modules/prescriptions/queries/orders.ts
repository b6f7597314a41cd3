import { z } from 'zod'
import type { OdsCode } from '#kernel/ods-code'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { itemStates } from '../domain/item.ts'
import type { Destination, ItemId, ItemState, OrderId, RejectReason } from '../domain/item.ts'
import type { MedicationId } from '../domain/medicine.ts'

/** A state an item came to, and when that was true. */
export interface Step {
  readonly state: ItemState
  readonly at: Date
}

/** One medicine of an order as it stands now. */
interface ItemNow {
  readonly itemId: ItemId
  readonly medicationId: MedicationId
  readonly name: string
  readonly dose?: string
  /** The source has it no more. */
  readonly isClosed: boolean
  readonly kind: 'repeat' | 'acute'
  readonly state: ItemState
  readonly requestedAt: Date
  readonly decidedAt?: Date
  /** Since when its state is true, by the pharmacy's clock. */
  readonly statusAt?: Date
  readonly rejectReason?: RejectReason
  /** Words of staff that the patient may read. */
  readonly patientText?: string | undefined
  readonly question?: string | undefined
  readonly answer?: string | undefined
  /** How much was approved, where that is not the usual quantity. */
  readonly approvedQuantity?: string
  /** It is on paper, though its order names a pharmacy: it could not be sent there. */
  readonly isOnPaper: boolean
}

/** One medicine of an order, as the patient follows it. */
export interface OrderedItem extends ItemNow {
  /** Every state it came to so far, the first first. */
  readonly steps: readonly Step[]
}

/** A pharmacy that an order goes to, as far as is known. */
export interface OrderPharmacy {
  readonly name: string
  readonly phone?: string | undefined
}

/** An order with those of its items that the reader is shown; never without any. */
export interface Order {
  readonly orderId: OrderId
  readonly orderedAt: Date
  readonly orderedBy: 'patient' | 'proxy'
  /** Left out for whom anything is kept from: it may be about just that. Source: DOMAIN TR-4. */
  readonly note: string
  readonly destination: Destination['kind']
  readonly pharmacy?: OrderPharmacy | undefined
  readonly items: readonly OrderedItem[]
}

/** How many orders a page lists. */
export const ordersOnPage = 10
interface ItemRow extends ItemNow {
  /** The patient keeps something from this reader. */
  readonly keepsAny: boolean
  readonly orderId: OrderId
  readonly steps?: unknown
}

interface OrderRow extends ItemRow {
  readonly orderedAt: Date
  readonly orderedBy: 'patient' | 'proxy'
  readonly note: string
  readonly destinationKind: Destination['kind']
  readonly pharmacyName?: string
  readonly pharmacyPhone?: string
}

/**
 * Orders of the patient acted for, newest first, from the `page`-th on (from 1), and one more than
 * a page holds where there are more. An item whose medicine is held or withheld now is left out, and
 * an order of such items alone too, so that withholding a medicine takes its orders with it (I-2).
 * A medicine that the source has no more stays, by the name it had.
 */
export async function ownOrders(
  tx: Tx<Acting<'prescriptions'>>,
  page: number,
): Promise<readonly Order[]> {
  const { practice, patientId } = tx.acting
  const rows = await tx.many<OrderRow>(sql`
    with medication as (
      select entry_id, title, dose, is_closed
      from record.published_ordered_medication
      where practice = ${practice}
        and patient_id = ${patientId}
    ),
    shown as (
      select medicine_order.order_id, medicine_order.ordered_at, medicine_order.ordered_by,
        medicine_order.note, medicine_order.destination_kind, medicine_order.destination_ods,
        (select record.keeps_any()) as keeps_any
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
    select shown.order_id, shown.ordered_at, shown.ordered_by, shown.note, shown.destination_kind,
      pharmacy.name as pharmacy_name, pharmacy.phone as pharmacy_phone,
      item.item_id, item.medication_id, medication.title as name, medication.dose,
      medication.is_closed, item.kind, item.state, item.requested_at, item.decided_at,
      item.status_at, item.reject_reason, item.patient_text, item.question, item.answer,
      item.approved_quantity, shown.keeps_any,
      item.paper_reason is not null as is_on_paper, passed.steps
    from shown
    join prescriptions.order_item item on item.order_id = shown.order_id
    join medication on medication.entry_id = item.medication_id
    left join prescriptions.pharmacy on pharmacy.ods_code = shown.destination_ods
    left join lateral (
      select jsonb_agg(jsonb_build_array(step.state, step.at) order by step.at, step.version) as steps
      from prescriptions.item_step step
      where step.practice = ${practice}
        and step.item_id = item.item_id
    ) passed on true
    where item.practice = ${practice}
    order by shown.ordered_at desc, shown.order_id desc, lower(medication.title), item.item_id
    limit 1000
  `)
  return ordersOf(rows)
}

/** One order of the patient acted for, if they are shown any of its medicines. */
export async function ownOrder(
  tx: Tx<Acting<'prescriptions'>>,
  orderId: OrderId,
): Promise<Order | undefined> {
  const { practice, patientId } = tx.acting
  const rows = await tx.many<OrderRow>(sql`
    select medicine_order.order_id, medicine_order.ordered_at, medicine_order.ordered_by,
      medicine_order.note, medicine_order.destination_kind, pharmacy.name as pharmacy_name,
      pharmacy.phone as pharmacy_phone, item.item_id, item.medication_id,
      medication.title as name, medication.dose, medication.is_closed, item.kind, item.state,
      item.requested_at, item.decided_at, item.status_at, item.reject_reason, item.patient_text, item.question,
      item.answer, item.approved_quantity,
      (select record.keeps_any()) as keeps_any,
      item.paper_reason is not null as is_on_paper, passed.steps
    from prescriptions.medicine_order
    join prescriptions.order_item item
      on item.practice = medicine_order.practice
      and item.order_id = medicine_order.order_id
    join record.published_ordered_medication medication
      on medication.practice = item.practice
      and medication.patient_id = item.patient_id
      and medication.entry_id = item.medication_id
    left join prescriptions.pharmacy on pharmacy.ods_code = medicine_order.destination_ods
    left join lateral (
      select jsonb_agg(jsonb_build_array(step.state, step.at) order by step.at, step.version) as steps
      from prescriptions.item_step step
      where step.practice = item.practice
        and step.item_id = item.item_id
    ) passed on true
    where medicine_order.practice = ${practice}
      and medicine_order.patient_id = ${patientId}
      and medicine_order.order_id = ${orderId}
    order by lower(medication.title), item.item_id
    limit 200
  `)
  return ordersOf(rows)[0]
}

/** One item of the patient acted for, if they are shown its medicine. */
export async function ownItem(
  tx: Tx<Acting<'prescriptions'>>,
  itemId: ItemId,
): Promise<(OrderedItem & { readonly orderId: OrderId }) | undefined> {
  const { practice, patientId } = tx.acting
  const row = await tx.maybe<ItemRow>(sql`
    select item.item_id, item.order_id, item.medication_id, medication.title as name,
      medication.dose, medication.is_closed, item.kind, item.state, item.requested_at,
      item.decided_at, item.status_at, item.reject_reason, item.patient_text, item.question,
      item.answer, item.approved_quantity,
      (select record.keeps_any()) as keeps_any,
      item.paper_reason is not null as is_on_paper, passed.steps
    from prescriptions.order_item item
    join record.published_ordered_medication medication
      on medication.practice = item.practice
      and medication.patient_id = item.patient_id
      and medication.entry_id = item.medication_id
    left join lateral (
      select jsonb_agg(jsonb_build_array(step.state, step.at) order by step.at, step.version) as steps
      from prescriptions.item_step step
      where step.practice = item.practice
        and step.item_id = item.item_id
    ) passed on true
    where item.practice = ${practice}
      and item.patient_id = ${patientId}
      and item.item_id = ${itemId}
  `)
  return row && { ...quietly(row), orderId: row.orderId, steps: stepsOf(row) }
}

function ordersOf(rows: readonly OrderRow[]): readonly Order[] {
  return [...Map.groupBy(rows, (row) => row.orderId).values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { orderId, orderedAt, orderedBy, note, destinationKind, pharmacyName } = first
    const pharmacy =
      pharmacyName === undefined ? undefined : { name: pharmacyName, phone: first.pharmacyPhone }
    const items = group.map(itemOf)
    const shownNote = first.keepsAny ? '' : note
    return [
      {
        orderId,
        orderedAt,
        orderedBy,
        note: shownNote,
        destination: destinationKind,
        pharmacy,
        items,
      },
    ]
  })
}

function itemOf(row: OrderRow): OrderedItem {
  const {
    orderId: _,
    orderedAt: __,
    orderedBy: ___,
    note: ____,
    destinationKind: _____,
    pharmacyName: ______,
    pharmacyPhone: _______,
    ...item
  } = row
  return { ...quietly(item), steps: stepsOf(row) }
}

/** Without what anybody wrote freely, where anything is kept from the reader. */
function quietly<One extends ItemNow & Pick<ItemRow, 'keepsAny'>>({ keepsAny, ...item }: One) {
  if (!keepsAny) return item
  return { ...item, patientText: undefined, question: undefined, answer: undefined }
}

const stepRows = z.array(z.tuple([z.enum(itemStates), z.coerce.date()])).catch([])

/** As they were written, with the present state where nothing was written of it. */
function stepsOf(row: ItemRow): readonly Step[] {
  const kept = stepRows.parse(row.steps ?? []).map(([state, at]) => ({ state, at }))
  if (kept.some(({ state }) => state === row.state)) return kept
  return [...kept, { state: row.state, at: row.statusAt ?? row.decidedAt ?? row.requestedAt }]
}

/** The order that a key placed, with what it asked for. */
export interface PlacedOrder {
  readonly orderId: OrderId
  readonly note: string
  readonly destinationKind: Destination['kind']
  readonly destinationOds?: OdsCode
  readonly medicationIds: readonly MedicationId[]
}

/** The order that this key placed for the patient acted for, if it did. */
export function orderPlacedBy(
  tx: Tx<Acting<'prescriptions'>>,
  idempotencyKey: string,
): Promise<PlacedOrder | undefined> {
  return tx.maybe<PlacedOrder>(sql`
    select medicine_order.order_id, medicine_order.note, medicine_order.destination_kind,
      medicine_order.destination_ods,
      array(
        select item.medication_id
        from prescriptions.order_item item
        where item.practice = medicine_order.practice
          and item.order_id = medicine_order.order_id
        order by item.medication_id
      ) as medication_ids
    from prescriptions.medicine_order
    where medicine_order.practice = ${tx.acting.practice}
      and medicine_order.patient_id = ${tx.acting.patientId}
      and medicine_order.idempotency_key = ${idempotencyKey}
  `)
}
