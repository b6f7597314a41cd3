import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import { associationsOfPatient, decidePermissions } from '#modules/access'
import type { Patient, PatientId } from '#modules/directory'
import type { AppointmentId, DeliveryChannel, SessionId, SlotId } from '../../domain/slot.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'

/** A booked patient whom a change to clinics concerns. For staff. */
export interface ConcernedPatient {
  readonly appointmentId: AppointmentId
  readonly slotId: SlotId
  readonly sessionId: SessionId
  readonly patientId: PatientId
  readonly startsAt: Date
  readonly endsAt: Date
  /** When it was before the practice moved it. */
  readonly wasAt?: Date
  readonly bookedAt: Date
  readonly slotType: string
  readonly slotTypeId?: SlotTypeId
  readonly deliveryChannel?: DeliveryChannel
  readonly reason: string
  /** Given for this appointment alone. */
  readonly appointmentPhone?: string
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly registration: Patient['registration']
  readonly phone?: string
  readonly mobile?: string
  readonly email?: string
  /** For text messages. */
  readonly texts?: string
  /** The patient said how it is safe to reach them: no other number is used. */
  readonly isSpecial: boolean
  readonly whenSafe?: string
}

interface ConcernedAppointment {
  readonly appointmentId: AppointmentId
}

/**
 * Live appointments in these slots whose patients have not been called in, by time; at most 2000.
 * Someone who has arrived is among them.
 */
export async function concernedPatients(
  tx: Tx,
  slotIds: readonly SlotId[],
): Promise<readonly ConcernedPatient[]> {
  const concerned = await tx.many<ConcernedAppointment>(sql`
    select appointment_id
    from appointments.appointment
    where practice = ${tx.acting.practice}
      and slot_id = any(${slotIds}::uuid[])
      and cancelled_at is null
      and started_at is null
      and finished_at is null
      and missed_at is null
    order by starts_at, appointment_id
    limit 2000
  `)
  return patientsOf(
    tx,
    concerned.map(({ appointmentId }) => appointmentId),
  )
}

/** These appointments with their patients, whatever became of them, by time; at most 2000. */
export function patientsOf(
  tx: Tx,
  appointmentIds: readonly AppointmentId[],
): Promise<readonly ConcernedPatient[]> {
  return tx.many<ConcernedPatient>(sql`
    select appointment.appointment_id, appointment.slot_id, slot.session_id,
      appointment.patient_id, appointment.starts_at, appointment.ends_at,
      appointment.change_was_at as was_at, appointment.booked_at,
      slot.slot_type, slot.slot_type_id, slot.delivery_channel, appointment.reason,
      appointment.phone as appointment_phone, patient.given_name, patient.family_name,
      patient.born_on, patient.registration, contact.phone, contact.mobile, contact.email,
      contact.texts, contact.is_special, contact.when_safe
    from appointments.appointment
    join appointments.slot
      on slot.practice = appointment.practice
      and slot.slot_id = appointment.slot_id
    join directory.patient
      on patient.practice = appointment.practice
      and patient.patient_id = appointment.patient_id
    join directory.published_contact contact
      on contact.practice = appointment.practice
      and contact.patient_id = appointment.patient_id
    where appointment.practice = ${tx.acting.practice}
      and appointment.appointment_id = any(${appointmentIds}::uuid[])
    order by appointment.starts_at, appointment.appointment_id
    limit 2000
  `)
}

/**
 * Which of these patients a notice reaches: somebody may use appointments for them online, and there
 * is an address to tell them at. The rest learn of nothing unless they are phoned.
 */
export async function reachedOnline(
  tx: Tx,
  patients: readonly Pick<ConcernedPatient, 'patientId' | 'registration' | 'email' | 'texts'>[],
): Promise<ReadonlySet<PatientId>> {
  const able = new Map(
    patients
      .filter(({ registration }) => registration === 'active' || registration === 'temporary')
      .filter(({ email, texts }) => email !== undefined || texts !== undefined)
      .map((patient) => [patient.patientId, patient]),
  )
  const found = await Promise.all(
    [...able.keys()].map(async (patientId) => {
      const associations = await associationsOfPatient(tx, patientId)
      const may = associations.some((one) => decidePermissions(one).appointments !== 'none')
      return may ? [patientId] : []
    }),
  )
  return new Set(found.flat())
}
