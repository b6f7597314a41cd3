import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'

/** Somebody who asked for details, and who of the practice's patients they may be. */
export interface Asked {
  readonly askedId: Id<'Asked'>
  readonly askedAt: Date
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly postcode: string
  readonly reachAt: string
  /** The one patient with this last name and date of birth, if there is exactly one. */
  readonly patientId?: PatientId
  /** They made an account with it, for one first appointment. */
  readonly hasAccount: boolean
}

/** Requests for details that wait, oldest first, at most 100. Staff only. */
export function openAsked(tx: Tx): Promise<readonly Asked[]> {
  return tx.many<Asked>(sql`
    select asked.asked_id, asked.asked_at, asked.given_name, asked.family_name, asked.born_on,
      asked.postcode, asked.reach_at, (
        select case when count(*) = 1 then min(patient.patient_id::text)::uuid end
        from directory.patient
        where patient.practice = asked.practice
          and lower(patient.family_name) = lower(asked.family_name)
          and patient.born_on = asked.born_on
          and patient.registration in ('active', 'temporary')
          and patient.merged_into is null) as patient_id,
      exists (
        select from access.applicant
        where applicant.practice = asked.practice
          and applicant.asked_id = asked.asked_id
          and applicant.closed_at is null) as has_account
    from registration.asked
    where asked.practice = ${tx.acting.practice}
      and asked.closed_at is null
    order by asked.asked_at, asked.asked_id
    limit 100
  `)
}
