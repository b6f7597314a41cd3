import { sql, type Tx } from '#platform/db'
import { defaultPolicy, type AccessPolicy } from '../../domain/policy/policy.ts'
import type { RecordLevel, ServiceLevel } from '../../domain/services.ts'

interface StoredPolicy {
  readonly defaultAppointments: ServiceLevel
  readonly defaultPrescriptions: ServiceLevel
  readonly defaultRecord: RecordLevel
  readonly defaultOlder: RecordLevel
  readonly sixteenRecord: RecordLevel
  readonly recordWaitsMonths: number
  readonly linkageDays: number
  readonly proxyReviewAge: number
  readonly firstAppointments: number
  readonly nhsLoginOpens: boolean
  readonly secondStepMinutes: number
}

/** What the practice decided about giving access, or the defaults of the service. */
export async function accessPolicy(tx: Tx): Promise<AccessPolicy> {
  const stored = await tx.maybe<StoredPolicy>(sql`
    select default_appointments, default_prescriptions, default_record, default_older,
      sixteen_record, record_waits_months, linkage_days, proxy_review_age,
      first_appointments, nhs_login_opens, second_step_minutes
    from access.policy
    where practice = ${tx.acting.practice}
  `)
  return stored ?? defaultPolicy
}
