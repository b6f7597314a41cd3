import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { PatientId } from '#modules/directory'
import type { AppointmentId } from '../../domain/slot.ts'

/**
 * What somebody booked before they were checked becomes the appointment of the patient they turned
 * out to be. Where the patient has another at that time, that one stays and this slot is given back.
 */
export const settleApplicantJob: JobHandler = {
  kind: 'appointments.settle-applicant',
  run: async (tx, payload) => {
    const applicantId = parseId<'Patient'>(payload['applicantId'])
    const patientId = parseId<'Patient'>(payload['patientId'])
    if (!applicantId || !patientId) throw new Error('The job of an applicant names nobody')
    for (const { appointmentId } of await booked(tx, applicantId))
      await hand(tx, { appointmentId, applicantId, patientId })
    // Whatever could not be handed over is given back.
    await enqueue(tx, 'appointments.end-registration', { patientId: applicantId })
  },
}

function booked(
  tx: Tx<SystemProof>,
  applicantId: PatientId,
): Promise<readonly { readonly appointmentId: AppointmentId }[]> {
  return tx.many<{ readonly appointmentId: AppointmentId }>(sql`
    select appointment_id
    from appointments.appointment
    where practice = ${tx.acting.practice}
      and patient_id = ${applicantId}
      and cancelled_at is null
    order by starts_at, appointment_id
    limit 10
  `)
}

/** Hands one over in the lowest place that the patient has never taken, unless two would overlap. */
async function hand(
  tx: Tx<SystemProof>,
  {
    appointmentId,
    applicantId,
    patientId,
  }: {
    readonly appointmentId: AppointmentId
    readonly applicantId: PatientId
    readonly patientId: PatientId
  },
): Promise<void> {
  const handed = await tx.run(sql`
    update appointments.appointment mine
    set patient_id = ${patientId}, first_place = null,
      place = (
        select min(free.place)
        from generate_series(1, 20) as free (place)
        where not exists (
          select
          from appointments.appointment held
          where held.practice = mine.practice
            and held.patient_id = ${patientId}
            and held.cancelled_at is null
            and held.place = free.place
            and held.starts_at > mine.booked_at))
    where mine.practice = ${tx.acting.practice}
      and mine.appointment_id = ${appointmentId}
      and mine.patient_id = ${applicantId}
      and not exists (
        select
        from appointments.appointment clash
        where clash.practice = mine.practice
          and clash.patient_id = ${patientId}
          and clash.cancelled_at is null
          and clash.starts_at < mine.ends_at
          and clash.ends_at > mine.starts_at)
  `)
  if (handed === 0) return
  await recordEvent(tx, {
    type: 'appointments.first-appointment-settled',
    about: patientId,
    details: { appointmentId, applicantId },
  })
}
