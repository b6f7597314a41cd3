import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId, StaffId } from '#modules/directory'
import type { Destination, ItemId, ItemState, OrderId, RejectReason } from '../domain/item.ts'
import type { MedicationId } from '../domain/medicine.ts'

/** One item as staff see it, whatever its state, with who decided it. */
export interface StaffItem {
  readonly itemId: ItemId
  readonly orderId: OrderId
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly medicationId: MedicationId
  /** What the record calls the medicine, or called it; absent where it never knew it. */
  readonly medicineName?: string
  readonly kind: 'repeat' | 'acute'
  readonly state: ItemState
  readonly version: number
  readonly requestedAt: Date
  readonly note: string
  readonly destinationKind: Destination['kind']
  /** Why it goes on paper, though its order names a pharmacy. */
  readonly paperReason?: string
  readonly receivedAt?: Date
  readonly receivedBy?: StaffId
  readonly receiverName?: string
  readonly assignedTo?: StaffId
  readonly assigneeName?: string
  readonly question?: string
  readonly askedAt?: Date
  readonly askerName?: string
  readonly answer?: string
  readonly answeredAt?: Date
  readonly decidedAt?: Date
  readonly decidedBy?: StaffId
  readonly deciderName?: string
  readonly withdrawnBy?: StaffId
  readonly withdrawerName?: string
  readonly statusAt?: Date
  readonly approvedQuantity?: string
  readonly rejectReason?: RejectReason
  readonly patientText?: string
}

/** One item of the practice by its id. */
export function itemForStaff(tx: Tx<StaffActing>, itemId: ItemId): Promise<StaffItem | undefined> {
  return tx.maybe<StaffItem>(sql`
    select item.item_id, item.order_id, item.patient_id, patient.given_name, patient.family_name,
      item.medication_id, medication.title as medicine_name, item.kind, item.state, item.version,
      item.requested_at, medicine_order.note, medicine_order.destination_kind, item.paper_reason,
      item.received_at, item.received_by, receiver.name as receiver_name,
      item.assigned_to, assignee.name as assignee_name,
      item.question, item.asked_at, asker.name as asker_name, item.answer, item.answered_at,
      item.decided_at, item.decided_by, decider.name as decider_name, item.withdrawn_by,
      withdrawer.name as withdrawer_name, item.status_at, item.approved_quantity,
      item.reject_reason, item.patient_text
    from prescriptions.order_item item
    join prescriptions.medicine_order
      on medicine_order.practice = item.practice
      and medicine_order.order_id = item.order_id
    join directory.patient
      on patient.practice = item.practice
      and patient.patient_id = item.patient_id
    left join record.published_former_medication medication
      on medication.practice = item.practice
      and medication.entry_id = item.medication_id
    left join directory.staff receiver
      on receiver.practice = item.practice
      and receiver.staff_id = item.received_by
    left join directory.staff assignee
      on assignee.practice = item.practice
      and assignee.staff_id = item.assigned_to
    left join directory.staff asker
      on asker.practice = item.practice
      and asker.staff_id = item.asked_by
    left join directory.staff decider
      on decider.practice = item.practice
      and decider.staff_id = item.decided_by
    left join directory.staff withdrawer
      on withdrawer.practice = item.practice
      and withdrawer.staff_id = item.withdrawn_by
    where item.practice = ${tx.acting.practice}
      and item.item_id = ${itemId}
  `)
}
