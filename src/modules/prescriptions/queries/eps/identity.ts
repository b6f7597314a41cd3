import type { OdsCode } from '#kernel/ods-code'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { StaffId } from '#modules/directory'

/** Somebody who may prescribe here, with the numbers that are known; without a register none are. */
export interface StaffPrescriber {
  readonly staffId: StaffId
  readonly name: string
  readonly jobTitle: string
  readonly sdsUserId?: string
  readonly roleProfileId?: string
  readonly roleCode?: string
  readonly roleName?: string
  readonly register?: 'gmc' | 'nmc' | 'gphc'
  readonly registration?: string
  readonly din?: string
  readonly title?: string
  readonly givenName?: string
  readonly familyName?: string
}

type Managing = Tx<StaffActing<'manage-practice'>>

/** Those of the staff who prescribe, by name, at most 200. */
export function staffPrescribers(tx: Managing): Promise<readonly StaffPrescriber[]> {
  return tx.many<StaffPrescriber>(sql`
    select staff.staff_id, staff.name, staff.job_title, known.sds_user_id, known.role_profile_id,
      known.role_code, known.role_name, known.register, known.registration, known.din,
      known.title, known.given_name, known.family_name
    from directory.staff
    left join prescriptions.eps_prescriber known
      on known.practice = staff.practice
      and known.staff_id = staff.staff_id
    where staff.practice = ${tx.acting.practice}
      and staff.active
      and 'prescriber' = any(staff.roles)
    order by staff.name, staff.staff_id
    limit 200
  `)
}

/** What the practice is part of, as the prescription service knows it. */
export interface StoredParent {
  readonly parentCode: OdsCode
  readonly parentName: string
}

/** The organisation above the practice, where it is settled. */
export function epsParent(tx: Managing): Promise<StoredParent | undefined> {
  return tx.maybe<StoredParent>(sql`
    select parent_code, parent_name
    from prescriptions.eps_practice
    where practice = ${tx.acting.practice}
  `)
}
