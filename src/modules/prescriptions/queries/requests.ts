import { z } from 'zod'
import { localDateOf } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import type { ItemId, ItemState, OrderId, RejectReason } from '../domain/item.ts'
import type { MedicationId, Medicine } from '../domain/medicine.ts'
import type { PastRequest } from '../domain/orderable.ts'
import type { Identity } from '../domain/same.ts'
import { releasedMedicines } from './medicines.ts'

/** One earlier request for one medicine. */
export interface Request {
  readonly medicationId: MedicationId
  readonly itemId: ItemId
  readonly orderId: OrderId
  readonly state: ItemState
  readonly requestedAt: Date
  readonly decidedAt?: Date
  readonly rejectReason?: RejectReason
  readonly approvedQuantity?: string
}

/** A medicine released to the patient, with the requests for it of the last 400 days, newest first. */
export interface RequestableMedicine {
  readonly medicine: Medicine
  readonly requests: readonly PastRequest[]
  readonly lastRequest?: Request | undefined
}

/** Every medicine released to the patient acted for, orderable or not, by name. */
export async function requestableMedicines(
  tx: Tx<Acting<'prescriptions'>>,
): Promise<readonly RequestableMedicine[]> {
  const [medicines, asked] = await Promise.all([releasedMedicines(tx), ownRequests(tx)])
  const requests = Map.groupBy(asked, (request) => request.medicationId)
  return medicines.map((medicine) => {
    const own = requests.get(medicine.medicationId) ?? []
    return { medicine, requests: own.map(pastRequestOf), lastRequest: own[0] }
  })
}

/** As a rule reads it: in days. */
function pastRequestOf(request: Request): PastRequest {
  return {
    state: request.state,
    requestedOn: localDateOf(request.requestedAt),
    decidedOn: request.decidedAt && localDateOf(request.decidedAt),
    approvedQuantity: request.approvedQuantity,
  }
}

/** The requests of one patient that still count: all that are open, and those of 400 days. */
function ownRequests(tx: Tx<Acting<'prescriptions'>>): Promise<readonly Request[]> {
  return tx.many<Request>(sql`
    select medication_id, item_id, order_id, state, requested_at, decided_at, reject_reason,
      approved_quantity
    from prescriptions.order_item
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      -- As a case it is no way into an index: by state that would be all that waits in the practice.
      and case when requested_at > ${tx.now}::timestamptz - interval '400 days' then true
        else state in ('requested', 'received', 'asked') end
    order by requested_at desc, item_id desc
    limit 2000
  `)
}

/** The decided requests of 400 days for these medicines, as staff need them beside a new one. */
export async function decidedRequests(
  tx: Tx<StaffActing>,
  medicationIds: readonly MedicationId[],
  patientIds: readonly string[],
): Promise<ReadonlyMap<MedicationId, readonly PastRequest[]>> {
  const rows = await tx.many<Request>(sql`
    select medication_id, item_id, order_id, state, requested_at, decided_at, reject_reason,
      approved_quantity
    from prescriptions.order_item
    where practice = ${tx.acting.practice}
      and patient_id = any(${patientIds}::uuid[])
      and medication_id = any(${medicationIds}::uuid[])
      and state not in ('requested', 'received', 'asked')
      and requested_at > ${tx.now}::timestamptz - interval '400 days'
    order by requested_at desc, item_id desc
    limit 5000
  `)
  const byMedicine = Map.groupBy(rows, (request) => request.medicationId)
  return new Map(
    [...byMedicine].map(([medicine, requests]) => [medicine, requests.map(pastRequestOf)]),
  )
}

/** A request that waits or is on its way, with what its medicine is known by. */
export type GoingRequest = PastRequest & Identity & { readonly medicationId: MedicationId }

interface GoingRow {
  readonly patientId: string
  readonly medicationId: MedicationId
  readonly title: string
  readonly codings: unknown
  readonly state: ItemState
  readonly requestedAt: Date
  readonly decidedAt?: Date
}

const codings = z.array(z.object({ code: z.string() })).catch([])

/** What waits for these patients or was approved in the last 30 days, of what the record still has. */
export async function goingRequests(
  tx: Tx<StaffActing>,
  patientIds: readonly string[],
): Promise<ReadonlyMap<string, readonly GoingRequest[]>> {
  const rows = await tx.many<GoingRow>(sql`
    select item.patient_id, item.medication_id, medication.title, medication.codings, item.state,
      item.requested_at, item.decided_at
    from prescriptions.order_item item
    join record.published_medication medication
      on medication.practice = item.practice
      and medication.patient_id = item.patient_id
      and medication.entry_id = item.medication_id
    where item.practice = ${tx.acting.practice}
      and medication.practice = ${tx.acting.practice}
      and item.patient_id = any(${patientIds}::uuid[])
      and (item.state in ('requested', 'received', 'asked')
        or item.decided_at > ${tx.now}::timestamptz - interval '31 days')
    order by item.requested_at desc, item.item_id desc
    limit 5000
  `)
  const requests = rows.map(({ title, codings: coded, requestedAt, decidedAt, ...row }) => ({
    ...row,
    name: title,
    codes: codings.parse(coded).map(({ code }) => code),
    requestedOn: localDateOf(requestedAt),
    decidedOn: decidedAt && localDateOf(decidedAt),
  }))
  return Map.groupBy(requests, (one) => one.patientId)
}
