import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { ItemUpdate } from '../../domain/eps/read-updates.ts'
import { applyUpdate, type TrackedItem, type UpdateOutcome } from '../../domain/eps/tracking.ts'
import type { ItemId, ItemState } from '../../domain/item.ts'
import type { LockedMessage } from '../../queries/eps/messages.ts'
import { trackedItems, type StoredItem } from '../../queries/eps/tracked-items.ts'
import { raiseAlert } from './raise-alert.ts'

type Working = Tx<SystemProof>

/**
 * Applies what was said of the items of one prescription: each update once, whatever came before,
 * and the patient told at most once of each kind of news. Items are locked while this is done.
 */
export async function applyUpdates(
  tx: Working,
  message: LockedMessage,
  updates: readonly ItemUpdate[],
): Promise<void> {
  const items = await trackedItems(tx, message.messageId)
  const news = new Map<ItemId, ItemState>()
  for (const item of items) {
    const own = updates
      .filter((update) => isAbout(update, item, items))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    const state = await applyToItem(tx, message, item, own)
    if (state !== undefined && state !== item.state) news.set(item.itemId, state)
  }
  await tellOf(tx, message, news)
}

/** By the line it was sent as; where the line is not named, by a drug that is there once alone. */
function isAbout(update: ItemUpdate, item: StoredItem, items: readonly StoredItem[]): boolean {
  if (items.some(({ lineId }) => lineId === update.lineId)) return update.lineId === item.lineId
  const alike = items.filter(({ drugCode }) => drugCode === update.drugCode)
  return alike.length === 1 && alike[0] === item
}

/** Gives the state that the item came to, where it was followed at all. */
async function applyToItem(
  tx: Working,
  message: LockedMessage,
  item: StoredItem,
  updates: readonly ItemUpdate[],
): Promise<ItemState | undefined> {
  let now: TrackedItem = { state: item.state, statusAt: item.statusAt ?? message.writtenAt }
  let { version } = item
  for (const update of updates) {
    // A clock that runs ahead would make everything true that is heard before then look old.
    const at = update.at < tx.now ? update.at : tx.now
    const done = applyUpdate(now, { ...update, at })
    if (!(await keepUpdate(tx, item, update, done.outcome))) continue
    if (done.outcome === 'unknown') {
      const { messageId, patientId } = message
      const cause = `${item.itemId} ${update.status.slice(0, 200)}`
      const words = update.status.slice(0, 200)
      await raiseAlert(tx, { kind: 'unknown-status', cause, messageId, patientId, words })
    }
    if (!('item' in done)) continue
    if (now.state === 'withdrawn') await tellOfWithdrawn(tx, message, item)
    if (done.outcome === 'moved') version += 1
    await moveItem(tx, item, done.item, version, done.outcome === 'moved')
    now = done.item
  }
  return updates.length > 0 ? now.state : undefined
}

async function keepUpdate(
  tx: Working,
  { itemId }: StoredItem,
  update: ItemUpdate,
  outcome: UpdateOutcome['outcome'],
): Promise<boolean> {
  const written = await tx.run(sql`
    insert into prescriptions.status_update
      (practice, item_id, status, status_at, heard_at, outcome)
    values (${tx.acting.practice}, ${itemId}, ${update.status.slice(0, 200)}, ${update.at},
      ${tx.now}, ${outcome})
    on conflict (practice, item_id, status, status_at) do nothing
  `)
  return written === 1
}

async function moveItem(
  tx: Working,
  item: StoredItem,
  to: TrackedItem,
  version: number,
  isMove: boolean,
): Promise<void> {
  const { practice } = tx.acting
  const { itemId, patientId } = item
  await tx.run(sql`
    with moved as (
      update prescriptions.order_item
      set state = ${to.state}, status_at = ${to.statusAt}, version = ${version}
      where practice = ${practice}
        and item_id = ${itemId}
      returning practice, item_id, version, patient_id, state, status_at
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, status_at
      from moved
      where ${isMove}::boolean
    )
    insert into audit.event
      (practice, event_id, at, type, actor_kind, patient_id, outcome, details)
    select practice, ${newId(tx.now)}::uuid, ${tx.now}::timestamptz,
      ${`prescriptions.item-${to.state}`}::text, 'system', ${patientId}::uuid, 'done',
      ${JSON.stringify({ itemId })}::jsonb
    from moved
    where ${isMove}::boolean
  `)
}

async function tellOfWithdrawn(
  tx: Working,
  { messageId, patientId }: LockedMessage,
  { itemId }: StoredItem,
): Promise<void> {
  await raiseAlert(tx, { kind: 'after-withdrawal', cause: itemId, messageId, patientId })
  await recordEvent(tx, {
    type: 'prescriptions.withdrawn-item-reported',
    about: patientId,
    details: { itemId, messageId },
  })
}

/** One notice that something can be collected, and one of what else the patient should look at. */
async function tellOf(
  tx: Working,
  { patientId, orderId }: LockedMessage,
  news: ReadonlyMap<ItemId, ItemState>,
): Promise<void> {
  for (const [kind, states] of toldStates) {
    const about = [...news].filter(([, state]) => states.includes(state)).map(([itemId]) => itemId)
    if (about.length === 0) continue
    await enqueue(tx, kind, { patientId, orderId, itemIds: about.join(' ') })
  }
}

/** Which notice tells of which states. */
const toldStates: readonly (readonly [`prescriptions.${string}`, readonly ItemState[]])[] = [
  ['prescriptions.send-ready', ['ready', 'ready-partly']],
  ['prescriptions.send-pharmacy-news', ['dispatched', 'not-dispensed', 'withdrawn']],
]
