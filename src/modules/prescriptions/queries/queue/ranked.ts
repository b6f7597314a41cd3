import { z } from 'zod'
import { localDateOf, parseLocalDate, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId, StaffId } from '#modules/directory'
import type { ItemId } from '../../domain/item.ts'
import type { OrderRules } from '../../domain/orderable.ts'
import { flagsOf } from '../../domain/queue/flag.ts'
import { rankPatients, type RankedItem } from '../../domain/queue/ranking.ts'
import { medicineFlags } from './flags.ts'

/** Which of the waiting items a page of the queue shows. */
export type QueueView = 'waiting' | 'mine' | 'asked'

/** Every view of the queue there is. */
export const queueViews = ['waiting', 'mine', 'asked'] as const satisfies QueueView[]

interface RankedRow {
  readonly itemId: ItemId
  readonly patientId: PatientId
  readonly state: 'requested' | 'received' | 'asked'
  readonly requestedAt: Date
  readonly receivedBy?: StaffId
  readonly assignedTo?: StaffId
  readonly hasWords: boolean
  readonly title?: string
  readonly detail?: unknown
  readonly codings?: unknown
}

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
  const inView = (row: RankedRow, one: QueueView) => isIn(row, one, staffId)
  const shown = rows
    .filter((row) => inView(row, view))
    .map((row) => ({ ...rankedItem(row), flags: flagsOf(namedOf(row), flags), itemId: row.itemId }))
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

function waitingRows(tx: Tx<StaffActing>): Promise<readonly RankedRow[]> {
  return tx.many<RankedRow>(sql`
    select item.item_id, item.patient_id, item.state, item.requested_at, item.received_by,
      item.assigned_to, medicine_order.note <> '' or item.answer is not null as has_words,
      medication.title, medication.detail, medication.codings
    from prescriptions.order_item item
    join prescriptions.medicine_order
      on medicine_order.practice = item.practice
      and medicine_order.order_id = item.order_id
    left join record.published_medication medication
      on medication.practice = item.practice
      and medication.entry_id = item.medication_id
    where item.practice = ${tx.acting.practice}
      and medicine_order.practice = ${tx.acting.practice}
      and item.state in ('requested', 'received', 'asked')
    order by item.requested_at, item.item_id
    limit 5000
  `)
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

const text = z.string().optional().catch(undefined)
const rankDetail = z.object({
  lastIssuedOn: text,
  durationDays: z.number().optional().catch(undefined),
  reviewOn: text,
  authorisedUntil: text,
})
const codings = z.array(z.object({ code: z.string() })).catch([])

function rankedItem(row: RankedRow): Omit<RankedItem, 'flags'> {
  const detail = rankDetail.parse(row.detail ?? {})
  const reviews = [dayOf(detail.reviewOn), dayOf(detail.authorisedUntil)]
  return {
    itemId: row.itemId,
    patientId: row.patientId,
    requestedAt: row.requestedAt,
    requestedOn: localDateOf(row.requestedAt),
    hasNote: row.hasWords,
    reviewDueOn: reviews.filter((day) => day !== undefined).toSorted()[0],
    lastIssuedOn: dayOf(detail.lastIssuedOn),
    days: detail.durationDays,
  }
}

function namedOf(row: RankedRow) {
  return { name: row.title ?? '', codes: codings.parse(row.codings).map(({ code }) => code) }
}

function dayOf(given: string | undefined): LocalDate | undefined {
  return given === undefined ? undefined : parseLocalDate(given)
}
