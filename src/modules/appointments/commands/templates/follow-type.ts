import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { SlotType } from '../../domain/slot-type.ts'
import { followingOffer } from '../../domain/templates/following.ts'
import { freeSlotsOfType } from '../../queries/templates/slot-types.ts'

/**
 * Writes a type's description and opening on its slots that are still free and to come. Those that
 * somebody books meanwhile stay as they were. `among` narrows them down. Gives how many followed.
 */
export async function followType(
  tx: Tx<StaffActing<'publish-slots'>>,
  type: SlotType,
  among?: ReadonlySet<string>,
): Promise<number> {
  const free = await freeSlotsOfType(tx, type.slotTypeId)
  const slots = free.filter((slot) => !among || among.has(slot.slotId))
  const offers = slots.map((slot) => ({
    slotId: slot.slotId,
    ...followingOffer(type, slot, tx.now),
  }))
  return tx.run(sql`
    update appointments.slot
    set slot_type = ${type.name}, national_category = ${type.nationalCategory},
      delivery_channel = ${type.deliveryChannel}, service_setting = ${type.serviceSetting},
      bookable_online = given."bookableOnline", gp_connect_bookable = given."gpConnectBookable",
      released_at = given."releasedAt"
    from jsonb_to_recordset(${JSON.stringify(offers)}::jsonb) as given (
      "slotId" uuid, "bookableOnline" boolean, "gpConnectBookable" boolean,
      "releasedAt" timestamptz)
    where slot.practice = ${tx.acting.practice}
      and slot.slot_id = given."slotId"
      and slot.state = 'free'
      and slot.draw_id is null
  `)
}
