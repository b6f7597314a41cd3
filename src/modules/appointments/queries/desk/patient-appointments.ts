import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { AttendanceTimes } from '../../domain/desk/attendance.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { AppointmentId, BookingMethod, DeliveryChannel, SlotId } from '../../domain/slot.ts'

/** An appointment of a patient as staff see it. */
export interface PatientAppointment extends AttendanceTimes {
  readonly appointmentId: AppointmentId
  readonly patientId: PatientId
  readonly slotId: SlotId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly slotType: string
  readonly slotTypeId?: SlotTypeId
  readonly deliveryChannel?: DeliveryChannel
  readonly sessionName: string
  readonly clinician?: string
  readonly room?: string
  readonly site?: string
  readonly reason: string
  readonly phone?: string
  readonly method: BookingMethod
  readonly bookedAt: Date
  readonly bookedBy: 'patient' | 'proxy' | 'staff'
  readonly bookedByName?: string
  readonly cancelledAt?: Date
  readonly cancelledBy?: 'patient' | 'proxy' | 'staff'
  readonly cancelledByName?: string
  readonly cancelReason?: string
  /** When the appointment is that this one was moved to. */
  readonly movedToAt?: Date
  readonly overbookReason?: string
}

/** How many appointments a page of a patient's past shows. */
export const pastOnPage = 30

/** A patient's live appointments that have not ended, soonest first, at most 50. */
export function comingAppointments(
  tx: Tx<StaffActing>,
  patientId: PatientId,
): Promise<readonly PatientAppointment[]> {
  return tx.many<PatientAppointment>(sql`
    select appointment.appointment_id, appointment.patient_id, appointment.slot_id,
      appointment.starts_at, appointment.ends_at, slot.slot_type, slot.delivery_channel,
      session.name as session_name, staff.name as clinician, room.name as room,
      site.name as site, appointment.reason, appointment.phone, appointment.method,
      appointment.booked_at, appointment.booked_by, booker.name as booked_by_name,
      appointment.arrived_at, appointment.started_at, appointment.finished_at,
      appointment.missed_at, slot.overbook_reason
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
    left join directory.site
      on site.practice = session.practice
      and site.site_id = session.site_id
    left join directory.staff booker
      on booker.practice = appointment.practice
      and booker.staff_id = appointment.booked_by_staff
    where appointment.practice = ${tx.acting.practice}
      and appointment.patient_id = ${patientId}
      and appointment.cancelled_at is null
      and appointment.ends_at > ${tx.now}
    order by appointment.starts_at, appointment.appointment_id
    limit 50
  `)
}

/** What of a patient is over, cancelled or moved, latest first; one more than a page shows. */
export function overAppointments(
  tx: Tx<StaffActing>,
  patientId: PatientId,
  after: AppointmentId | undefined,
): Promise<readonly PatientAppointment[]> {
  return tx.many<PatientAppointment>(sql`
    select appointment.appointment_id, appointment.patient_id, appointment.slot_id,
      appointment.starts_at, appointment.ends_at, slot.slot_type, slot.delivery_channel,
      session.name as session_name, staff.name as clinician, room.name as room,
      site.name as site, appointment.reason, appointment.phone, appointment.method,
      appointment.booked_at, appointment.booked_by, booker.name as booked_by_name,
      appointment.arrived_at, appointment.started_at, appointment.finished_at,
      appointment.missed_at, slot.overbook_reason, appointment.cancelled_at,
      appointment.cancelled_by, canceller.name as cancelled_by_name, appointment.cancel_reason,
      moved.starts_at as moved_to_at
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
    left join directory.site
      on site.practice = session.practice
      and site.site_id = session.site_id
    left join directory.staff booker
      on booker.practice = appointment.practice
      and booker.staff_id = appointment.booked_by_staff
    left join directory.staff canceller
      on canceller.practice = appointment.practice
      and canceller.staff_id = appointment.cancelled_by_staff
    left join appointments.appointment moved
      on moved.practice = appointment.practice
      and moved.appointment_id = appointment.moved_to
    where appointment.practice = ${tx.acting.practice}
      and appointment.patient_id = ${patientId}
      and (appointment.cancelled_at is not null or appointment.ends_at <= ${tx.now})
      and (${after}::uuid is null or (appointment.starts_at, appointment.appointment_id) < (
        select passed.starts_at, passed.appointment_id
        from appointments.appointment passed
        where passed.practice = ${tx.acting.practice}
          and passed.patient_id = ${patientId}
          and passed.appointment_id = ${after}))
    order by appointment.starts_at desc, appointment.appointment_id desc
    limit ${pastOnPage + 1}
  `)
}

/** One appointment of this patient, or `undefined` where they have no such one. */
export function patientAppointment(
  tx: Tx<StaffActing>,
  patientId: PatientId,
  appointmentId: AppointmentId,
): Promise<PatientAppointment | undefined> {
  return tx.maybe<PatientAppointment>(sql`
    select appointment.appointment_id, appointment.patient_id, appointment.slot_id,
      appointment.starts_at, appointment.ends_at, slot.slot_type, slot.slot_type_id,
      slot.delivery_channel, session.name as session_name, staff.name as clinician,
      room.name as room, site.name as site, appointment.reason, appointment.phone,
      appointment.method, appointment.booked_at, appointment.booked_by, appointment.arrived_at,
      appointment.started_at, appointment.finished_at, appointment.missed_at,
      appointment.cancelled_at, appointment.cancelled_by, appointment.cancel_reason
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
    left join directory.site
      on site.practice = session.practice
      and site.site_id = session.site_id
    where appointment.practice = ${tx.acting.practice}
      and appointment.patient_id = ${patientId}
      and appointment.appointment_id = ${appointmentId}
  `)
}
