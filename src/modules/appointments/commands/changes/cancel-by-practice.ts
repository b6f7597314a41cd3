import { newId, type Id } from '#kernel/id'
import { addDays, localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { PatientId } from '#modules/directory'
import type { ChangeId } from '../../domain/changes/change.ts'
import { deliveryChannels, type AppointmentId, type SlotId } from '../../domain/slot.ts'
import type { ConcernedPatient } from '../../queries/changes/concerned.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'

/** Whose appointments are cancelled, by whom, and what they read. */
export interface Cancelling {
  readonly changeId: ChangeId
  readonly words: string
  /** The member of staff who made the change. */
  readonly madeBy: string
  readonly patients: readonly ConcernedPatient[]
}

interface CancelledRow {
  readonly appointmentId: AppointmentId
  readonly slotId: SlotId
  readonly patientId: PatientId
}

/** How long after the cancelled day an offer is still of use. */
const waitDays = 28

/**
 * Cancels appointments for the practice: those that are still live when it comes to them. Each
 * patient is told, and waits for another with seniority from when they had booked. The slots are
 * left to the caller.
 */
export async function cancelByPractice(
  tx: Tx<SystemProof>,
  cancelling: Cancelling,
): Promise<readonly CancelledRow[]> {
  const { changeId, words, madeBy, patients } = cancelling
  const cancelled = await tx.many<CancelledRow>(sql`
    update appointments.appointment
    set cancelled_at = greatest(booked_at, ${tx.now}::timestamptz), cancelled_by = 'staff',
      cancelled_by_staff = ${madeBy}, arrived_at = null, change_words = ${words},
      change_told_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and appointment_id = any(${patients.map((one) => one.appointmentId)}::uuid[])
      and cancelled_at is null
      and started_at is null
      and finished_at is null
      and missed_at is null
    returning appointment_id, slot_id, patient_id
  `)
  for (const { appointmentId, patientId } of cancelled) {
    await recordEvent(tx, {
      type: 'appointments.appointment-cancelled',
      about: patientId,
      details: { appointmentId, as: 'staff', changeId, staffId: madeBy },
    })
  }
  const gone = new Set(cancelled.map((one) => one.appointmentId))
  const living = patients.filter(
    (one) => gone.has(one.appointmentId) && one.registration !== 'deceased',
  )
  for (const { appointmentId, patientId } of living) {
    await enqueue(tx, 'appointments.send-clinic-cancelled', { appointmentId, patientId })
  }
  await reopenInvitations(tx, living)
  await letWait(tx, living)
  return cancelled
}

/** An invitation that a cancelled appointment used can be used again. */
async function reopenInvitations(
  tx: Tx<SystemProof>,
  patients: readonly ConcernedPatient[],
): Promise<void> {
  for (const { patientId, slotTypeId } of patients) {
    if (slotTypeId === undefined) continue
    await tx.run(sql`
      update appointments.invitation
      set used_at = null
      where practice = ${tx.acting.practice}
        and patient_id = ${patientId}
        and slot_type_id = ${slotTypeId}
        and used_at is not null
        and withdrawn_at is null
        and not exists (
          select
          from appointments.invitation other
          where other.practice = invitation.practice
            and other.patient_id = invitation.patient_id
            and other.slot_type_id = invitation.slot_type_id
            and other.invitation_id <> invitation.invitation_id
            and other.withdrawn_at is null
            and (other.used_at is null or other.invitation_id > invitation.invitation_id))
    `)
  }
}

/**
 * Puts patients on the waitlist, each once, from when the first of their cancelled appointments was
 * booked, for the type of slot that they had. Nobody where the practice keeps no waitlist.
 */
async function letWait(tx: Tx<SystemProof>, patients: readonly ConcernedPatient[]): Promise<void> {
  const { waitlistOpen } = await practiceSettings(tx)
  if (!waitlistOpen) return
  const byPatient = Map.groupBy(patients, (one) => one.patientId)
  const today = localDateOf(tx.now)
  const entries = [...byPatient.values()].flatMap((own) => {
    const first = own.toSorted((a, b) => Number(a.bookedAt) - Number(b.bookedAt))[0]
    if (!first) return []
    const day = localDateOf(first.startsAt)
    return [
      {
        waitlistId: newId<'Waitlist'>(tx.now) satisfies Id<'Waitlist'>,
        patientId: first.patientId,
        since: first.bookedAt,
        fromDay: today,
        untilDay: addDays(day > today ? day : today, waitDays),
        slotTypeId: first.slotTypeId,
        phone: first.appointmentPhone,
        reason: first.reason,
      },
    ]
  })
  await tx.run(sql`
    insert into appointments.waitlist_entry
      (practice, waitlist_id, patient_id, since, joined_at, joined_from, from_day, until_day,
       delivery_channels, slot_type_id, phone, reason)
    select ${tx.acting.practice}, given."waitlistId", given."patientId", given.since,
      ${tx.now}::timestamptz, 'cancelled-clinic', given."fromDay", given."untilDay",
      ${deliveryChannels}::text[], given."slotTypeId", given.phone, given.reason
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given (
      "waitlistId" uuid, "patientId" uuid, since timestamptz, "fromDay" date, "untilDay" date,
      "slotTypeId" uuid, phone text, reason text)
    where not exists (
      select
      from appointments.waitlist_entry other
      where other.practice = ${tx.acting.practice}
        and other.patient_id = given."patientId"
        and other.joined_from = 'cancelled-clinic'
        and other.ended_at is null)
  `)
}
