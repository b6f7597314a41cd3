import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { missingDescription, staffOnlyCategories } from '../../domain/national-category.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import { slotTypeById } from '../../queries/templates/slot-types.ts'
import { followType } from './follow-type.ts'

export type DescribingRefusal = { readonly reason: 'not-found' | 'type-not-described' }

/**
 * Gives a type to slots to come that lack a category or a way of meeting, by the names they have.
 * Booked ones are described too, and stay booked as they were agreed; free ones open as the type
 * says. Gives how many.
 */
export async function describeSlots(
  tx: Tx<StaffActing<'publish-slots'>>,
  names: readonly string[],
  slotTypeId: SlotTypeId,
): Promise<Result<{ readonly described: number }, DescribingRefusal>> {
  const type = await slotTypeById(tx, slotTypeId)
  if (!type || type.retiredAt) return refuse({ reason: 'not-found' })
  if (missingDescription(type).length > 0) return refuse({ reason: 'type-not-described' })

  const described = await tx.many<{ readonly slotId: string }>(sql`
    update appointments.slot
    set slot_type_id = ${slotTypeId}, slot_type = ${type.name},
      national_category = ${type.nationalCategory}, service_setting = ${type.serviceSetting},
      delivery_channel = case
        when state = 'booked' then coalesce(delivery_channel, ${type.deliveryChannel}::text)
        else ${type.deliveryChannel}::text
      end
    where practice = ${tx.acting.practice}
      and starts_at > ${tx.now}
      and overbooked_by is null
      and slot_type = any(${names}::text[])
      and (national_category is null
        or (delivery_channel is null
          and national_category <> all(${staffOnlyCategories}::text[])))
    returning slot_id
  `)
  await followType(tx, type, new Set(described.map((slot) => slot.slotId)))
  await recordEvent(tx, {
    type: 'appointments.slots-described',
    details: { slotTypeId, slots: described.length },
  })
  return accept({ described: described.length })
}
