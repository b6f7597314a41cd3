import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, Refused } from '#platform/http'
import type { StaffActing } from '#modules/access'
import type { ItemId } from '../../domain/item.ts'
import { itemForStaff, type StaffItem } from '../../queries/queue.ts'
import { medicinesForStaff } from '../../queries/medicines.ts'
import { overtakenBy, type DecideRefusal } from '../../commands/decide-item.ts'
import type { HandOutRefusal } from '../../commands/queue/hand-out.ts'
import type { PassOnRefusal } from '../../commands/queue/pass-on.ts'
import { NotDecidedPage } from './not-decided-page.tsx'
import type { BackTo } from './reject-form.ts'

/** One item with its medicine's name, for a page about it. Leaves where it is not there. */
export async function readItem(tx: Tx<StaffActing>, itemId: ItemId) {
  const item = await itemForStaff(tx, itemId)
  if (!item) throw new NotFound()
  await recordEvent(tx, { type: 'prescriptions.requests-viewed', about: item.patientId })
  return { item, name: await nameOf(tx, item) }
}

/** What the record calls an item's medicine, or called it. */
export async function nameOf(tx: Tx<StaffActing>, item: StaffItem): Promise<string> {
  const { patientId, medicationId } = item
  const found = await medicinesForStaff(tx, {
    patientIds: [patientId],
    medicationIds: [medicationId],
  })
  const name = found.get(medicationId)?.name ?? item.medicineName
  return name ?? 'a medicine that is no longer in the record'
}

/** Why an item that is no longer open is not decided here. */
export function alreadyDecided(item: StaffItem): DecideRefusal {
  return overtakenBy(item)
}

/** Leaves a request with what happened instead of what was pressed. */
export function leaveFor(
  refusal: DecideRefusal | HandOutRefusal | PassOnRefusal,
  { page, view }: BackTo,
): NotFound | Refused {
  if (refusal.reason === 'not-found') return new NotFound()
  return new Refused(<NotDecidedPage refusal={refusal} page={page} view={view} />, 409)
}
