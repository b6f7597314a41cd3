import type { OdsCode } from '#kernel/ods-code'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffId } from '#modules/directory'
import type { Prescriber } from '../../domain/eps/order-facts.ts'

/** What the prescription service knows a practice and its prescribers by. */
export interface EpsIdentity {
  /** The organisation that the practice is part of. */
  readonly parentCode: OdsCode
  readonly parentName: string
  readonly prescribers: readonly (Prescriber & { readonly staffId: StaffId })[]
}

/** Settles it. Prescribers who are not named keep what was known; without any of it nothing is sent. */
export async function saveEpsIdentity(tx: Tx<SystemProof>, identity: EpsIdentity): Promise<void> {
  const { practice } = tx.acting
  const { parentCode, parentName, prescribers } = identity
  await tx.run(sql`
    insert into prescriptions.eps_practice (practice, parent_code, parent_name)
    values (${practice}, ${parentCode}, ${parentName})
    on conflict (practice) do update set
      parent_code = excluded.parent_code,
      parent_name = excluded.parent_name
  `)
  await tx.run(sql`
    insert into prescriptions.eps_prescriber
      (practice, staff_id, sds_user_id, role_profile_id, role_code, role_name, register,
       registration, din, title, given_name, family_name)
    select ${practice}, given."staffId", given."sdsUserId", given."roleProfileId",
      given."roleCode", given."roleName", given.register, given.registration, given.din,
      given.title, given."givenName", given."familyName"
    from jsonb_to_recordset(${JSON.stringify(prescribers)}::jsonb) as given (
      "staffId" uuid, "sdsUserId" text, "roleProfileId" text, "roleCode" text, "roleName" text,
      register text, registration text, din text, title text, "givenName" text, "familyName" text)
    on conflict (practice, staff_id) do update set
      sds_user_id = excluded.sds_user_id,
      role_profile_id = excluded.role_profile_id,
      role_code = excluded.role_code,
      role_name = excluded.role_name,
      register = excluded.register,
      registration = excluded.registration,
      din = excluded.din,
      title = excluded.title,
      given_name = excluded.given_name,
      family_name = excluded.family_name
  `)
  await recordEvent(tx, {
    type: 'prescriptions.eps-identity-set',
    details: { parentCode, prescribers: prescribers.map(({ staffId }) => staffId) },
  })
}
