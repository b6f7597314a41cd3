import type { NhsNumber } from '#kernel/nhs-number'
import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'

/** A patient to choose from a list, with when their next appointment is. */
export interface PatientWithNext {
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly nextAt?: Date
  readonly nextWith?: string
}

/** How to find a patient: one of these. A name is the beginning of a given or family name. */
export interface PatientSearch {
  readonly name?: string
  readonly nhsNumber?: NhsNumber
  readonly bornOn?: LocalDate
}

/** Patients by family name with their next live appointment, at most 50. */
export function patientsWithNext(
  tx: Tx<StaffActing>,
  by: PatientSearch,
): Promise<readonly PatientWithNext[]> {
  const beginning = by.name === undefined ? undefined : `${escapeLike(by.name.toLowerCase())}%`
  return tx.many<PatientWithNext>(sql`
    with found as (
      select practice, patient_id, nhs_number, given_name, family_name, born_on
      from directory.patient
      where practice = ${tx.acting.practice}
        and registration <> 'applicant'
        and (nhs_number = ${by.nhsNumber}
          or born_on = ${by.bornOn}
          or lower(family_name) like ${beginning}
          or lower(given_name) like ${beginning}
          or lower(given_name || ' ' || family_name) like ${beginning}
          or lower(family_name || ', ' || given_name) like ${beginning})
      order by lower(family_name), lower(given_name), patient_id
      limit 50
    )
    select found.patient_id, found.nhs_number, found.given_name, found.family_name, found.born_on,
      next.starts_at as next_at, next.clinician as next_with
    from found
    left join lateral (
      select appointment.starts_at, staff.name as clinician
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
      where appointment.practice = ${tx.acting.practice}
        and appointment.practice = found.practice
        and appointment.patient_id = found.patient_id
        and appointment.cancelled_at is null
        and appointment.ends_at > ${tx.now}
      order by appointment.starts_at, appointment.appointment_id
      limit 1
    ) next on true
    order by lower(found.family_name), lower(found.given_name), found.patient_id
    limit 50
  `)
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
}
