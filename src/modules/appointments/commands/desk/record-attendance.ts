import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import {
  attendanceOf,
  decideAttendance,
  type AttendanceRefusal,
  type AttendanceState,
  type AttendanceStep,
  type AttendanceTimes,
} from '../../domain/desk/attendance.ts'
import type { AppointmentId, DeliveryChannel } from '../../domain/slot.ts'

type Viewing = Tx<StaffActing<'view-clinics'>>

/**
 * Records one step of an appointment's day, or takes the latest back. `seen` is the state on the
 * page that was pressed: where somebody else was quicker, nothing is changed but what is so is told.
 */
export async function recordAttendance(
  tx: Viewing,
  asked: {
    readonly appointmentId: AppointmentId
    readonly step: AttendanceStep
    readonly seen: AttendanceState
  },
): Promise<Result<AttendanceState, AttendanceRefusal>> {
  const { appointmentId, step } = asked
  const appointment = await lockAppointment(tx, appointmentId)
  if (!appointment) return refuse({ reason: 'not-found' })

  const decision = decideAttendance(appointment, asked, tx.now)
  if (!decision.ok) {
    await recordEvent(tx, {
      type: 'appointments.attendance-recorded',
      about: appointment.patientId,
      outcome: 'refused',
      details: { appointmentId, step, reason: decision.refusal.reason },
    })
    return decision
  }
  if (decision.value === 'already') return accept(attendanceOf(appointment))
  const state = attendanceOf(decision.value)
  await writeTimes(tx, appointmentId, decision.value)
  await recordEvent(tx, {
    type: 'appointments.attendance-recorded',
    about: appointment.patientId,
    details: { appointmentId, step, state },
  })
  return accept(state)
}

interface LockedAppointment extends AttendanceTimes {
  readonly patientId: PatientId
  readonly startsAt: Date
  readonly cancelledAt?: Date
  readonly deliveryChannel?: DeliveryChannel
}

function lockAppointment(
  tx: Viewing,
  appointmentId: AppointmentId,
): Promise<LockedAppointment | undefined> {
  return tx.maybe<LockedAppointment>(sql`
    select appointment.patient_id, appointment.starts_at, appointment.cancelled_at,
      appointment.arrived_at, appointment.started_at, appointment.finished_at,
      appointment.missed_at, slot.delivery_channel
    from appointments.appointment
    join appointments.slot
      on slot.practice = appointment.practice
      and slot.slot_id = appointment.slot_id
    where appointment.practice = ${tx.acting.practice}
      and appointment.appointment_id = ${appointmentId}
    for update of appointment
  `)
}

async function writeTimes(
  tx: Viewing,
  appointmentId: AppointmentId,
  times: AttendanceTimes,
): Promise<void> {
  await tx.run(sql`
    update appointments.appointment
    set arrived_at = ${times.arrivedAt}, started_at = ${times.startedAt},
      finished_at = ${times.finishedAt}, missed_at = ${times.missedAt}
    where practice = ${tx.acting.practice}
      and appointment_id = ${appointmentId}
  `)
}
