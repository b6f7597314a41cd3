import { sql, type Tx } from '#platform/db'
import type { LocalDate } from '#kernel/time'
import type { OwnPlace } from './own-places.ts'
import { placeOf, type PlaceColumns } from './places.ts'

/** Somebody who waits, as staff see them. */
export type PracticePlace = Omit<OwnPlace, 'endedAt' | 'endedBy'> & {
  readonly patientId: PlaceColumns['patientId']
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly missedOffers: number
  readonly reason: string
  readonly phone?: string
}

type PlaceRow = PlaceColumns & Omit<PracticePlace, 'wishes'>

/** Everyone who waits, in the order in which they are asked, at most 500. */
export async function practicePlaces(tx: Tx): Promise<readonly PracticePlace[]> {
  const rows = await tx.many<PlaceRow>(sql`
    select entry.waitlist_id, entry.patient_id, entry.since, entry.missed_offers, entry.joined_from,
      entry.from_day, entry.until_day, entry.weekdays, entry.from_time, entry.until_time,
      entry.delivery_channels, entry.slot_type_id, entry.staff_id, entry.site_id, entry.reason,
      entry.phone, patient.given_name, patient.family_name, patient.born_on,
      staff.name as clinician, site.name as site, type.name as kind,
      replaced.appointment_id as replaces, replaced.starts_at as replaced_starts_at,
      offer.offer_id, slot.starts_at as offer_starts_at, offer.expires_at as offer_expires_at
    from appointments.waitlist_entry entry
    join directory.patient
      on patient.practice = entry.practice
      and patient.patient_id = entry.patient_id
    left join directory.staff
      on staff.practice = entry.practice
      and staff.staff_id = entry.staff_id
    left join directory.site
      on site.practice = entry.practice
      and site.site_id = entry.site_id
    left join appointments.slot_type type
      on type.practice = entry.practice
      and type.slot_type_id = entry.slot_type_id
    left join appointments.appointment replaced
      on replaced.practice = entry.practice
      and replaced.appointment_id = entry.replaces
    left join appointments.slot_offer offer
      on offer.practice = entry.practice
      and offer.waitlist_id = entry.waitlist_id
      and offer.closed_at is null
      and offer.expires_at > ${tx.now}
    left join appointments.slot
      on slot.practice = offer.practice
      and slot.slot_id = offer.slot_id
    where entry.practice = ${tx.acting.practice}
      and entry.ended_at is null
    order by entry.since, entry.waitlist_id
    limit 500
  `)
  return rows.map((row) => ({ ...row, wishes: placeOf(row).wishes }))
}
