import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { PatientId } from '#modules/directory'
import type { WaitlistId } from '../../domain/waitlist/line.ts'
import type { AppointmentId, SlotId, SlotState } from '../../domain/slot.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { endPlace } from '../waitlist/end-place.ts'

/** Closes what somebody has to come when their registration ends: appointments, and places. */
export const endRegistrationJob: JobHandler = {
  kind: 'appointments.end-registration',
  run: async (tx, payload) => {
    const patientId = parseId<'Patient'>(payload['patientId'])
    if (!patientId) throw new Error('The job of a registration names no patient')
    await cancelAll(tx, patientId)
    const places = await tx.many<{ readonly waitlistId: WaitlistId }>(sql`
      select waitlist_id
      from appointments.waitlist_entry
      where practice = ${tx.acting.practice}
        and patient_id = ${patientId}
        and ended_at is null
      order by waitlist_id
      limit 100
    `)
    for (const { waitlistId } of places) await endPlace(tx, { waitlistId, patientId }, 'practice')
  },
}

interface Freed {
  readonly appointmentId: AppointmentId
  readonly slotId: SlotId
  readonly state: SlotState
}

async function cancelAll(tx: Tx<SystemProof>, patientId: PatientId): Promise<void> {
  const { practice } = tx.acting
  const { waitlistOpen } = await practiceSettings(tx)
  const freed = await tx.many<Freed>(sql`
    with cancelled as (
      update appointments.appointment
      set cancelled_at = greatest(booked_at, ${tx.now}::timestamptz), cancelled_by = 'staff',
        cancel_reason = 'Registration ended'
      where practice = ${practice}
        and patient_id = ${patientId}
        and starts_at > ${tx.now}
        and cancelled_at is null
        and arrived_at is null
        and started_at is null
        and missed_at is null
      returning practice, slot_id, appointment_id
    )
    update appointments.slot
    set state = case
      when slot.bookable_online and slot.released_at <= ${tx.now}::timestamptz
        and ${waitlistOpen}::boolean then 'held'
      else 'free' end
    from cancelled
    where slot.practice = ${practice}
      and slot.practice = cancelled.practice
      and slot.slot_id = cancelled.slot_id
    returning cancelled.appointment_id, slot.slot_id, slot.state
  `)
  for (const { appointmentId, slotId, state } of freed) {
    await recordEvent(tx, {
      type: 'appointments.appointment-cancelled',
      about: patientId,
      details: { appointmentId, why: 'registration' },
    })
    if (state === 'held') await enqueue(tx, 'appointments.offer-slot', { slotId })
    await enqueue(tx, 'appointments.send-cancellation', { appointmentId, patientId })
  }
}
