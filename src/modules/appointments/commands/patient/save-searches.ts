import { newId, type Id } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { DeliveryChannel } from '../../domain/slot.ts'

/** One search for appointments and how much it found; nothing of what was chosen or said. */
export interface NotedSearch {
  readonly patientId: Id<'Patient'>
  readonly searchedAt: Date
  /** Slots shown; 0 where there was nothing. */
  readonly found: number
  /** When the first of them starts. */
  readonly firstAt?: Date
  readonly deliveryChannel?: DeliveryChannel
  readonly slotTypeId?: SlotTypeId
}

/** Keeps searches, so that the practice knows what its patients looked for in vain. */
export async function saveSearches(
  tx: Tx<SystemProof>,
  searches: readonly NotedSearch[],
): Promise<void> {
  const rows = searches.map((search) => ({
    ...search,
    searchId: newId<'Search'>(search.searchedAt),
  }))
  await tx.run(sql`
    insert into appointments.slot_search
      (practice, search_id, patient_id, searched_at, found, delivery_channel, slot_type_id, first_at)
    select ${tx.acting.practice}, given."searchId", given."patientId", given."searchedAt",
      given.found, given."deliveryChannel", given."slotTypeId", given."firstAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      "searchId" uuid, "patientId" uuid, "searchedAt" timestamptz, found integer,
      "deliveryChannel" text, "slotTypeId" uuid, "firstAt" timestamptz)
  `)
}
