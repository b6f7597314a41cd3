import { localDateOf, type LocalDate } from '#kernel/time'
import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { HeldAppointment } from '../domain/booking.ts'
import type { Eligibility, SlotTypeId } from '../domain/slot-type.ts'
import type {
  AppointmentId,
  BookingRules,
  DeliveryChannel,
  Slot,
  SlotId,
  SlotState,
} from '../domain/slot.ts'
import { slotOf, type SlotColumns, type TermsColumns } from './slot-rows.ts'
import { rulesOf, type StoredRules } from './stored-rules.ts'

/** Everything that booking a slot depends on, as of one instant. */
export interface BookingFacts {
  /** Absent where the practice has no such slot. */
  readonly slot?: Slot
  readonly rules: BookingRules
  readonly patient: Eligibility
  readonly held: readonly HeldAppointment[]
  /** What an earlier request with the same key booked. */
  readonly first?: { readonly appointmentId: AppointmentId; readonly slotId: SlotId }
}

interface FactsRow extends StoredRules, TermsColumns {
  readonly slotId?: SlotId
  readonly startsAt?: Date
  readonly minutes?: number
  readonly state?: SlotState
  readonly bookableOnline?: boolean
  readonly nationalCategory?: string
  readonly deliveryChannel?: DeliveryChannel
  readonly releasedAt?: Date
  readonly slotTypeId?: SlotTypeId
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
  readonly bornOn: LocalDate
  readonly sex: Eligibility['sex']
  readonly ownSiteId?: Id<'Site'>
  readonly usualStaffId?: Id<'Staff'>
  readonly invitedTo: readonly SlotTypeId[]
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
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type_id,
      session.staff_id, session.site_id,
      type.min_age, type.max_age, type.sex as type_sex, type.own_site_only,
      type.own_clinician_only, type.invited_only, type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required, rule.reason_max, rule.cancel_online, rule.waitlist_open,
      patient.born_on, patient.sex, patient.site_id as own_site_id, patient.usual_staff_id,
      array(
        select invitation.slot_type_id
        from appointments.invitation
        where invitation.practice = patient.practice
          and invitation.patient_id = patient.patient_id
          and invitation.used_at is null
          and invitation.withdrawn_at is null
          and invitation.expires_on >= ${localDateOf(tx.now)}
      ) as invited_to,
      first.appointment_id as first_appointment_id, first.slot_id as first_slot_id,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'appointmentId', held.appointment_id, 'slotId', held.slot_id,
          'startsAt', held.starts_at, 'endsAt', held.ends_at, 'place', held.place))
        from appointments.appointment held
        where held.practice = patient.practice
          and held.patient_id = patient.patient_id
          and held.cancelled_at is null
          and held.ends_at > ${tx.now}
      ), '[]') as held
    from directory.patient
    left join appointments.booking_rule rule on rule.practice = patient.practice
    left join appointments.slot
      on slot.practice = patient.practice
      and slot.slot_id = ${slotId}
    left join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    left join appointments.appointment first
      on first.practice = patient.practice
      and first.patient_id = patient.patient_id
      and first.idempotency_key = ${idempotencyKey}
    where patient.practice = ${tx.acting.practice}
      and patient.patient_id = ${tx.acting.patientId}
  `)
  if (!row) throw new Error('The patient of a transaction is not in the directory')
  return factsOf(row)
}

function factsOf(row: FactsRow): BookingFacts {
  const { firstAppointmentId, firstSlotId } = row
  return {
    rules: rulesOf(row),
    patient: {
      bornOn: row.bornOn,
      sex: row.sex,
      invitedTo: row.invitedTo,
      ...(row.ownSiteId && { siteId: row.ownSiteId }),
      ...(row.usualStaffId && { usualStaffId: row.usualStaffId }),
    },
    held: row.held.map((held) => ({
      ...held,
      startsAt: new Date(held.startsAt),
      endsAt: new Date(held.endsAt),
    })),
    ...(hasSlot(row) && { slot: slotOf(row) }),
    ...(firstAppointmentId &&
      firstSlotId && {
        first: { appointmentId: firstAppointmentId, slotId: firstSlotId },
      }),
  }
}

function hasSlot(row: FactsRow): row is FactsRow & SlotColumns {
  return row.slotId !== undefined
}
