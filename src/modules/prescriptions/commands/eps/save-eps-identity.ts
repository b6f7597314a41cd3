import type { OdsCode } from '#kernel/ods-code'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { StaffId } from '#modules/directory'
import type { Prescriber } from '../../domain/eps/order-facts.ts'

/** The organisation that the practice is part of. */
export interface EpsParent {
  readonly parentCode: OdsCode
  readonly parentName: string
}

/** What the prescription service knows one of the staff by. */
export type KnownPrescriber = Prescriber & { readonly staffId: StaffId }

/** What the prescription service knows a practice and its prescribers by. */
export interface EpsIdentity extends EpsParent {
  readonly prescribers: readonly KnownPrescriber[]
}

type Settling = Tx<SystemProof> | Tx<StaffActing<'manage-practice'>>

/** Settles it all. Prescribers who are not named keep what was known; without any, nothing is sent. */
export async function saveEpsIdentity(tx: Settling, identity: EpsIdentity): Promise<void> {
  await saveEpsParent(tx, identity)
  await saveEpsPrescribers(tx, identity.prescribers)
}

/** Settles what the practice is part of. */
export async function saveEpsParent(
  tx: Settling,
  { parentCode, parentName }: EpsParent,
): Promise<void> {
  await tx.run(sql`
    insert into prescriptions.eps_practice (practice, parent_code, parent_name)
    values (${tx.acting.practice}, ${parentCode}, ${parentName})
    on conflict (practice) do update set
      parent_code = excluded.parent_code,
      parent_name = excluded.parent_name
  `)
  await recordEvent(tx, { type: 'prescriptions.eps-practice-set', details: { parentCode } })
}

/** Settles the numbers of these prescribers. */
export async function saveEpsPrescribers(
  tx: Settling,
  prescribers: readonly KnownPrescriber[],
): Promise<void> {
  const { practice } = tx.acting
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
    type: 'prescriptions.eps-prescribers-set',
    details: { prescribers: prescribers.map(({ staffId }) => staffId) },
  })
}
