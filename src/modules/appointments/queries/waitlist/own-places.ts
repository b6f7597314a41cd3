import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { OfferId, WaitlistId } from '../../domain/waitlist/line.ts'
import type { Wishes } from '../../domain/waitlist/wishes.ts'
import type { AppointmentId } from '../../domain/slot.ts'
import { placeOf, type PlaceColumns } from './places.ts'

/** Why a place is over. */
export type PlaceEnd = 'placed' | 'left' | 'lapsed' | 'missed-offers' | 'practice'

/** A place of the patient's, as they see it: nothing of anyone else. */
export interface OwnPlace {
  readonly waitlistId: WaitlistId
  readonly since: Date
  readonly joinedFrom: 'patient' | 'staff' | 'draw' | 'cancelled-clinic'
  readonly wishes: Wishes
  readonly clinician?: string
  readonly site?: string
  readonly kind?: string
  /** The appointment that an earlier one would replace. */
  readonly replaces?: AppointmentId
  readonly replacedStartsAt?: Date
  readonly endedAt?: Date
  readonly endedBy?: PlaceEnd
  /** What is offered to it now. */
  readonly offerId?: OfferId
  readonly offerStartsAt?: Date
  readonly offerExpiresAt?: Date
}

type OwnRow = PlaceColumns & Omit<OwnPlace, 'wishes'>

/** Where the patient waits, and where they waited in the last 60 days; the live ones first, at most 50. */
export async function ownPlaces(tx: Tx<Acting<'appointments'>>): Promise<readonly OwnPlace[]> {
  const rows = await tx.many<OwnRow>(sql`
    select entry.waitlist_id, entry.patient_id, entry.since, entry.missed_offers, entry.joined_from,
      entry.from_day, entry.until_day, entry.weekdays, entry.from_time, entry.until_time,
      entry.delivery_channels, entry.slot_type_id, entry.staff_id, entry.site_id,
      staff.name as clinician, site.name as site, coalesce(nullif(type.public_name, ''), type.name) as kind,
      replaced.appointment_id as replaces, replaced.starts_at as replaced_starts_at,
      entry.ended_at, entry.ended_by,
      offer.offer_id, slot.starts_at as offer_starts_at, offer.expires_at as offer_expires_at
    from appointments.waitlist_entry entry
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
      and entry.patient_id = ${tx.acting.patientId}
      and (entry.ended_at is null or entry.ended_at > ${tx.now}::timestamptz - interval '60 days')
    order by entry.ended_at desc nulls first, entry.since, entry.waitlist_id
    limit 50
  `)
  return rows.map((row) => ({ ...row, wishes: placeOf(row).wishes }))
}
