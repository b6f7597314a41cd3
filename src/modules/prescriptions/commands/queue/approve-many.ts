import { localDateOf } from '#kernel/time'
import type { Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
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
export const mostAtOnce = 100

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
  for (const one of shown.slice(0, mostAtOnce).toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1))) {
    const item = await itemForStaff(tx, one.itemId)
    const alone = item && (await aloneOf(tx, item))
    if (alone !== undefined) {
      left.push({ item, why: { reason: 'alone', alone } })
      continue
    }
    const decision = { move: 'approve' as const }
    const decided = await decideItem(tx, { ...one, decision })
    if (decided.ok) approved.push(decided.value)
    else left.push({ item, why: decided.refusal })
  }
  return { approved, left }
}

/** Only an item that waits has a reason to be decided alone; others are told what became of them. */
async function aloneOf(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  item: StaffItem,
): Promise<NotInBulk | undefined> {
  if (item.decidedAt !== undefined) return undefined
  const { rules } = await practiceRules(tx)
  const today = localDateOf(tx.now)
  const facts = (await decisionFacts(tx, [item], rules)).items.get(item.itemId)
  if (!facts) throw new Error('The facts of an item were not read')
  const notes = (await notesOf(tx, [item.itemId])).get(item.itemId) ?? []
  const hasWords = notes.length > 0 || item.question !== undefined
  const alerts = alertsOf(facts, rules, today)
  const alone = notInBulk({ ...facts, alerts, note: item.note, hasWords }, rules, today)
  if (alone === undefined) return undefined
  // Somebody may have decided it meanwhile, which speaks against doing so again.
  return (await itemForStaff(tx, item.itemId))?.version === item.version ? alone : undefined
}
