import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { Destination, ItemId, ItemState } from '../../domain/item.ts'

/** One ordered medicine of a patient, as staff who answer for it need it. */
export interface PatientItem {
  readonly itemId: ItemId
  readonly version: number
  readonly medicineName?: string
  readonly approvedQuantity?: string
  readonly state: ItemState
  readonly requestedAt: Date
  /** Since when it stands there, as far as that is kept. */
  readonly since?: Date
  readonly decidedAt?: Date
  readonly deciderName?: string
  readonly withdrawerName?: string
  readonly holderName?: string
  readonly destinationKind: Destination['kind']
  readonly pharmacyName?: string
  readonly isOnPaper: boolean
}

/** What a patient ordered in the last 400 days and whatever still waits, newest first, at most 200. */
export function itemsOfPatient(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  patientId: PatientId,
): Promise<readonly PatientItem[]> {
  return tx.many<PatientItem>(sql`
    select item.item_id, item.version, medication.title as medicine_name, item.approved_quantity,
      item.state, item.requested_at, coalesce(item.status_at, item.decided_at) as since,
      item.decided_at, decider.name as decider_name, withdrawer.name as withdrawer_name,
      holder.name as holder_name, medicine_order.destination_kind,
      pharmacy.name as pharmacy_name, item.paper_reason is not null as is_on_paper
    from prescriptions.order_item item
    join prescriptions.medicine_order
      on medicine_order.practice = item.practice
      and medicine_order.order_id = item.order_id
    left join prescriptions.pharmacy on pharmacy.ods_code = medicine_order.destination_ods
    left join record.published_former_medication medication
      on medication.practice = item.practice
      and medication.entry_id = item.medication_id
    left join directory.staff decider
      on decider.practice = item.practice
      and decider.staff_id = item.decided_by
    left join directory.staff withdrawer
      on withdrawer.practice = item.practice
      and withdrawer.staff_id = item.withdrawn_by
    left join directory.staff holder
      on holder.practice = item.practice
      and holder.staff_id = coalesce(item.assigned_to, item.received_by)
    where item.practice = ${tx.acting.practice}
      and item.patient_id = ${patientId}
      and (item.state in ('requested', 'received', 'asked')
        or item.requested_at > ${tx.now}::timestamptz - interval '400 days')
    order by item.requested_at desc, item.item_id desc
    limit 200
  `)
}
