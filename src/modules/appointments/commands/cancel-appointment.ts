import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { decideCancelling, type CancellingRefusal } from '../domain/cancelling.ts'
import type { AppointmentId, BookingRules } from '../domain/slot.ts'
import { ownAppointment } from '../queries/own-appointments.ts'
import { reopenInvitation } from './invitations.ts'

/**
 * Cancels an appointment of the patient acted for and gives its slot back: to those who wait for
 * one, or to everyone. Asked again, the answer is the same. `reason` is one of a few words of ours.
 */
export async function cancelAppointment(
  tx: Tx<Acting<'appointments'>>,
  appointmentId: AppointmentId,
  reason?: string,
): Promise<Result<AppointmentId, CancellingRefusal>> {
  const [permissions, found] = await Promise.all([
    permissionsOf(tx),
    ownAppointment(tx, appointmentId),
  ])
  if (!found) return refuse({ reason: 'not-found' })
  const decision =
    permissions.appointments === 'manage'
      ? decideCancelling(found.appointment, found.rules, tx.now)
      : refuse({ reason: 'view-only' } as const)
  if (!decision.ok) return noteRefusal(tx, appointmentId, decision.refusal)
  if (decision.value === 'now') {
    await write(tx, appointmentId, reason, found.rules)
    await reopenInvitation(tx, tx.acting.patientId, found.appointment.slotTypeId)
  }
  return accept(appointmentId)
}

async function write(
  tx: Tx<Acting<'appointments'>>,
  appointmentId: AppointmentId,
  reason: string | undefined,
  rules: BookingRules,
): Promise<void> {
  const { practice, patientId, actor } = tx.acting
  const cancelledBy = tx.acting.as === 'proxy' ? 'proxy' : 'patient'
  const details = { appointmentId, as: tx.acting.as }
  await tx.run(sql`
    with cancelled as (
      update appointments.appointment
      set cancelled_at = greatest(booked_at, ${tx.now}::timestamptz), cancelled_by = ${cancelledBy},
        cancel_reason = ${reason}
      where practice = ${practice}
        and appointment_id = ${appointmentId}
        and patient_id = ${patientId}
        and cancelled_at is null
        and arrived_at is null
        and started_at is null
        and missed_at is null
      returning practice, slot_id
    ), freed as (
      update appointments.slot
      set state = case
        when slot.bookable_online and slot.released_at <= ${tx.now}::timestamptz
          and slot.starts_at > ${tx.now}::timestamptz
          and ${rules.waitlistOpen}::boolean then 'held'
        else 'free' end
      from cancelled
      where slot.practice = ${practice}
        and slot.practice = cancelled.practice
        and slot.slot_id = cancelled.slot_id
        and slot.state = 'booked'
      returning slot.practice, slot.slot_id, slot.state
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, ${tx.now}::timestamptz,
        'appointments.appointment-cancelled', ${actor.kind}::text, ${actor.id}::uuid,
        ${patientId}::uuid, 'done', ${JSON.stringify(details)}::jsonb
      from cancelled
    ), offered as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid, 'appointments.offer-slot',
        jsonb_build_object('slotId', slot_id), ${tx.now}::timestamptz
      from freed
      where state = 'held'
    )
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice, ${newId(tx.now)}::uuid, 'appointments.send-cancellation',
      ${JSON.stringify({ appointmentId, patientId })}::jsonb, ${tx.now}::timestamptz
    from cancelled
  `)
}

async function noteRefusal(
  tx: Tx<Acting<'appointments'>>,
  appointmentId: AppointmentId,
  refusal: CancellingRefusal,
): Promise<Result<AppointmentId, CancellingRefusal>> {
  await recordEvent(tx, {
    type: 'appointments.appointment-cancelled',
    outcome: 'refused',
    details: { appointmentId, reason: refusal.reason, as: tx.acting.as },
  })
  return refuse(refusal)
}
