import { localDateOf } from '#kernel/time'
import type { Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { ItemId } from '../../domain/item.ts'
import { alertsOf } from '../../domain/queue/alert.ts'
import { notInBulk, type NotInBulk } from '../../domain/queue/bulk.ts'
import { itemForStaff, type StaffItem } from '../../queries/queue.ts'
import { decisionFacts } from '../../queries/queue/facts.ts'
import { notesOf } from '../../queries/queue/notes.ts'
import { practiceRules } from '../../queries/rules.ts'
import { decideItem, type DecideRefusal } from '../decide-item.ts'
import type { ShownItem } from './write-step.ts'

/** One item that was left as it is, and why. */
export interface LeftItem {
  readonly item?: StaffItem | undefined
  readonly why: DecideRefusal | { readonly reason: 'alone'; readonly alone: NotInBulk }
}

/** What became of items that were to be approved together. */
export interface ApprovedMany {
  readonly approved: readonly StaffItem[]
  readonly left: readonly LeftItem[]
}

/** How many items can be approved at once. */
const mostAtOnce = 100

/**
 * Approves these items, each by itself: whatever is not safe to approve together with others, by
 * what is known now, is left, and so is what somebody else decided meanwhile.
 */
export async function approveMany(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  shown: readonly ShownItem[],
): Promise<ApprovedMany> {
  const approved: StaffItem[] = []
  const left: LeftItem[] = []
  // In one sequence for everyone, so that two people approving the same never wait for each other.
  const ordered = shown.slice(0, mostAtOnce).toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1))
  const read = await Promise.all(ordered.map(({ itemId }) => itemForStaff(tx, itemId)))
  const items = new Map(read.flatMap((item) => (item ? [[item.itemId, item]] : [])))
  const alone = await aloneOf(tx, [...items.values()])
  for (const one of ordered) {
    const item = items.get(one.itemId)
    const why = alone.get(one.itemId)
    if (why !== undefined && (await isAsRead(tx, item))) {
      left.push({ item, why: { reason: 'alone', alone: why } })
      continue
    }
    const decided = await decideItem(tx, { ...one, decision: { move: 'approve' } })
    if (decided.ok) approved.push(decided.value)
    else left.push({ item, why: decided.refusal })
  }
  return { approved, left }
}

/** Why items that wait are decided alone; others are told what became of them. */
async function aloneOf(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  items: readonly StaffItem[],
): Promise<ReadonlyMap<ItemId, NotInBulk>> {
  const waiting = items.filter((item) => item.decidedAt === undefined)
  const { rules } = await practiceRules(tx)
  const today = localDateOf(tx.now)
  const { items: facts } = await decisionFacts(tx, waiting, rules)
  const notes = await notesOf(
    tx,
    waiting.map((item) => item.itemId),
  )
  return new Map(
    waiting.flatMap((item) => {
      const own = facts.get(item.itemId)
      if (!own) throw new Error('The facts of an item were not read')
      const hasWords = notes.has(item.itemId) || item.question !== undefined
      const alerts = alertsOf(own, rules, today)
      const why = notInBulk({ ...own, alerts, note: item.note, hasWords }, rules, today)
      return why === undefined ? [] : [[item.itemId, why]]
    }),
  )
}

/** Somebody may have decided it meanwhile, which speaks against doing so again. */
async function isAsRead(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  item: StaffItem | undefined,
): Promise<boolean> {
  const now = item && (await itemForStaff(tx, item.itemId))
  return now !== undefined && now.version === item?.version
}
