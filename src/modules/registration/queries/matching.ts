import type { NhsNumber } from '#kernel/nhs-number'
import { sql, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { ListedPatient } from '../domain/matching/match.ts'

/** The patient with an NHS number, and whether the practice is there to be used. Takes no lock. */
export interface FoundOnList extends ListedPatient {
  readonly patientId: PatientId
}

/** The one patient of the practice with this NHS number, with what decides about an account. */
export function listedPatient(tx: Tx, nhsNumber: NhsNumber): Promise<FoundOnList | undefined> {
  return tx.maybe<FoundOnList>(sql`
    select patient.patient_id, patient.nhs_number, patient.family_name, patient.born_on,
      patient.registration, patient.registered_on, patient.is_sensitive,
      patient.merged_into is not null as is_merged,
      bool_or(own.association_id is not null
        and (own.ends_at is null or own.ends_at > ${tx.now})) as has_access,
      max(own.ends_at) as access_ended_at
    from directory.patient
    left join access.association own
      on own.practice = patient.practice
      and own.patient_id = patient.patient_id
      and own.relation = 'self'
    where patient.practice = ${tx.acting.practice}
      and patient.nhs_number = ${nhsNumber}
    group by patient.practice, patient.patient_id
  `)
}

/** Whether the practice has online services at all. */
export async function isLive(tx: Tx): Promise<boolean> {
  const found = await tx.maybe<{ readonly isLive: boolean }>(sql`
    select true as is_live
    from access.practice_service
    where practice = ${tx.acting.practice}
  `)
  return found !== undefined
}
