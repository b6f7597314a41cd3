import { accept, refuse, type Result } from '#kernel/result'
import type { Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { decideMove, type ItemId, type ItemMove, type ItemState } from '../../domain/item.ts'
import { itemForStaff, type StaffItem } from '../../queries/queue.ts'
import { overtakenBy, type DecideRefusal } from '../decide-item.ts'

/** An item as the person acting was shown it. */
export interface ShownItem {
  readonly itemId: ItemId
  readonly version: number
}

/**
 * The item with the state that a move leads to, or why it cannot be made now. Without a state where
 * the person's own move was made already, which `isSame` knows: sending it twice is once.
 */
export async function itemToMove(
  tx: Tx<StaffActing>,
  { itemId, version }: ShownItem,
  move: ItemMove,
  isSame: (item: StaffItem) => boolean,
): Promise<Result<{ readonly item: StaffItem; readonly to?: ItemState }, DecideRefusal>> {
  const item = await itemForStaff(tx, itemId)
  if (!item) return refuse({ reason: 'not-found' })
  if (isSame(item) && item.version === version + 1) return accept({ item })
  const next = decideMove(item.state, move)
  if (!next.ok) return refuse(overtakenBy(item))
  if (item.version !== version) return refuse(overtakenBy(item))
  return accept({ item, to: next.value })
}

/** Why a move that was decided was not written after all: somebody else was first. */
export async function lostTo(tx: Tx<StaffActing>, itemId: ItemId): Promise<DecideRefusal> {
  const item = await itemForStaff(tx, itemId)
  return item ? overtakenBy(item) : { reason: 'not-found' }
}
