import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import type { StaffId } from '#modules/directory'
import type { SharingPolicy } from '../../domain/proxies/inviting.ts'

/** Sets what the practice leaves to its patients. Who may act already is not touched. */
export async function setSharingPolicy(
  tx: Tx<Proof & { readonly staffId: StaffId }>,
  { patientsGrant, namesStaff }: SharingPolicy,
): Promise<void> {
  await tx.run(sql`
    insert into access.sharing_policy
      (practice, patients_grant, names_staff, changed_at, changed_by)
    values (${tx.acting.practice}, ${patientsGrant}, ${namesStaff}, ${tx.now}, ${tx.acting.staffId})
    on conflict (practice) do update set
      patients_grant = excluded.patients_grant,
      names_staff = excluded.names_staff,
      changed_at = excluded.changed_at,
      changed_by = excluded.changed_by
  `)
  await recordEvent(tx, { type: 'access.policy-set', details: { patientsGrant, namesStaff } })
}
