import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { AppointmentId } from '../../domain/slot.ts'

/** What the practice told the patient about a change to their appointment. */
export interface ClinicChangeWords {
  /** In the practice's words, up to 300 characters; '' for whom anything is kept from. */
  readonly changeWords: string
  readonly changeToldAt: Date
  /** When the appointment was before; absent where its time did not change. */
  readonly changeWasAt?: Date
}

/**
 * What the patient acted for was told of a change to this appointment that the practice made: it was
 * cancelled, or it is at another time, with someone else or elsewhere. `undefined` where they were
 * told of none, and until they are. Source: DOMAIN TR-4.
 */
export function clinicChangeWords(
  tx: Tx<Acting<'appointments'>>,
  appointmentId: AppointmentId,
): Promise<ClinicChangeWords | undefined> {
  return tx.maybe<ClinicChangeWords>(sql`
    select
      case when record.keeps_any() then '' else change_words end as change_words,
      change_told_at, change_was_at
    from appointments.appointment
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and appointment_id = ${appointmentId}
      and change_words is not null
      and change_told_at is not null
  `)
}
