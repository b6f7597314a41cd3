import { sql, type Tx } from '#platform/db'
import type { IdentityMethod } from '#modules/access'
import type { PatientId } from '#modules/directory'

/** When and by whom a patient's identity was proved. */
export interface IdentityChecked {
  readonly method: IdentityMethod
  readonly verifiedAt: Date
  readonly verifiedBy?: string
}

/** Proofs of a patient's identity, newest first, at most 20. Staff only. */
export function identityChecks(tx: Tx, patientId: PatientId): Promise<readonly IdentityChecked[]> {
  return tx.many<IdentityChecked>(sql`
    select checked.method, checked.verified_at, staff.name as verified_by
    from registration.identity_check checked
    left join directory.staff staff
      on staff.practice = checked.practice
      and staff.staff_id = checked.verified_by
    where checked.practice = ${tx.acting.practice}
      and checked.patient_id = ${patientId}
    order by checked.verified_at desc, checked.check_id desc
    limit 20
  `)
}
