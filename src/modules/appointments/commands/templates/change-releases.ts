import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PlannedRelease, UnplannedRelease } from '../../queries/templates/releases.ts'

/** Why nothing was changed. */
export type ReleasesRefusal =
  | { readonly reason: 'nothing-chosen' }
  | { readonly reason: 'after-they-start'; readonly firstAt: Date }

/** Groups of slots to open together: some planned for another time, some for none. */
export interface ChosenReleases {
  readonly planned: readonly PlannedRelease[]
  readonly unplanned: readonly UnplannedRelease[]
}

/**
 * Opens groups of free slots at another time than planned, or at last at one. Slots that somebody
 * took, blocked or opened meanwhile stay as they are. Gives how many slots open then.
 */
export async function changeReleases(
  tx: Tx<StaffActing<'publish-slots'>>,
  chosen: ChosenReleases,
  releasedAt: Date,
): Promise<Result<{ readonly slots: number }, ReleasesRefusal>> {
  const groups = [...chosen.planned, ...chosen.unplanned]
  if (groups.length === 0) return refuse({ reason: 'nothing-chosen' })
  const first = Math.min(...groups.map((group) => Number(group.firstAt)))
  if (Number(releasedAt) >= first) {
    return refuse({ reason: 'after-they-start', firstAt: new Date(first) })
  }

  const [planned, unplanned] = [
    await movePlanned(tx, chosen.planned, releasedAt),
    await openUnplanned(tx, chosen.unplanned, releasedAt),
  ]
  const slots = planned + unplanned
  await recordEvent(tx, {
    type: 'appointments.releases-changed',
    details: { slots, releasedAt: releasedAt.toISOString() },
  })
  return accept({ slots })
}

function movePlanned(
  tx: Tx<StaffActing<'publish-slots'>>,
  groups: readonly PlannedRelease[],
  releasedAt: Date,
): Promise<number> {
  return tx.run(sql`
    update appointments.slot
    set released_at = ${releasedAt}
    from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) as given (
      "releasedAt" timestamptz, "slotTypeId" uuid, "slotType" text)
    where slot.practice = ${tx.acting.practice}
      and slot.released_at = given."releasedAt"
      and slot.slot_type = given."slotType"
      and slot.slot_type_id is not distinct from given."slotTypeId"
      and slot.bookable_online
      and slot.state = 'free'
      and slot.draw_id is null
      and slot.released_at > ${tx.now}
      and slot.starts_at > ${releasedAt}
  `)
}

function openUnplanned(
  tx: Tx<StaffActing<'publish-slots'>>,
  groups: readonly UnplannedRelease[],
  releasedAt: Date,
): Promise<number> {
  const types = groups.map((group) => group.slotTypeId)
  return tx.run(sql`
    update appointments.slot
    set bookable_online = true, released_at = ${releasedAt}
    where practice = ${tx.acting.practice}
      and slot_type_id = any(${types}::uuid[])
      and not bookable_online
      and overbooked_by is null
      and state = 'free'
      and draw_id is null
      and starts_at > ${tx.now}
      and starts_at > ${releasedAt}
      and national_category is not null
      and delivery_channel is not null
  `)
}
