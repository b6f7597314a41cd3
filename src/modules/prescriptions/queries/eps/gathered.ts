import type { NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId, Sex, StaffId } from '#modules/directory'
import type { PrescribedItem, Prescriber } from '../../domain/eps/order-facts.ts'
import type { ItemId, ItemState, OrderId } from '../../domain/item.ts'

/** What of a line was approved, as it stood then. */
export type ApprovedDetail = Omit<PrescribedItem, 'lineId' | 'authorisationId'>

/** An approved line that no prescription holds yet, locked until the transaction ends. */
export interface WaitingLine {
  readonly lineId: string
  readonly itemId: ItemId
  readonly patientId: PatientId
  readonly staffId: StaffId
  readonly kind: 'repeat' | 'acute'
  readonly approvedDetail: ApprovedDetail
  readonly queuedAt: Date
  readonly medicationId: string
  readonly state: ItemState
}

/** The lines of an order that wait to be sent, in the order in which they were approved. */
export function waitingLines(
  tx: Tx<SystemProof>,
  orderId: OrderId,
): Promise<readonly WaitingLine[]> {
  return tx.many<WaitingLine>(sql`
    select line.line_id, line.item_id, line.patient_id, line.staff_id, line.kind,
      line.approved as approved_detail, line.queued_at, item.medication_id, item.state
    from prescriptions.eps_line line
    join prescriptions.order_item item
      on item.practice = line.practice
      and item.item_id = line.item_id
    where line.practice = ${tx.acting.practice}
      and line.order_id = ${orderId}
      and line.message_id is null
      and line.released_at is null
    order by line.queued_at, line.line_id
    limit 200
    for update of line
  `)
}

/** Who is involved in an order beside its prescriber. Without a parent the practice cannot send. */
export interface OrderParties {
  readonly destinationOds?: OdsCode
  readonly pharmacyName?: string
  readonly openedOn?: LocalDate
  readonly closedOn?: LocalDate
  readonly practiceName: string
  readonly practiceLines: readonly string[]
  readonly practicePostcode?: string
  readonly practicePhone?: string
  readonly parentCode?: OdsCode
  readonly parentName?: string
  readonly nhsNumber: NhsNumber
  readonly title?: string
  readonly givenName: string
  readonly familyName: string
  readonly sex: Sex
  readonly bornOn: LocalDate
  readonly addressLines: readonly string[]
  readonly postcode?: string
}

/** The parties of an order as they are now. */
export function orderParties(
  tx: Tx<SystemProof>,
  orderId: OrderId,
): Promise<OrderParties | undefined> {
  return tx.maybe<OrderParties>(sql`
    select medicine_order.destination_ods, pharmacy.name as pharmacy_name, pharmacy.opened_on,
      pharmacy.closed_on, practice.name as practice_name, practice.address_lines as practice_lines,
      practice.postcode as practice_postcode, practice.phone as practice_phone,
      sender.parent_code, sender.parent_name, patient.nhs_number, patient.title,
      patient.given_name, patient.family_name, patient.sex, patient.born_on,
      patient.address_lines, patient.postcode
    from prescriptions.medicine_order
    join directory.practice practice on practice.practice = medicine_order.practice
    join directory.patient
      on patient.practice = medicine_order.practice
      and patient.patient_id = medicine_order.patient_id
    left join prescriptions.pharmacy on pharmacy.ods_code = medicine_order.destination_ods
    left join prescriptions.eps_practice sender on sender.practice = medicine_order.practice
    where medicine_order.practice = ${tx.acting.practice}
      and medicine_order.order_id = ${orderId}
  `)
}

/** A prescriber as the prescription service knows them. */
export function prescriberById(
  tx: Tx<SystemProof>,
  staffId: StaffId,
): Promise<Prescriber | undefined> {
  return tx.maybe<Prescriber>(sql`
    select sds_user_id, role_profile_id, role_code, role_name, register, registration, din, title,
      given_name, family_name
    from prescriptions.eps_prescriber
    where practice = ${tx.acting.practice}
      and staff_id = ${staffId}
  `)
}
