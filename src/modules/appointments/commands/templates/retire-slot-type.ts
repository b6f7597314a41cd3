import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import { slotTypeById } from '../../queries/templates/slot-types.ts'
import { templatesUsing } from '../../queries/templates/templates.ts'

export type RetiringRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'in-templates'; readonly templates: readonly string[] }

/**
 * Takes a slot type out of use. Slots made of it stay as they are, and can be booked; no template may
 * still make more of them. Asked again, the answer is the same.
 */
export async function retireSlotType(
  tx: Tx<StaffActing<'publish-slots'>>,
  slotTypeId: SlotTypeId,
): Promise<Result<SlotTypeId, RetiringRefusal>> {
  const [type, templates] = await Promise.all([
    slotTypeById(tx, slotTypeId),
    templatesUsing(tx, slotTypeId),
  ])
  if (!type) return refuse({ reason: 'not-found' })
  if (type.retiredAt) return accept(slotTypeId)
  if (templates.length > 0) return refuse({ reason: 'in-templates', templates })
  await tx.run(sql`
    update appointments.slot_type
    set retired_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and slot_type_id = ${slotTypeId}
      and retired_at is null
  `)
  await recordEvent(tx, { type: 'appointments.slot-type-retired', details: { slotTypeId } })
  return accept(slotTypeId)
}
