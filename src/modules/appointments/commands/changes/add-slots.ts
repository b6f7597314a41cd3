import { newId } from '#kernel/id'
import { sql } from '#platform/db'
import type { NewSlot } from '../../domain/session.ts'
import type { SessionId } from '../../domain/slot.ts'
import type { Changing } from './write-sessions.ts'

/** Adds slots, all free, to a session that is there. */
export async function addSlots(
  tx: Changing,
  sessionId: SessionId,
  given: readonly NewSlot[],
): Promise<void> {
  const slots = given.map((slot) => ({ ...slot, slotId: newId<'Slot'>(tx.now) }))
  await tx.run(sql`
    insert into appointments.slot
      (practice, slot_id, session_id, starts_at, minutes, slot_type, slot_type_id,
       national_category, delivery_channel, service_setting, bookable_online, gp_connect_bookable,
       released_at, state)
    select ${tx.acting.practice}, given."slotId", ${sessionId}::uuid, given."startsAt",
      given.minutes, given."slotType", given."slotTypeId", given."nationalCategory",
      given."deliveryChannel", given."serviceSetting", given."bookableOnline",
      coalesce(given."gpConnectBookable", false), given."releasedAt", 'free'
    from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as given (
      "slotId" uuid, "startsAt" timestamptz, minutes integer, "slotType" text,
      "slotTypeId" uuid, "nationalCategory" text, "deliveryChannel" text, "serviceSetting" text,
      "bookableOnline" boolean, "gpConnectBookable" boolean, "releasedAt" timestamptz)
  `)
}
