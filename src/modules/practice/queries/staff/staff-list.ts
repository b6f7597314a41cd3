import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { StaffId } from '#modules/directory'

/** Somebody who works at the practice, or did. */
export interface Colleague {
  readonly staffId: StaffId
  readonly name: string
  readonly jobTitle: string
  readonly roles: readonly string[]
  readonly seesPatients: boolean
  readonly active: boolean
  readonly leavesOn?: LocalDate
}

/** Everyone who works at the practice, then those who did, by name. */
export function colleagues(tx: Tx<StaffActing>): Promise<readonly Colleague[]> {
  return tx.many<Colleague>(sql`
    select staff_id, name, job_title, roles, sees_patients, active, leaves_on
    from directory.staff
    where practice = ${tx.acting.practice}
    order by active desc, name, staff_id
    limit 2000
  `)
}

/** One of them. */
export function colleague(tx: Tx<StaffActing>, staffId: StaffId): Promise<Colleague | undefined> {
  return tx.maybe<Colleague>(sql`
    select staff_id, name, job_title, roles, sees_patients, active, leaves_on
    from directory.staff
    where practice = ${tx.acting.practice}
      and staff_id = ${staffId}
  `)
}

/**
 * Everyone who manages the practice now and is not leaving, locked until the transaction ends, so
 * that two managers cannot take the role from each other at one moment.
 */
export async function lockManagers(tx: Tx<StaffActing>): Promise<readonly StaffId[]> {
  const rows = await tx.many<{ readonly staffId: StaffId }>(sql`
    select staff_id
    from directory.staff
    where practice = ${tx.acting.practice}
      and active
      and leaves_on is null
      and 'practice-manager' = any(roles)
    order by staff_id
    for update
  `)
  return rows.map((row) => row.staffId)
}
