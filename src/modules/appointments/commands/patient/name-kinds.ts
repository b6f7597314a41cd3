import { addDays, parseLocalDate, startOfDay } from '#kernel/time'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql } from '#platform/db'
import type { JobHandler } from '#platform/jobs'

/**
 * Says of a patient's appointments on a day whether their kind is kept back from the patient's pages,
 * because something of a consultation on that day is. Asked for whenever that may have changed.
 *
 * Source: DOMAIN RD-8, TR-4. Hazard: the name of an appointment tells what was withheld.
 */
export const nameKindsJob: JobHandler = {
  kind: 'appointments.name-kinds',
  run: async (tx, payload) => {
    const patientId = parseId<'Patient'>(payload['patientId'])
    const day = parseLocalDate(String(payload['day']))
    if (!patientId || !day) throw new Error('The job names no patient or no day')
    const named = await tx.run(sql`
      update appointments.appointment
      set kind_kept_back = not kind_kept_back
      where practice = ${tx.acting.practice}
        and patient_id = ${patientId}
        and starts_at >= ${startOfDay(day)}
        and starts_at < ${startOfDay(addDays(day, 1))}
        and kind_kept_back <> exists (
          select
          from record.published_kept_back_day kept
          where kept.practice = ${tx.acting.practice}
            and kept.patient_id = ${patientId}
            and kept.kept_back_on = ${day}::date)
    `)
    if (named > 0) {
      await recordEvent(tx, {
        type: 'appointments.kinds-named',
        about: patientId,
        details: { appointments: named },
      })
    }
  },
}
