import { z } from 'zod'
import { addDays, localDateOf, parseLocalDate, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId, StaffId } from '#modules/directory'
import type { ItemId } from '../../domain/item.ts'
import type { MedicationId } from '../../domain/medicine.ts'
import type { OrderRules } from '../../domain/orderable.ts'
import { flagsOf } from '../../domain/queue/flag.ts'
import { rankPatients, type RankedItem } from '../../domain/queue/ranking.ts'
import { useOf, useWindowDays, withLastSupply, type Use } from '../../domain/queue/use.ts'
import { decidedRequests } from '../requests.ts'
import { issuesOf } from './evidence.ts'
import { medicineFlags } from './flags.ts'

/** Which of the waiting items a page of the queue shows. */
export type QueueView = 'waiting' | 'mine' | 'asked'

/** Every view of the queue there is. */
export const queueViews = ['waiting', 'mine', 'asked'] as const satisfies QueueView[]

interface OpenRow {
  readonly itemId: ItemId
  readonly patientId: PatientId
  readonly medicationId: MedicationId
  readonly state: 'requested' | 'received' | 'asked'
  readonly requestedAt: Date
  readonly receivedBy?: StaffId
  readonly assignedTo?: StaffId
  readonly hasWords: boolean
}

interface EntryRow {
  readonly medicationId: MedicationId
  readonly title: string
  readonly lastIssuedOn?: string
  readonly durationDays?: unknown
  readonly quantity?: string
  readonly reviewOn?: string
  readonly authorisedUntil?: string
  readonly codings?: unknown
}

type RankedRow = OpenRow & Partial<EntryRow>

/** Waiting patients in the order in which they are to be looked at, and how many items each view has. */
export interface RankedQueue {
  readonly patients: readonly {
    readonly patientId: PatientId
    readonly itemIds: readonly ItemId[]
  }[]
  readonly counts: Readonly<Record<QueueView, number>>
}

/**
 * Everything that waits at the practice, oldest and riskiest first, at most 5,000 items. What ranks
 * them is read from the items and the medicines' own entries alone, so that all can be compared.
 */
export async function rankedQueue(
  tx: Tx<StaffActing>,
  view: QueueView,
  rules: OrderRules,
): Promise<RankedQueue> {
  const { staffId } = tx.acting
  const [rows, flags] = await Promise.all([waitingRows(tx), medicineFlags(tx)])
  const uses = await usesOf(tx, rows, rules)
  const inView = (row: RankedRow, one: QueueView) => isIn(row, one, staffId)
  const shown = rows
    .filter((row) => inView(row, view))
    .map((row) => ({
      ...rankedItem(row),
      flags: flagsOf(namedOf(row), flags),
      itemId: row.itemId,
      use: uses.get(row.medicationId),
    }))
  const ranked = rankPatients(shown, {
    today: localDateOf(tx.now),
    lateAfterDays: rules.lateAfterDays,
  })
  const count = (one: QueueView) => rows.filter((row) => inView(row, one)).length
  return {
    patients: ranked.map(({ patientId, items }) => ({
      patientId: patientId as PatientId,
      itemIds: items.map((item) => item.itemId),
    })),
    counts: { waiting: count('waiting'), mine: count('mine'), asked: count('asked') },
  }
}

/** In two steps, so that no plan compares every item with every entry. */
async function waitingRows(tx: Tx<StaffActing>): Promise<readonly RankedRow[]> {
  const items = await tx.many<OpenRow>(sql`
    select item.item_id, item.patient_id, item.medication_id, item.state, item.requested_at,
      item.received_by, item.assigned_to,
      medicine_order.note <> '' or item.answer is not null as has_words
    from prescriptions.order_item item
    join prescriptions.medicine_order
      on medicine_order.practice = item.practice
      and medicine_order.order_id = item.order_id
    where item.practice = ${tx.acting.practice}
      and medicine_order.practice = ${tx.acting.practice}
      and item.state in ('requested', 'received', 'asked')
    order by item.requested_at, item.item_id
    limit 5000
  `)
  if (items.length === 0) return []
  const medicines = await tx.many<EntryRow>(sql`
    select entry_id as medication_id, title, detail ->> 'lastIssuedOn' as last_issued_on,
      detail -> 'durationDays' as duration_days, detail ->> 'quantity' as quantity, detail ->> 'reviewOn' as review_on,
      detail ->> 'authorisedUntil' as authorised_until, codings
    from record.published_medication
    where practice = ${tx.acting.practice}
      and entry_id = any(${items.map((item) => item.medicationId)}::uuid[])
    order by entry_id
    limit 5000
  `)
  const byId = new Map(medicines.map((medicine) => [medicine.medicationId, medicine]))
  return items.map((item) => ({ ...byId.get(item.medicationId), ...item }))
}

/** How each medicine that waits is used, as its row of the queue shows it. */
async function usesOf(
  tx: Tx<StaffActing>,
  rows: readonly RankedRow[],
  { earlyDays }: OrderRules,
): Promise<ReadonlyMap<MedicationId, Use['kind'] | undefined>> {
  if (rows.length === 0) return new Map()
  const patientIds = [...new Set(rows.map((row) => row.patientId))]
  const medicationIds = [...new Set(rows.map((row) => row.medicationId))]
  const today = localDateOf(tx.now)
  const since = addDays(today, -useWindowDays)
  const [issues, decided] = await Promise.all([
    issuesOf(tx, patientIds, medicationIds, since),
    decidedRequests(tx, medicationIds, patientIds),
  ])
  return new Map(
    rows.map((row) => {
      const { medicationId, quantity, lastIssuedOn } = row
      const medicine = {
        quantity,
        lastIssuedOn: dayOf(lastIssuedOn),
        durationDays: wholeDays.parse(row.durationDays),
      }
      const own = decided.get(medicationId) ?? []
      const supplied = withLastSupply(issues.get(medicationId) ?? [], medicine, own)
      return [medicationId, useOf(supplied, earlyDays, today)?.kind]
    }),
  )
}

/** What waits for the patient is not for the practice to decide; what is mine, I have in hand. */
function isIn(row: RankedRow, view: QueueView, staffId: StaffId): boolean {
  switch (view) {
    case 'asked':
      return row.state === 'asked'
    case 'waiting':
      return row.state !== 'asked'
    case 'mine':
      return row.state !== 'asked' && (row.assignedTo ?? row.receivedBy) === staffId
  }
}

const wholeDays = z.number().optional().catch(undefined)
const codings = z.array(z.object({ code: z.string() })).catch([])

function rankedItem(row: RankedRow): Omit<RankedItem, 'flags'> {
  const reviews = [dayOf(row.reviewOn), dayOf(row.authorisedUntil)]
  return {
    itemId: row.itemId,
    patientId: row.patientId,
    requestedAt: row.requestedAt,
    requestedOn: localDateOf(row.requestedAt),
    hasNote: row.hasWords,
    reviewDueOn: reviews.filter((day) => day !== undefined).toSorted()[0],
    lastIssuedOn: dayOf(row.lastIssuedOn),
    days: wholeDays.parse(row.durationDays),
  }
}

function namedOf(row: RankedRow) {
  return { name: row.title ?? '', codes: codings.parse(row.codings).map(({ code }) => code) }
}

function dayOf(given: string | undefined): LocalDate | undefined {
  return given === undefined ? undefined : parseLocalDate(given)
}
