import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { AppointmentId, BookingRules, DeliveryChannel, SlotId } from '../domain/slot.ts'
import { rulesOf, type StoredRules } from './stored-rules.ts'

/** An appointment as its patient sees it. */
export interface OwnAppointment {
  readonly appointmentId: AppointmentId
  readonly slotId: SlotId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly slotType: string
  readonly deliveryChannel?: DeliveryChannel
  readonly clinician?: string
  readonly jobTitle?: string
  readonly room?: string
  /** In the patient's own words; '' where nothing was written. */
  readonly reason: string
  readonly phone?: string
  readonly bookedAt: Date
  readonly cancelledAt?: Date
}

interface OwnRow extends OwnAppointment, StoredRules {}

/** Live appointments still to come, soonest first, at most 50. */
export function upcomingAppointments(
  tx: Tx<Acting<'appointments'>>,
): Promise<readonly OwnAppointment[]> {
  return tx.many<OwnAppointment>(sql`
    select appointment.appointment_id, appointment.slot_id, appointment.starts_at,
      appointment.ends_at, slot.slot_type, slot.delivery_channel, staff.name as clinician,
      staff.job_title, room.name as room, appointment.reason, appointment.phone,
      appointment.booked_at, appointment.cancelled_at
    from appointments.appointment
    join appointments.slot
      on slot.practice = appointment.practice
      and slot.slot_id = appointment.slot_id
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.room
      on room.practice = session.practice
      and room.room_id = session.room_id
    where appointment.practice = ${tx.acting.practice}
      and appointment.patient_id = ${tx.acting.patientId}
      and appointment.cancelled_at is null
      and appointment.ends_at > ${tx.now}
    order by appointment.starts_at, appointment.appointment_id
    limit 50
  `)
}

/** What is over or cancelled, latest start first, from after `after`; at most `count`. */
export function pastAppointments(
  tx: Tx<Acting<'appointments'>>,
  page: { readonly after?: AppointmentId; readonly count: number },
): Promise<readonly OwnAppointment[]> {
  return tx.many<OwnAppointment>(sql`
    select appointment.appointment_id, appointment.slot_id, appointment.starts_at,
      appointment.ends_at, slot.slot_type, slot.delivery_channel, staff.name as clinician,
      staff.job_title, room.name as room, appointment.reason, appointment.phone,
      appointment.booked_at, appointment.cancelled_at
    from appointments.appointment
    join appointments.slot
      on slot.practice = appointment.practice
      and slot.slot_id = appointment.slot_id
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.room
      on room.practice = session.practice
      and room.room_id = session.room_id
    where appointment.practice = ${tx.acting.practice}
      and appointment.patient_id = ${tx.acting.patientId}
      and (appointment.cancelled_at is not null or appointment.ends_at <= ${tx.now})
      and (${page.after}::uuid is null or (appointment.starts_at, appointment.appointment_id) < (
        select passed.starts_at, passed.appointment_id
        from appointments.appointment passed
        where passed.practice = ${tx.acting.practice}
          and passed.patient_id = ${tx.acting.patientId}
          and passed.appointment_id = ${page.after}))
    order by appointment.starts_at desc, appointment.appointment_id desc
    limit ${page.count}
  `)
}

/** One of the patient's own appointments, with the rules it would be cancelled under. */
export async function ownAppointment(
  tx: Tx<Acting<'appointments'>>,
  appointmentId: AppointmentId,
): Promise<{ readonly appointment: OwnAppointment; readonly rules: BookingRules } | undefined> {
  const row = await tx.maybe<OwnRow>(sql`
    select appointment.appointment_id, appointment.slot_id, appointment.starts_at,
      appointment.ends_at, slot.slot_type, slot.delivery_channel, staff.name as clinician,
      staff.job_title, room.name as room, appointment.reason, appointment.phone,
      appointment.booked_at, appointment.cancelled_at,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required
    from appointments.appointment
    join appointments.slot
      on slot.practice = appointment.practice
      and slot.slot_id = appointment.slot_id
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.room
      on room.practice = session.practice
      and room.room_id = session.room_id
    left join appointments.booking_rule rule on rule.practice = appointment.practice
    where appointment.practice = ${tx.acting.practice}
      and appointment.patient_id = ${tx.acting.patientId}
      and appointment.appointment_id = ${appointmentId}
  `)
  return row && { appointment: row, rules: rulesOf(row) }
}
