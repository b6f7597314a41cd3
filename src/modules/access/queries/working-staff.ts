import { sql, type Queries } from '#platform/db'
import type { StaffId } from '#modules/directory'
import type { Role } from '../domain/roles.ts'

/** Roles of a member of staff who works at the practice now, or `undefined`. */
export function workingStaff(
  queries: Queries,
  practice: string,
  staffId: StaffId,
): Promise<{ readonly roles: readonly Role[]; readonly practiceName: string } | undefined> {
  return queries.maybe<{ readonly roles: readonly Role[]; readonly practiceName: string }>(sql`
    select staff.roles, practice.name as practice_name
    from directory.staff
    join directory.practice practice on practice.practice = staff.practice
    where staff.practice = ${practice}
      and staff.staff_id = ${staffId}
      and staff.active
  `)
}
