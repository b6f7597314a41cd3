import type { NhsNumber } from '#kernel/nhs-number'
import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId, StaffId } from '#modules/directory'
import type { ItemId, ItemState, OrderId, RejectReason } from '../domain/item.ts'
import type { MedicationId, Medicine } from '../domain/medicine.ts'
import type { PastRequest } from '../domain/orderable.ts'
import { medicinesForStaff } from './medicines.ts'
import { decidedRequests } from './requests.ts'

/** How many patients a page of the queue lists. */
export const patientsOnPage = 20

/** A waiting item with what is needed to decide it. `medicine` is absent if the record has it no more. */
export interface WaitingItem {
  readonly itemId: ItemId
  readonly orderId: OrderId
  readonly version: number
  readonly requestedAt: Date
  readonly note: string
  readonly orderedBy: 'patient' | 'proxy'
  readonly medicine?: Medicine | undefined
  readonly decided: readonly PastRequest[]
}

/** A patient with everything they wait for, oldest first. */
export interface WaitingPatient {
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly nhsNumber: NhsNumber
  readonly items: readonly WaitingItem[]
}

type WaitingRow = Omit<WaitingPatient, 'items'> &
  Omit<WaitingItem, 'medicine' | 'decided'> & { readonly medicationId: MedicationId }

/**
 * Patients with a waiting item, the longest wait first, from the `page`-th page on (from 1), and
 * one patient more than a page holds where there are more.
 */
export async function waitingPatients(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  page: number,
): Promise<readonly WaitingPatient[]> {
  const { practice } = tx.acting
  const rows = await tx.many<WaitingRow>(sql`
    with waiting as (
      select patient_id, min(requested_at) as oldest
      from prescriptions.order_item
      where practice = ${practice}
        and state = 'requested'
      group by patient_id
      order by oldest, patient_id
      limit ${patientsOnPage + 1}
      offset ${(page - 1) * patientsOnPage}
    )
    select patient.patient_id, patient.given_name, patient.family_name, patient.born_on,
      patient.nhs_number, item.item_id, item.order_id, item.version, item.requested_at,
      item.medication_id, medicine_order.note, medicine_order.ordered_by
    from waiting
    join directory.patient on patient.patient_id = waiting.patient_id
    join prescriptions.order_item item on item.patient_id = waiting.patient_id
    join prescriptions.medicine_order on medicine_order.order_id = item.order_id
    where patient.practice = ${practice}
      and item.practice = ${practice}
      and medicine_order.practice = ${practice}
      and item.state = 'requested'
    order by waiting.oldest, waiting.patient_id, item.requested_at, item.item_id
    limit 2000
  `)
  return withMedicines(tx, rows)
}

async function withMedicines(
  tx: Tx<StaffActing>,
  rows: readonly WaitingRow[],
): Promise<readonly WaitingPatient[]> {
  if (rows.length === 0) return []
  const medicationIds = rows.map((row) => row.medicationId)
  const patientIds = [...new Set(rows.map((row) => row.patientId))]
  const medicines = await medicinesForStaff(tx, { patientIds, medicationIds })
  const decided = await decidedRequests(tx, medicationIds, patientIds)

  return [...Map.groupBy(rows, (row) => row.patientId).values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { patientId, givenName, familyName, bornOn, nhsNumber } = first
    const items = group.map((row) => ({
      itemId: row.itemId,
      orderId: row.orderId,
      version: row.version,
      requestedAt: row.requestedAt,
      note: row.note,
      orderedBy: row.orderedBy,
      medicine: medicines.get(row.medicationId),
      decided: decided.get(row.medicationId) ?? [],
    }))
    return [{ patientId, givenName, familyName, bornOn, nhsNumber, items }]
  })
}

/** One item as staff see it, whatever its state, with who decided it. */
export interface StaffItem {
  readonly itemId: ItemId
  readonly orderId: OrderId
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly medicationId: MedicationId
  readonly state: ItemState
  readonly version: number
  readonly requestedAt: Date
  readonly note: string
  readonly decidedAt?: Date
  readonly decidedBy?: StaffId
  readonly deciderName?: string
  readonly rejectReason?: RejectReason
  readonly patientText?: string
}

/** One item of the practice by its id. */
export function itemForStaff(tx: Tx<StaffActing>, itemId: ItemId): Promise<StaffItem | undefined> {
  return tx.maybe<StaffItem>(sql`
    select item.item_id, item.order_id, item.patient_id, patient.given_name, patient.family_name,
      item.medication_id, item.state, item.version, item.requested_at, medicine_order.note,
      item.decided_at, item.decided_by, decider.name as decider_name, item.reject_reason,
      item.patient_text
    from prescriptions.order_item item
    join prescriptions.medicine_order
      on medicine_order.practice = item.practice
      and medicine_order.order_id = item.order_id
    join directory.patient
      on patient.practice = item.practice
      and patient.patient_id = item.patient_id
    left join directory.staff decider
      on decider.practice = item.practice
      and decider.staff_id = item.decided_by
    where item.practice = ${tx.acting.practice}
      and item.item_id = ${itemId}
  `)
}
