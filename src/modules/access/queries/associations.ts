import type { Id } from '#kernel/id'
import { localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Queries, type Tx } from '#platform/db'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import type { IdentityMethod } from '../domain/identity/methods.ts'
import type { Switches } from '../domain/services.ts'
import type { SuspendedWhy } from '../domain/suspending.ts'

/** One person's way to one patient, with both switches of every service. */
export interface StoredAssociation extends Switches {
  readonly relation: 'self' | 'proxy'
  readonly registration: string
  readonly givenName: string
  readonly familyName: string
  readonly practiceName: string
  readonly associationId: Id<'Association'>
  readonly bornOn: LocalDate
  readonly endsAt?: Date
  readonly identityMethod?: IdentityMethod
  readonly lastUsedOn?: LocalDate
  /** Minutes for which proving who one is opens the record; 0 where nobody is asked again. */
  readonly secondStepMinutes: number
}

/**
 * The association that lets this account act for this patient now, or `undefined`: ended, not yet
 * begun, suspended, never there, or the patient is no longer registered, marked as sensitive, or
 * found to be another (EX-2, EX-3, RA-11). Parental responsibility ends on the sixteenth birthday,
 * whether the day's work has run or not. For `appointments` alone, nothing is asked of the record, and
 * the record comes back as closed.
 */
export function openAssociation(
  queries: Queries,
  at: {
    readonly practice: string
    readonly accountId: AccountId
    readonly patientId: PatientId
    readonly now: Date
  },
  about: 'appointments' | 'everything' = 'everything',
): Promise<StoredAssociation | undefined> {
  const asks = about === 'everything'
  return queries.maybe<StoredAssociation>(sql`
    select association.relation, association.appointments, association.prescriptions,
      association.record_current, association.record_historical, association.effective_from,
      service.appointments as practice_appointments,
      service.prescriptions as practice_prescriptions,
      service.record_level as practice_record_level,
      patient.registration, patient.given_name, patient.family_name, patient.born_on,
      practice.name as practice_name, association.association_id, association.ends_at,
      association.identity_method,
      case when ${asks} then access.own_second_step_minutes() else 0 end as second_step_minutes,
      case when association.relation = 'proxy'
        then access.own_last_use(association.association_id) end as last_used_on,
      case when ${asks}
        then record.own_access_pause(coalesce(association.levels_set_at, association.starts_at))
        else 'review' end as record_pause,
      case when ${asks}
        then access.own_withheld_areas(association.relation = 'self') end as withheld_areas
    from access.association
    join access.practice_service service on service.practice = association.practice
    join directory.patient patient
      on patient.practice = association.practice
      and patient.patient_id = association.patient_id
    join directory.practice practice on practice.practice = association.practice
    where association.practice = ${at.practice}
      and association.patient_id = ${at.patientId}
      and association.account_id = ${at.accountId}
      and association.starts_at <= ${at.now}
      and (association.ends_at is null or association.ends_at > ${at.now})
      and association.suspended_at is null and patient.registration in ('active', 'temporary')
      and not patient.is_sensitive and patient.merged_into is null
      and (association.relation = 'self' or not access.parental_time_is_over(
        association.association_id, patient.born_on, ${localDateOf(at.now)}::date))
    order by association.starts_at desc, association.association_id desc
    limit 1
  `)
}

/** The patient's own switches, as staff see them. */
export interface PatientAssociation extends Switches {
  readonly associationId: Id<'Association'>
  readonly accountId: AccountId
  readonly relation: 'self' | 'proxy'
  readonly startsAt: Date
  readonly identityMethod?: IdentityMethod
  readonly suspendedWhy?: SuspendedWhy
}

/** Everyone who may act for a patient now: the patient first. Staff only. */
export function associationsOfPatient(
  tx: Tx,
  patientId: PatientId,
): Promise<readonly PatientAssociation[]> {
  return tx.many<PatientAssociation>(sql`
    select association.association_id, association.account_id, association.relation,
      association.starts_at, association.identity_method, association.suspended_at,
      association.suspended_why, association.appointments, association.prescriptions, association.record_current, association.record_historical,
      association.effective_from,
      service.appointments as practice_appointments,
      service.prescriptions as practice_prescriptions,
      service.record_level as practice_record_level,
      case when code.review_asked_at is not null then 'review'
        when code.declined_at >= coalesce(association.levels_set_at, association.starts_at)
        then 'declined' end as record_pause,
      (select jsonb_agg(jsonb_build_object('area', area.area, 'by', area.by))
        from (
          select own.area, 'patient' as by
          from access.patient_area own
          where own.practice = association.practice
            and own.patient_id = association.patient_id
            and own.is_withheld
          union all
          select common.area, 'practice'
          from access.practice_area common
          where common.practice = association.practice
            and common.is_withheld
            and not exists (
              select
              from access.patient_area own
              where own.practice = common.practice
                and own.patient_id = association.patient_id
                and own.area = common.area)
          union all
          select kept.area, 'proxy'
          from access.published_kept_area kept
          where kept.practice = association.practice
            and kept.association_id = association.association_id
        ) area) as withheld_areas
    from access.association
    join access.practice_service service on service.practice = association.practice
    left join record.published_access_code code
      on code.practice = association.practice
      and code.patient_id = association.patient_id
    where association.practice = ${tx.acting.practice}
      and association.patient_id = ${patientId}
      and association.starts_at <= ${tx.now}
      and (association.ends_at is null or association.ends_at > ${tx.now})
    order by case association.relation when 'self' then 0 else 1 end, association.association_id
    limit 100
  `)
}
