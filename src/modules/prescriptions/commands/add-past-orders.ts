import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId, StaffId } from '#modules/directory'
import type { RejectReason } from '../domain/item.ts'

/** Where a past item stands. */
export type PastOutcome =
  | { readonly state: 'requested' }
  | { readonly state: 'cancelled'; readonly decidedAt: Date }
  | { readonly state: 'approved'; readonly decidedAt: Date; readonly decidedBy: StaffId }
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
      version: item.state === 'requested' ? 1 : 2,
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
       decided_at, decided_by, reject_reason, patient_text)
    select ${practice}, given."itemId", given."orderId", given."patientId", medication.entry_id,
      given.state, given.version, given."requestedAt", given."decidedAt", given."decidedBy",
      given."rejectReason", given."patientText"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as given (
      "itemId" uuid, "orderId" uuid, "patientId" uuid, source text, "sourceKey" text, state text,
      version integer, "requestedAt" timestamptz, "decidedAt" timestamptz, "decidedBy" uuid,
      "rejectReason" text, "patientText" text)
    join record.published_medication medication
      on medication.practice = ${practice}
      and medication.patient_id = given."patientId"
      and medication.source = given.source
      and medication.source_key = given."sourceKey"
      and medication.kind = 'medication'
  `)
  if (written !== items.length)
    throw new Error('A past order names a medicine that is not in the record')
  await recordEvent(tx, {
    type: 'prescriptions.past-orders-added',
    details: { orders: orders.length, items: items.length },
  })
}
