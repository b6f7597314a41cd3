import { parseId } from '#kernel/id'
import { addDays, localDateOf, parseLocalDate, startOfDay, type LocalDate } from '#kernel/time'
import type { Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { clinicians, sites, type Site, type StaffMember } from '#modules/directory'
import { deliveryChannels } from '../../domain/slot.ts'
import { slotTypeNames, type FreeSlotFilter } from '../../queries/desk/free-slots.ts'

/** What a list of free slots can be narrowed by. */
export interface SlotChoices {
  readonly clinicians: readonly Pick<StaffMember, 'staffId' | 'name'>[]
  readonly sites: readonly Pick<Site, 'siteId' | 'name'>[]
  readonly types: readonly string[]
}

/** Clinicians, sites and types of the practice. */
export async function slotChoices(tx: Tx<StaffActing>): Promise<SlotChoices> {
  const [people, places, types] = await Promise.all([clinicians(tx), sites(tx), slotTypeNames(tx)])
  return { clinicians: people, sites: places, types }
}

/** What is looked for, with what was chosen as the form shows it again. */
export interface AskedSlots {
  readonly filter: FreeSlotFilter
  readonly from: LocalDate
  readonly typed: Readonly<Record<string, string>>
}

/** How far ahead of the chosen day a list of free slots looks. */
const daysAhead = 56

/** Reads a search; what cannot be read counts as any, and no day as today. */
export function readAskedSlots(text: (name: string) => string | undefined, now: Date): AskedSlots {
  const from = parseLocalDate(text('from') ?? '') ?? localDateOf(now)
  const staffId = parseId<'Staff'>(text('staff'))
  const siteId = parseId<'Site'>(text('site'))
  const deliveryChannel = deliveryChannels.find((one) => one === text('how'))
  const slotType = text('type') || undefined
  const after = parseId<'Slot'>(text('after'))
  return {
    from,
    filter: {
      from: startOfDay(from),
      until: startOfDay(addDays(from, daysAhead)),
      ...(staffId && { staffId }),
      ...(siteId && { siteId }),
      ...(deliveryChannel && { deliveryChannel }),
      ...(slotType !== undefined && { slotType }),
      ...(after && { after }),
    },
    typed: {
      from,
      staff: staffId ?? '',
      site: siteId ?? '',
      how: deliveryChannel ?? '',
      type: slotType ?? '',
    },
  }
}
