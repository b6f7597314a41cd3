import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId, StaffId } from '#modules/directory'
import type { ItemId, ItemState, RejectReason } from '../domain/item.ts'

/** Where a past item stands. */
export type PastOutcome =
  | { readonly state: 'requested' }
  | { readonly state: 'cancelled'; readonly decidedAt: Date }
  | { readonly state: 'approved'; readonly decidedAt: Date; readonly decidedBy: StaffId }
  | {
      readonly state: 'collected'
      readonly decidedAt: Date
      readonly decidedBy: StaffId
      /** When it was ready at the surgery, and fetched from there. */
      readonly readyAt: Date
      readonly collectedAt: Date
    }
  | {
      readonly state: 'rejected'
      readonly decidedAt: Date
      readonly decidedBy: StaffId
      readonly rejectReason: RejectReason
      readonly patientText?: string
    }

/** An order of before, for history. Medicines are named by the key of their record entry. */
export interface PastOrder {
  readonly patientId: PatientId
  readonly orderedAt: Date
  readonly note?: string
  readonly source: string
  readonly items: readonly (PastOutcome & { readonly sourceKey: string })[]
}

/**
 * Adds orders that were made before, any number in few statements. Sends nothing to anyone. Throws
 * where a medicine is not in the record, or a patient would have two open requests for one.
 */
export async function addPastOrders(
  tx: Tx<SystemProof>,
  orders: readonly PastOrder[],
): Promise<void> {
  const { practice } = tx.acting
  const numbered = orders.map((order) => ({ ...order, orderId: newId<'Order'>(order.orderedAt) }))
  const items = numbered.flatMap(({ patientId, orderId, orderedAt, source, items: own }) =>
    own.map((item) => ({
      ...item,
      patientId,
      orderId,
      source,
      requestedAt: orderedAt,
      itemId: newId<'OrderItem'>(orderedAt),
      version: stepsOf(item, orderedAt).length,
      statusAt: item.state === 'collected' ? item.collectedAt : undefined,
      steps: stepsOf(item, orderedAt).map((step, place) => ({ ...step, version: place + 1 })),
    })),
  )
  await tx.run(sql`
    insert into prescriptions.medicine_order
      (practice, order_id, patient_id, ordered_at, ordered_by, note, idempotency_key)
    select ${practice}, given."orderId", given."patientId", given."orderedAt", 'patient',
      coalesce(given.note, ''), given."orderId"
    from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) as given (
      "orderId" uuid, "patientId" uuid, "orderedAt" timestamptz, note text)
  `)
  const written = await tx.run(sql`
    insert into prescriptions.order_item
      (practice, item_id, order_id, patient_id, medication_id, state, version, requested_at,
       decided_at, decided_by, reject_reason, patient_text, status_at)
    select ${practice}, given."itemId", given."orderId", given."patientId", medication.entry_id,
      given.state, given.version, given."requestedAt", given."decidedAt", given."decidedBy",
      given."rejectReason", given."patientText", given."statusAt"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as given (
      "itemId" uuid, "orderId" uuid, "patientId" uuid, source text, "sourceKey" text, state text,
      version integer, "requestedAt" timestamptz, "decidedAt" timestamptz, "decidedBy" uuid,
      "rejectReason" text, "patientText" text, "statusAt" timestamptz)
    join record.published_medication medication
      on medication.practice = ${practice}
      and medication.patient_id = given."patientId"
      and medication.source = given.source
      and medication.source_key = given."sourceKey"
      and medication.kind = 'medication'
  `)
  if (written !== items.length)
    throw new Error('A past order names a medicine that is not in the record')
  await writeSteps(tx, items)
  await recordEvent(tx, {
    type: 'prescriptions.past-orders-added',
    details: { orders: orders.length, items: items.length },
  })
}

/** What of a past item its steps are written from. */
interface SteppedItem {
  readonly itemId: ItemId
  readonly patientId: PatientId
  readonly steps: readonly object[]
}

async function writeSteps(tx: Tx<SystemProof>, items: readonly SteppedItem[]): Promise<void> {
  const steps = items.flatMap(({ itemId, patientId, steps: own }) =>
    own.map((step) => ({ ...step, itemId, patientId })),
  )
  await tx.run(sql`
    insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
    select ${tx.acting.practice}, given."itemId", given.version, given."patientId", given.state,
      given.at
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as given (
      "itemId" uuid, version integer, "patientId" uuid, state text, at timestamptz)
  `)
}

/** The states that a past item came to, with when, the first first. */
function stepsOf(
  item: PastOutcome,
  requestedAt: Date,
): readonly { readonly state: ItemState; readonly at: Date }[] {
  const first = { state: 'requested' as const, at: requestedAt }
  if (item.state === 'requested') return [first]
  if (item.state !== 'collected') return [first, { state: item.state, at: item.decidedAt }]
  return [
    first,
    { state: 'approved', at: item.decidedAt },
    { state: 'ready', at: item.readyAt },
    { state: 'collected', at: item.collectedAt },
  ]
}
