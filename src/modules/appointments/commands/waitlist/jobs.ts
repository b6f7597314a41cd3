import { parseId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { JobHandler, JobPayload } from '#platform/jobs'
import { hasLapsed, type WaitlistId } from '../../domain/waitlist/line.ts'
import { placeOf, type PlaceColumns } from '../../queries/waitlist/places.ts'
import { endPlace } from './end-place.ts'
import { offerSlot } from './offer-slot.ts'

/** What the waitlist does when its time comes. A slot is named by each, so that any repeats the other. */
export const waitlistJobs: readonly JobHandler[] = [
  { kind: 'appointments.offer-slot', run: (tx, payload) => offerSlot(tx, slotIn(payload)) },
  { kind: 'appointments.close-offer', run: (tx, payload) => offerSlot(tx, slotIn(payload)) },
  { kind: 'appointments.lapse-place', run: lapsePlace },
]

function slotIn(payload: JobPayload) {
  const slotId = parseId<'Slot'>(payload['slotId'])
  if (!slotId) throw new Error('The job of a slot names none')
  return slotId
}

async function lapsePlace(tx: Tx<SystemProof>, payload: JobPayload): Promise<void> {
  const waitlistId = parseId<'Waitlist'>(payload['waitlistId'])
  if (!waitlistId) throw new Error('The job of a place on the waitlist names none')
  const place = await lockPlace(tx, waitlistId)
  if (!place || !hasLapsed(placeOf(place), localDateOf(tx.now), tx.now)) return
  await endPlace(tx, place, 'lapsed')
}

function lockPlace(tx: Tx<SystemProof>, waitlistId: WaitlistId): Promise<PlaceColumns | undefined> {
  return tx.maybe<PlaceColumns>(sql`
    select waitlist_id, patient_id, since, missed_offers, from_day, until_day, weekdays, from_time,
      until_time, delivery_channels, slot_type_id, staff_id, site_id
    from appointments.waitlist_entry
    where practice = ${tx.acting.practice}
      and waitlist_id = ${waitlistId}
      and ended_at is null
    for update
  `)
}
