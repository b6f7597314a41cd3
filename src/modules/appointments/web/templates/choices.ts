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

/** Who, where and what a session or a template can be given. */
export interface SessionChoices {
  readonly clinicians: readonly Pick<StaffMember, 'staffId' | 'name'>[]
  readonly rooms: readonly Room[]
  /** None where the practice works at one. */
  readonly sites: readonly Pick<Site, 'siteId' | 'name'>[]
  readonly types: readonly SlotType[]
}

/** The practice's clinicians, rooms, sites and slot types in use. */
export async function choicesOf(tx: Tx<StaffActing<'publish-slots'>>): Promise<SessionChoices> {
  const [people, places, sitesHere, types] = await Promise.all([
    clinicians(tx),
    rooms(tx),
    sites(tx),
    slotTypes(tx),
  ])
  return { clinicians: people, rooms: places, sites: sitesHere, types }
}
