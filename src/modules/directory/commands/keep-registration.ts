import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId } from '../domain/patient.ts'

/**
 * Brings the periods for which a patient is registered up to what is recorded of them now. An open
 * period that turns out to have begun earlier is put right; one that begins anew ends the one before.
 */
export async function keepRegistration(tx: Tx<SystemProof>, patientId: PatientId): Promise<void> {
  await tx.run(sql`
    with saved as (
      select practice, patient_id, registration,
        coalesce(registered_on, '0001-01-01') as began_on,
        case when registration in ('left', 'deceased')
          then coalesce(registration_ended_on, updated_at::date) end as ended_on
      from directory.patient
      where practice = ${tx.acting.practice}
        and patient_id = ${patientId}
    ), begun_earlier as (
      delete from directory.registration_period period
      using saved
      where period.practice = saved.practice
        and period.patient_id = saved.patient_id
        and period.ended_on is null
        and period.began_on > saved.began_on
    ), begun_anew as (
      update directory.registration_period period
      set ended_on = saved.began_on
      from saved
      where period.practice = saved.practice
        and period.patient_id = saved.patient_id
        and period.ended_on is null
        and period.began_on < saved.began_on
    )
    insert into directory.registration_period (practice, patient_id, began_on, ended_on, kind)
    select practice, patient_id, began_on, ended_on,
      case registration when 'temporary' then 'temporary' else 'active' end
    from saved
    on conflict (practice, patient_id, began_on) do update set
      ended_on = excluded.ended_on,
      kind = case
        when excluded.ended_on is null then excluded.kind
        else registration_period.kind
      end
  `)
}
