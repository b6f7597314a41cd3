import { z } from 'zod'
import type { OdsCode } from '#kernel/ods-code'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { PatientId, StaffId } from '#modules/directory'
import type { Coding } from '../../domain/eps/drug-code.ts'
import type { ElectronicFacts } from '../../domain/eps/electronic.ts'
import type { ItemId, OrderId } from '../../domain/item.ts'

/** An item with everything that decides whether it can be sent, as the record has it now. */
export interface ApprovedItem extends ElectronicFacts {
  readonly itemId: ItemId
  readonly orderId: OrderId
  readonly patientId: PatientId
  readonly kind: 'repeat' | 'acute'
  /** The pharmacy that the order names; absent where it goes elsewhere. */
  readonly destinationOds?: OdsCode | undefined
  readonly durationDays?: number | undefined
  readonly issuesAllowed?: number | undefined
  readonly authorisedUntil?: LocalDate | undefined
}

interface ItemRow {
  readonly itemId: ItemId
  readonly orderId: OrderId
  readonly patientId: PatientId
  readonly kind: 'repeat' | 'acute'
  readonly approvedQuantity?: string
  readonly destinationOds?: OdsCode
  readonly pharmacyOds?: OdsCode
  readonly openedOn?: LocalDate
  readonly closedOn?: LocalDate
  readonly title?: string
  readonly detail?: unknown
  readonly codings?: unknown
  readonly practiceIsSetUp: boolean
  readonly prescriberIsSetUp: boolean
  readonly patientHasAddress: boolean
}

/** One item of the practice by its id, to be sent in the name of this member of staff. */
export async function approvedItem(
  tx: Tx,
  itemId: ItemId,
  staffId: StaffId,
): Promise<ApprovedItem | undefined> {
  const { practice } = tx.acting
  const row = await tx.maybe<ItemRow>(sql`
    select item.item_id, item.order_id, item.patient_id, item.kind, item.approved_quantity,
      medicine_order.destination_ods, pharmacy.ods_code as pharmacy_ods, pharmacy.opened_on,
      pharmacy.closed_on, medication.title, medication.detail, medication.codings,
      exists (
        select from prescriptions.eps_practice
        where eps_practice.practice = ${practice}) as practice_is_set_up,
      exists (
        select from prescriptions.eps_prescriber prescriber
        where prescriber.practice = ${practice}
          and prescriber.staff_id = ${staffId}) as prescriber_is_set_up,
      patient.postcode is not null and cardinality(patient.address_lines) > 0
        as patient_has_address
    from prescriptions.order_item item
    join prescriptions.medicine_order
      on medicine_order.practice = item.practice
      and medicine_order.order_id = item.order_id
    join directory.patient
      on patient.practice = item.practice
      and patient.patient_id = item.patient_id
    left join prescriptions.pharmacy on pharmacy.ods_code = medicine_order.destination_ods
    left join record.published_medication medication
      on medication.practice = item.practice
      and medication.patient_id = item.patient_id
      and medication.entry_id = item.medication_id
      and medication.kind = 'medication'
    where item.practice = ${practice}
      and item.item_id = ${itemId}
  `)
  return row && itemOf(row)
}

const text = z.string().trim().min(1).optional().catch(undefined)
const count = z.int().min(1).max(3660).optional().catch(undefined)
const detail = z
  .object({
    dose: text,
    patientInstruction: text,
    quantity: text,
    durationDays: count,
    issuesAllowed: count,
    authorisedUntil: text,
  })
  .catch({})

const coding = z.object({ system: text, code: text, display: text })
const codings = z.array(coding.catch({})).catch([])

function itemOf(row: ItemRow): ApprovedItem {
  const { pharmacyOds, openedOn, closedOn, title, approvedQuantity, ...rest } = row
  const found = detail.parse(row.detail ?? {})
  const coded: readonly Coding[] = codings.parse(row.codings ?? [])
  const { dose, patientInstruction, authorisedUntil } = found
  return {
    ...rest,
    pharmacy: pharmacyOds === undefined ? undefined : { openedOn, closedOn },
    name: title ?? '',
    codings: coded,
    // Two sentences of one dose: what the prescriber wrote, then what the patient is told beside it.
    dose: [dose, patientInstruction].filter((part) => part !== undefined).join('. ') || undefined,
    quantity: approvedQuantity ?? found.quantity,
    durationDays: found.durationDays,
    issuesAllowed: found.issuesAllowed,
    authorisedUntil: authorisedUntil === undefined ? undefined : parseLocalDate(authorisedUntil),
  }
}
