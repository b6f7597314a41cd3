import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type {
  AppointmentId,
  BookingMethod,
  BookingRules,
  DeliveryChannel,
  SlotId,
} from '../domain/slot.ts'
import type { SlotTypeId } from '../domain/slot-type.ts'
import { quietly } from './patient-names.ts'
import { rulesOf, type StoredRules } from './stored-rules.ts'

/** An appointment as its patient sees it. */
export interface OwnAppointment {
  readonly appointmentId: AppointmentId
  readonly slotId: SlotId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly slotType: string
  readonly slotTypeId?: SlotTypeId
  readonly deliveryChannel?: DeliveryChannel
  readonly clinician?: string
  readonly jobTitle?: string
  readonly room?: string
  /** In the patient's own words; '' where nothing was written, or it is not for this reader. */
  readonly reason: string
  /** Absent too where it is not for this reader. */
  readonly phone?: string | undefined
  readonly bookedAt: Date
  readonly bookedBy: 'patient' | 'proxy' | 'staff'
  readonly method: BookingMethod
  readonly cancelledAt?: Date
  readonly cancelledBy?: 'patient' | 'proxy' | 'staff'
  /**
   * The patient's choice of reason, or what the practice tells the patient; absent too where it is
   * not for this reader.
   */
  readonly cancelReason?: string | undefined
  /** The appointment that it was moved to, and when that is. */
  readonly movedTo?: AppointmentId
  readonly movedToStartsAt?: Date
  readonly arrivedAt?: Date
  readonly startedAt?: Date
  readonly finishedAt?: Date
  readonly missedAt?: Date
  /** Absent where it is at the practice's own address. */
  readonly site?: string | undefined
  readonly siteAddressLines?: readonly string[]
  readonly sitePostcode?: string
  /** What its type is called for patients; '' or absent where that is `slotType`. */
  readonly publicName?: string
}

interface OwnRow extends OwnAppointment, StoredRules {
  readonly videoLink?: string
}

/** Live appointments still to come, soonest first, at most 50. */
export function upcomingAppointments(
  tx: Tx<Acting<'appointments'>>,
): Promise<readonly OwnAppointment[]> {
  const found = tx.many<OwnAppointment>(sql`
    select appointment.appointment_id, appointment.slot_id, appointment.starts_at,
      appointment.ends_at,
      case when appointment.kind_kept_back then 'Appointment' else slot.slot_type end as slot_type,
      slot.slot_type_id, slot.delivery_channel, staff.name as clinician,
      staff.job_title, room.name as room, appointment.reason, appointment.phone,
      appointment.booked_at, appointment.booked_by, appointment.method, appointment.cancelled_at,
      appointment.cancelled_by, appointment.cancel_reason, appointment.moved_to,
      target.starts_at as moved_to_starts_at, appointment.arrived_at,
      appointment.started_at, appointment.finished_at, appointment.missed_at,
      site.name as site, site.address_lines as site_address_lines,
      site.postcode as site_postcode, 
      case when appointment.kind_kept_back then '' else type.public_name end as public_name
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
    left join appointments.appointment target
      on target.practice = appointment.practice
      and target.appointment_id = appointment.moved_to
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    where appointment.practice = ${tx.acting.practice}
      and appointment.patient_id = ${tx.acting.patientId}
      and appointment.cancelled_at is null
      and appointment.ends_at > ${tx.now}
    order by appointment.starts_at, appointment.appointment_id
    limit 50
  `)
  return quietly(tx, found)
}

/** What is over or cancelled, latest start first, from after `after`; at most `count`. */
export function pastAppointments(
  tx: Tx<Acting<'appointments'>>,
  page: { readonly after?: AppointmentId; readonly count: number },
): Promise<readonly OwnAppointment[]> {
  const found = tx.many<OwnAppointment>(sql`
    select appointment.appointment_id, appointment.slot_id, appointment.starts_at,
      appointment.ends_at,
      case when appointment.kind_kept_back then 'Appointment' else slot.slot_type end as slot_type,
      slot.slot_type_id, slot.delivery_channel, staff.name as clinician,
      staff.job_title, room.name as room, appointment.reason, appointment.phone,
      appointment.booked_at, appointment.booked_by, appointment.method, appointment.cancelled_at,
      appointment.cancelled_by, appointment.cancel_reason, appointment.moved_to,
      target.starts_at as moved_to_starts_at, appointment.arrived_at,
      appointment.started_at, appointment.finished_at, appointment.missed_at,
      site.name as site, site.address_lines as site_address_lines,
      site.postcode as site_postcode, 
      case when appointment.kind_kept_back then '' else type.public_name end as public_name
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
    left join appointments.appointment target
      on target.practice = appointment.practice
      and target.appointment_id = appointment.moved_to
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
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
  return quietly(tx, found)
}

/** An appointment with the rules it would be cancelled under, and where video is joined, if told. */
export interface OwnUnderRules {
  readonly appointment: OwnAppointment
  readonly rules: BookingRules
  readonly videoLink: string
}

/** One of the patient's own appointments, with the rules it would be cancelled under. */
export async function ownAppointment(
  tx: Tx<Acting<'appointments'>>,
  appointmentId: AppointmentId,
): Promise<OwnUnderRules | undefined> {
  const found = tx.many<OwnRow>(sql`
    select appointment.appointment_id, appointment.slot_id, appointment.starts_at,
      appointment.ends_at,
      case when appointment.kind_kept_back then 'Appointment' else slot.slot_type end as slot_type,
      slot.slot_type_id, slot.delivery_channel, staff.name as clinician,
      staff.job_title, room.name as room, appointment.reason, appointment.phone,
      appointment.booked_at, appointment.booked_by, appointment.method, appointment.cancelled_at,
      appointment.cancelled_by, appointment.cancel_reason, appointment.moved_to,
      target.starts_at as moved_to_starts_at, appointment.arrived_at,
      appointment.started_at, appointment.finished_at, appointment.missed_at,
      site.name as site, site.address_lines as site_address_lines,
      site.postcode as site_postcode,
      case when appointment.kind_kept_back then '' else type.public_name end as public_name,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required, rule.reason_max, rule.cancel_online, rule.waitlist_open,
      rule.video_link
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
    left join appointments.appointment target
      on target.practice = appointment.practice
      and target.appointment_id = appointment.moved_to
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    left join appointments.booking_rule rule on rule.practice = appointment.practice
    where appointment.practice = ${tx.acting.practice}
      and appointment.patient_id = ${tx.acting.patientId}
      and appointment.appointment_id = ${appointmentId}
  `)
  const [row] = await quietly(tx, found)
  if (!row) return undefined
  const { videoLink = '', ...appointment } = row
  return { appointment, rules: rulesOf(row), videoLink }
}

/** What was written as the reason, to go with an appointment that is moved. Never for a page. */
export async function writtenReason(
  tx: Tx<Acting<'appointments'>>,
  appointmentId: AppointmentId,
): Promise<string> {
  const row = await tx.maybe<{ readonly reason: string }>(sql`
    select reason
    from appointments.appointment
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and appointment_id = ${appointmentId}
  `)
  return row?.reason ?? ''
}
