import { localDateOf } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { HeldAppointment } from '../../domain/booking.ts'
import type { DeskPatient, DeskSlot } from '../../domain/desk/booking.ts'
import type { PastOutcome } from '../../domain/desk/missed.ts'
import type { AppointmentId, SlotId } from '../../domain/slot.ts'
import { slotOf, type SlotColumns } from '../slot-rows.ts'

/** A slot with where it is and whose: what staff choose by. */
export interface DeskSlotFacts extends DeskSlot {
  readonly slotType: string
  readonly sessionName: string
  readonly clinician?: string
  readonly room?: string
  readonly site?: string
}

interface DeskSlotRow extends SlotColumns {
  readonly slotType: string
  readonly sessionName: string
  readonly sessionCancelledAt?: Date
  readonly clinician?: string
  readonly room?: string
  readonly site?: string
}

/** One slot of the practice in whatever state, or `undefined` where there is none. */
export async function deskSlot(
  tx: Tx<StaffActing>,
  slotId: SlotId,
): Promise<DeskSlotFacts | undefined> {
  const row = await tx.maybe<DeskSlotRow>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type_id,
      slot.slot_type, session.staff_id, session.site_id, session.name as session_name,
      session.cancelled_at as session_cancelled_at, staff.name as clinician, room.name as room,
      site.name as site,
      type.min_age, type.max_age, type.sex as type_sex, type.own_site_only,
      type.own_clinician_only, type.invited_only, type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before
    from appointments.slot
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
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    where slot.practice = ${tx.acting.practice}
      and slot.slot_id = ${slotId}
  `)
  if (!row) return undefined
  const { slotType, sessionName, sessionCancelledAt, clinician, room, site } = row
  return {
    ...slotOf(row),
    slotType,
    sessionName,
    ...(sessionCancelledAt && { sessionCancelledAt }),
    ...(clinician !== undefined && { clinician }),
    ...(room !== undefined && { room }),
    ...(site !== undefined && { site }),
  }
}

/** A patient as staff who book for them see them. */
export interface DeskPatientFacts extends DeskPatient {
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly mobile?: string
  readonly phone?: string
}

/** A patient of the practice, with what decides which slots are for them. */
export function deskPatient(
  tx: Tx<StaffActing>,
  patientId: PatientId,
): Promise<DeskPatientFacts | undefined> {
  return tx.maybe<DeskPatientFacts>(sql`
    select patient.patient_id, patient.given_name, patient.family_name, patient.registration,
      contact.mobile, contact.phone, patient.born_on, patient.sex, patient.site_id,
      patient.usual_staff_id,
      array(
        select invitation.slot_type_id
        from appointments.invitation
        where invitation.practice = patient.practice
          and invitation.patient_id = patient.patient_id
          and invitation.used_at is null
          and invitation.withdrawn_at is null
          and invitation.expires_on >= ${localDateOf(tx.now)}
      ) as invited_to
    from directory.patient
    join directory.published_contact contact
      on contact.practice = patient.practice
      and contact.patient_id = patient.patient_id
    where patient.practice = ${tx.acting.practice}
      and patient.patient_id = ${patientId}
  `)
}

/** A patient's live appointments that have not ended, whoever booked them. */
export function heldBy(
  tx: Tx<StaffActing>,
  patientId: PatientId,
): Promise<readonly HeldAppointment[]> {
  return tx.many<HeldAppointment>(sql`
    select appointment_id, slot_id, starts_at, ends_at, place
    from appointments.appointment
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and cancelled_at is null
      and ends_at > ${tx.now}
    order by starts_at, appointment_id
    limit 100
  `)
}

/** What an earlier request with the same key booked for this patient. */
export function bookedByKey(
  tx: Tx<StaffActing>,
  patientId: PatientId,
  idempotencyKey: string,
): Promise<{ readonly appointmentId: AppointmentId; readonly slotId: SlotId } | undefined> {
  return tx.maybe<{ readonly appointmentId: AppointmentId; readonly slotId: SlotId }>(sql`
    select appointment_id, slot_id
    from appointments.appointment
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and idempotency_key = ${idempotencyKey}
  `)
}

/** What a patient missed or had cancelled from `since` on, latest first, at most 200. */
export function outcomesSince(
  tx: Tx<StaffActing>,
  patientId: PatientId,
  since: Date,
): Promise<readonly PastOutcome[]> {
  return tx.many<PastOutcome>(sql`
    select starts_at, missed_at, cancelled_at, cancelled_by, moved_to is not null as is_moved
    from appointments.appointment
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and starts_at >= ${since}
      and starts_at <= ${tx.now}
      and (missed_at is not null or cancelled_at is not null)
    order by starts_at desc, appointment_id desc
    limit 200
  `)
}
