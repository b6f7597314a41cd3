import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { PaperReason } from '../../domain/eps/electronic.ts'
import type { Destination, ItemId } from '../../domain/item.ts'

/** How many items a page of what is handed out lists. */
export const handOutsOnPage = 50

/** One approved item that is handed out at the practice. */
export interface HandOut {
  readonly itemId: ItemId
  readonly version: number
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly medicineName?: string
  readonly approvedQuantity?: string
  readonly destinationKind: Destination['kind']
  /** Why it goes on paper, though its order names a pharmacy. */
  readonly paperReason?: PaperReason
  readonly state: 'approved' | 'ready'
  readonly decidedAt: Date
}

/** A page (from 1) of what was approved for paper or the dispensary and is not fetched, oldest first, and one more. */
export function itemsToHandOut(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  page: number,
): Promise<readonly HandOut[]> {
  return tx.many<HandOut>(sql`
    select item.item_id, item.version, item.patient_id, patient.given_name, patient.family_name,
      medication.title as medicine_name, item.approved_quantity, medicine_order.destination_kind,
      item.paper_reason, item.state, item.decided_at
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
    where item.practice = ${tx.acting.practice}
      and item.state in ('approved', 'ready')
      and (medicine_order.destination_kind in ('paper', 'dispensing-practice')
        or item.paper_reason is not null)
      and item.decided_at > ${tx.now}::timestamptz - interval '90 days'
    order by item.decided_at, item.item_id
    limit ${handOutsOnPage + 1}
    offset ${(page - 1) * handOutsOnPage}
  `)
}
