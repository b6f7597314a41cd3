import { sql, type Tx } from '#platform/db'
import { localDateOf } from '#kernel/time'
import type { PatientId } from '../domain/patient.ts'

/** What became of somebody's registration. */
export type RegistrationChange =
  | { readonly kind: 'left' | 'deceased' | 'active' }
  | { readonly kind: 'sensitive'; readonly isSensitive: boolean }
  | { readonly kind: 'merged'; readonly into: PatientId }

/**
 * Changes a patient's registration, with the period it belongs to. Says whether anything changed.
 * Registering again opens a new period for the same patient (ID-9).
 */
export async function changeRegistration(
  tx: Tx,
  patientId: PatientId,
  change: RegistrationChange,
): Promise<boolean> {
  if (change.kind === 'sensitive') return setSensitive(tx, patientId, change.isSensitive)
  if (change.kind === 'merged') return setMerged(tx, patientId, change.into)
  const today = localDateOf(tx.now)
  const isBack = change.kind === 'active'
  const changed = await tx.maybe<{ readonly patientId: PatientId }>(sql`
    with changed as (
      update directory.patient
      set registration = ${change.kind},
        registered_on = case when ${isBack}::boolean then ${today}::date else registered_on end,
        registration_ended_on = case when ${isBack}::boolean then null else ${today}::date end,
        updated_at = ${tx.now}
      where practice = ${tx.acting.practice}
        and patient_id = ${patientId}
        and registration <> ${change.kind}
      returning practice, patient_id
    ), ended as (
      update directory.registration_period period
      set ended_on = greatest(period.began_on, ${today}::date)
      from changed
      where period.practice = changed.practice
        and period.patient_id = changed.patient_id
        and period.ended_on is null
        and not ${isBack}::boolean
    ), begun as (
      insert into directory.registration_period (practice, patient_id, began_on, kind)
      select practice, patient_id, ${today}::date, 'active'
      from changed
      where ${isBack}::boolean
      on conflict (practice, patient_id, began_on) do update set ended_on = null
    )
    select patient_id
    from changed
  `)
  return changed !== undefined
}

async function setSensitive(tx: Tx, patientId: PatientId, isSensitive: boolean): Promise<boolean> {
  const changed = await tx.run(sql`
    update directory.patient
    set is_sensitive = ${isSensitive}, updated_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and is_sensitive <> ${isSensitive}
  `)
  return changed > 0
}

async function setMerged(tx: Tx, patientId: PatientId, into: PatientId): Promise<boolean> {
  const changed = await tx.run(sql`
    update directory.patient
    set merged_into = ${into}, updated_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and merged_into is null
      and patient_id <> ${into}
      and exists (
        select from directory.patient other
        where other.practice = ${tx.acting.practice}
          and other.patient_id = ${into}
          and other.merged_into is null)
  `)
  return changed > 0
}
