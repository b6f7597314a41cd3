import type { Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import {
  clinicians,
  rooms,
  sites,
  type Room,
  type Site,
  type StaffMember,
} from '#modules/directory'
import type { SlotType } from '../../domain/slot-type.ts'
import { slotTypes } from '../../queries/templates/slot-types.ts'

/** Whom and where a session can be given to, and what slots can be added to it. */
export interface ChangeChoices {
  readonly clinicians: readonly Pick<StaffMember, 'staffId' | 'name'>[]
  readonly rooms: readonly Room[]
  readonly sites: readonly Pick<Site, 'siteId' | 'name'>[]
  readonly slotTypes: readonly SlotType[]
}

/** What the forms of changes choose from. */
export async function changeChoices(tx: Tx<StaffActing<'publish-slots'>>): Promise<ChangeChoices> {
  const [people, places, where, types] = await Promise.all([
    clinicians(tx),
    rooms(tx),
    sites(tx),
    slotTypes(tx),
  ])
  return { clinicians: people, rooms: places, sites: where, slotTypes: types }
}
