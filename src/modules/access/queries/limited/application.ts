import { sql, type Queries } from '#platform/db'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import type { Application } from '../../domain/limited/limited.ts'
import { defaultPolicy } from '../../domain/policy/policy.ts'

/** What somebody asked for, with what they are known by there. */
export interface StoredApplication extends Application {
  readonly practiceName: string
  /** Shown at the desk, so that this very account is raised. */
  readonly reference: string
}

/** What this account asked this practice for, open or closed, or `undefined`. */
export function applicationAt(
  queries: Queries,
  at: {
    readonly practice: string
    readonly accountId: AccountId
    readonly applicantId: PatientId
  },
): Promise<StoredApplication | undefined> {
  return queries.maybe<StoredApplication>(sql`
    select practice.name as practice_name, applicant.reference, applicant.closed_why,
      service.appointments as practice_appointments,
      coalesce(policy.first_appointments, ${defaultPolicy.firstAppointments}::integer)
        as first_appointments
    from access.applicant
    join directory.practice practice on practice.practice = applicant.practice
    join access.practice_service service on service.practice = applicant.practice
    left join access.policy policy on policy.practice = applicant.practice
    where applicant.practice = ${at.practice}
      and applicant.applicant_id = ${at.applicantId}
      and applicant.account_id = ${at.accountId}
  `)
}
