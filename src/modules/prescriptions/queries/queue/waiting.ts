import type { NhsNumber } from '#kernel/nhs-number'
import { localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId, StaffId } from '#modules/directory'
import type { Destination, ItemId, OrderId } from '../../domain/item.ts'
import type { MedicationId } from '../../domain/medicine.ts'
import type { OrderRules } from '../../domain/orderable.ts'
import { alertsOf, type Alert } from '../../domain/queue/alert.ts'
import { notInBulk, type NotInBulk } from '../../domain/queue/bulk.ts'
import type { Allergy, Caution } from '../../domain/queue/stated.ts'
import { decisionFacts, type Facts, type ItemFacts } from './facts.ts'
import { notesOf, type StaffNote } from './notes.ts'
import { rankedQueue, type QueueView, type RankedQueue } from './ranked.ts'

/** How many patients a page of the queue lists. */
export const patientsOnPage = 20

/** A waiting item with everything that is needed to decide it. */
export interface WaitingItem extends ItemFacts {
  readonly itemId: ItemId
  readonly orderId: OrderId
  readonly version: number
  readonly state: 'requested' | 'received' | 'asked'
  readonly requestedAt: Date
  readonly note: string
  readonly orderedBy: 'patient' | 'proxy'
  readonly destinationKind: Destination['kind']
  readonly pharmacyName?: string | undefined
  /** The name it has, or had where the record has it no more. */
  readonly name?: string | undefined
  readonly receivedBy?: StaffId | undefined
  readonly receiverName?: string | undefined
  readonly assignedTo?: StaffId | undefined
  readonly assigneeName?: string | undefined
  readonly question?: string | undefined
  readonly askedAt?: Date | undefined
  readonly askerName?: string | undefined
  readonly answer?: string | undefined
  readonly answeredAt?: Date | undefined
  readonly staffNotes: readonly StaffNote[]
  readonly alerts: readonly Alert[]
  /** Why it is decided by itself; absent where it may be approved together with others. */
  readonly alone?: NotInBulk | undefined
}

/** A patient with everything they wait for, oldest first. */
export interface WaitingPatient {
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly nhsNumber: NhsNumber
  readonly allergies: readonly Allergy[]
  readonly cautions: readonly Caution[]
  readonly items: readonly WaitingItem[]
}

interface WaitingRow {
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly nhsNumber: NhsNumber
  readonly itemId: ItemId
  readonly orderId: OrderId
  readonly medicationId: MedicationId
  readonly version: number
  readonly state: WaitingItem['state']
  readonly kind: 'repeat' | 'acute'
  readonly requestedAt: Date
  readonly note: string
  readonly orderedBy: 'patient' | 'proxy'
  readonly destinationKind: Destination['kind']
  readonly pharmacyName?: string
  readonly name?: string
  readonly receivedBy?: StaffId
  readonly receiverName?: string
  readonly assignedTo?: StaffId
  readonly assigneeName?: string
  readonly question?: string
  readonly askedAt?: Date
  readonly askerName?: string
  readonly answer?: string
  readonly answeredAt?: Date
}

/** A page of the queue: its patients, and one more than a page holds where there are more. */
export interface QueuePart {
  readonly patients: readonly WaitingPatient[]
  readonly counts: RankedQueue['counts']
}

/**
 * The patients of the `page`-th page (from 1) of a view, the ones to be looked at first before the
 * others, with everything that is needed to decide what they asked for.
 */
export async function waitingPatients(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  page: number,
  given: { readonly rules: OrderRules; readonly view?: QueueView },
): Promise<QueuePart> {
  const { rules, view = 'waiting' } = given
  const { patients, counts } = await rankedQueue(tx, view, rules)
  const first = (page - 1) * patientsOnPage
  const wanted = patients.slice(first, first + patientsOnPage + 1)
  const rows = await waitingItems(
    tx,
    wanted.flatMap((patient) => patient.itemIds),
  )
  const [facts, notes] = await Promise.all([
    decisionFacts(tx, rows, rules),
    notesOf(
      tx,
      rows.map((row) => row.itemId),
    ),
  ])
  const byPatient = Map.groupBy(rows, (row) => row.patientId)
  return {
    counts,
    patients: wanted.flatMap(({ patientId }) =>
      patientOf(byPatient.get(patientId) ?? [], {
        facts,
        notes,
        rules,
        today: localDateOf(tx.now),
      }),
    ),
  }
}

interface Known {
  readonly facts: Facts
  readonly notes: ReadonlyMap<ItemId, readonly StaffNote[]>
  readonly rules: OrderRules
  readonly today: LocalDate
}

function patientOf(rows: readonly WaitingRow[], known: Known): readonly WaitingPatient[] {
  const [first] = rows
  if (!first) return []
  const { patientId, givenName, familyName, bornOn, nhsNumber } = first
  const { facts } = known
  return [
    {
      patientId,
      givenName,
      familyName,
      bornOn,
      nhsNumber,
      allergies: facts.allergies.get(patientId) ?? [],
      cautions: facts.cautions.get(patientId) ?? [],
      items: rows.flatMap((row) => itemOf(row, known)),
    },
  ]
}

function itemOf(row: WaitingRow, { facts, notes, rules, today }: Known): readonly WaitingItem[] {
  const own = facts.items.get(row.itemId)
  if (!own) return []
  const staffNotes = notes.get(row.itemId) ?? []
  const alerts = alertsOf(own, rules, today)
  const hasWords = staffNotes.length > 0 || row.question !== undefined
  const alone = notInBulk({ ...own, alerts, note: row.note, hasWords }, rules, today)
  return [{ ...row, ...own, name: own.medicine?.name ?? row.name, staffNotes, alerts, alone }]
}

async function waitingItems(
  tx: Tx<StaffActing>,
  itemIds: readonly ItemId[],
): Promise<readonly WaitingRow[]> {
  if (itemIds.length === 0) return []
  return tx.many<WaitingRow>(sql`
    select patient.patient_id, patient.given_name, patient.family_name, patient.born_on,
      patient.nhs_number, item.item_id, item.order_id, item.medication_id, item.version, item.state,
      item.kind, item.requested_at, medicine_order.note, medicine_order.ordered_by,
      medicine_order.destination_kind, pharmacy.name as pharmacy_name, medication.title as name,
      item.received_by, receiver.name as receiver_name, item.assigned_to,
      assignee.name as assignee_name, item.question, item.asked_at, asker.name as asker_name,
      item.answer, item.answered_at
    from prescriptions.order_item item
    join directory.patient
      on patient.practice = item.practice
      and patient.patient_id = item.patient_id
    join prescriptions.medicine_order
      on medicine_order.practice = item.practice
      and medicine_order.order_id = item.order_id
    left join prescriptions.pharmacy on pharmacy.ods_code = medicine_order.destination_ods
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
    where item.practice = ${tx.acting.practice}
      and item.item_id = any(${itemIds}::uuid[])
      and item.state in ('requested', 'received', 'asked')
    order by item.requested_at, item.item_id
    limit 2000
  `)
}
