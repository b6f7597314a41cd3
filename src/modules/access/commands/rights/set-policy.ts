import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import type { StaffId } from '#modules/directory'
import type { AccessPolicy } from '../../domain/policy/policy.ts'

/** Sets what the practice decides beforehand about giving access. It changes nobody's access. */
export async function setAccessPolicy(
  tx: Tx<Proof & { readonly staffId: StaffId }>,
  policy: AccessPolicy,
): Promise<void> {
  await tx.run(sql`
    insert into access.policy
      (practice, default_appointments, default_prescriptions, default_record, default_older,
       sixteen_record, record_waits_months, linkage_days, proxy_review_age,
       first_appointments, nhs_login_opens, second_step_minutes, changed_at, changed_by)
    values (${tx.acting.practice}, ${policy.defaultAppointments}, ${policy.defaultPrescriptions},
      ${policy.defaultRecord}, ${policy.defaultOlder}, ${policy.sixteenRecord},
      ${policy.recordWaitsMonths}, ${policy.linkageDays}, ${policy.proxyReviewAge},
      ${policy.firstAppointments}, ${policy.nhsLoginOpens}, ${policy.secondStepMinutes}, ${tx.now}, ${tx.acting.staffId})
    on conflict (practice) do update set
      default_appointments = excluded.default_appointments,
      default_prescriptions = excluded.default_prescriptions,
      default_record = excluded.default_record,
      default_older = excluded.default_older,
      sixteen_record = excluded.sixteen_record,
      record_waits_months = excluded.record_waits_months,
      linkage_days = excluded.linkage_days,
      proxy_review_age = excluded.proxy_review_age,
      first_appointments = excluded.first_appointments,
      nhs_login_opens = excluded.nhs_login_opens,
      second_step_minutes = excluded.second_step_minutes,
      changed_at = excluded.changed_at,
      changed_by = excluded.changed_by
  `)
  await recordEvent(tx, { type: 'access.policy-set', details: { ...policy } })
}
