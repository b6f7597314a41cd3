import type { Tx } from '#platform/db'
import {
  associationsOfPatient,
  decidePermissions,
  permissionsOf,
  type Acting,
  type Permissions,
  type WithheldArea,
} from '#modules/access'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import type { RecordGrant, RecordLevel } from '../domain/disclosure.ts'

/** What a person may see of a record, and which of the switches says so. */
export interface RecordAccess {
  readonly grant: RecordGrant
  /** What the practice opens to anyone. */
  readonly practiceLevel: RecordLevel
  /** Parts that are withheld whole, and by which switch. */
  readonly withheld: readonly WithheldArea[]
  /** Whose access it is; what is kept from others depends on it. */
  readonly accountId?: AccountId
}

/** What the person acting may see, as found when this transaction began: no statement is sent. */
export async function ownRecordAccess(tx: Tx<Acting<'record'>>): Promise<RecordAccess> {
  return accessOf(await permissionsOf(tx), tx.acting.accountId)
}

/**
 * What this account may see of this patient's record; of the patient's own account where none is
 * named. `undefined` where nobody may see any.
 */
export async function recordAccess(
  tx: Tx,
  patientId: PatientId,
  accountId?: AccountId,
): Promise<RecordAccess | undefined> {
  const associations = await associationsOfPatient(tx, patientId)
  const association =
    accountId === undefined
      ? associations[0]
      : associations.find((one) => one.accountId === accountId)
  return association && accessOf(decidePermissions(association), association.accountId)
}

function accessOf(permissions: Permissions, accountId: AccountId): RecordAccess {
  const { recordCurrent, recordHistorical, effectiveFrom, withheldAreas } = permissions
  return {
    grant: {
      current: recordCurrent,
      historical: recordHistorical,
      effectiveFrom,
      withheld: withheldAreas.map(({ area }) => area),
    },
    practiceLevel: permissions.practiceRecordLevel,
    withheld: withheldAreas,
    accountId,
  }
}
