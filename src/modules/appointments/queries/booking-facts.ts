import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { HeldAppointment } from '../domain/booking.ts'
import type {
  AppointmentId,
  BookingRules,
  DeliveryChannel,
  Slot,
  SlotId,
  SlotState,
} from '../domain/slot.ts'
import { rulesOf, type StoredRules } from './stored-rules.ts'

/** Everything that booking a slot depends on, as of one instant. */
export interface BookingFacts {
  /** Absent where the practice has no such slot. */
  readonly slot?: Slot
  readonly rules: BookingRules
  readonly held: readonly HeldAppointment[]
  /** What an earlier request with the same key booked. */
  readonly first?: { readonly appointmentId: AppointmentId; readonly slotId: SlotId }
}

interface FactsRow extends StoredRules {
  readonly slotId?: SlotId
  readonly startsAt?: Date
  readonly minutes?: number
  readonly state?: SlotState
  readonly bookableOnline?: boolean
  readonly nationalCategory?: string
  readonly deliveryChannel?: DeliveryChannel
  readonly releasedAt?: Date
  readonly firstAppointmentId?: AppointmentId
  readonly firstSlotId?: SlotId
  readonly held: readonly HeldAsText[]
}

type HeldAsText = Omit<HeldAppointment, 'startsAt' | 'endsAt'> & {
  readonly startsAt: string
  readonly endsAt: string
}

/** Reads what booking this slot depends on in one statement. Takes no lock. */
export async function bookingFacts(
  tx: Tx<Acting<'appointments'>>,
  slotId: SlotId,
  idempotencyKey: string,
): Promise<BookingFacts> {
  const row = await tx.maybe<FactsRow>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required,
      first.appointment_id as first_appointment_id, first.slot_id as first_slot_id,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'appointmentId', held.appointment_id, 'slotId', held.slot_id,
          'startsAt', held.starts_at, 'endsAt', held.ends_at, 'place', held.place))
        from appointments.appointment held
        where held.practice = practice.practice
          and held.patient_id = ${tx.acting.patientId}
          and held.cancelled_at is null
          and held.ends_at > ${tx.now}
      ), '[]') as held
    from directory.practice practice
    left join appointments.booking_rule rule on rule.practice = practice.practice
    left join appointments.slot
      on slot.practice = practice.practice
      and slot.slot_id = ${slotId}
    left join appointments.appointment first
      on first.practice = practice.practice
      and first.patient_id = ${tx.acting.patientId}
      and first.idempotency_key = ${idempotencyKey}
    where practice.practice = ${tx.acting.practice}
  `)
  if (!row) throw new Error('The practice of a transaction is not in the directory')
  return factsOf(row)
}

function factsOf(row: FactsRow): BookingFacts {
  const slot = slotOf(row)
  const { firstAppointmentId, firstSlotId } = row
  return {
    rules: rulesOf(row),
    held: row.held.map((held) => ({
      ...held,
      startsAt: new Date(held.startsAt),
      endsAt: new Date(held.endsAt),
    })),
    ...(slot && { slot }),
    ...(firstAppointmentId &&
      firstSlotId && {
        first: { appointmentId: firstAppointmentId, slotId: firstSlotId },
      }),
  }
}

function slotOf(row: FactsRow): Slot | undefined {
  const { slotId, startsAt, minutes, state, bookableOnline } = row
  if (!slotId || !startsAt || !minutes || !state || bookableOnline === undefined) return undefined
  return {
    slotId,
    startsAt,
    minutes,
    state,
    bookableOnline,
    ...(row.nationalCategory !== undefined && { nationalCategory: row.nationalCategory }),
    ...(row.deliveryChannel && { deliveryChannel: row.deliveryChannel }),
    ...(row.releasedAt && { releasedAt: row.releasedAt }),
  }
}
