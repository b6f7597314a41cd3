import type { Tx } from '#platform/db'
import { associationsOfPatient, decidePermissions, type PatientAssociation } from '#modules/access'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import type { RecordGrant, RecordLevel } from '../domain/disclosure.ts'

/** What a person may see of a record, and which of the two switches says so. */
export interface RecordAccess {
  readonly grant: RecordGrant
  /** What the practice opens to anyone. */
  readonly practiceLevel: RecordLevel
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
  return association && accessOf(association)
}

function accessOf(association: PatientAssociation): RecordAccess {
  const { recordCurrent, recordHistorical, effectiveFrom } = decidePermissions(association)
  return {
    grant: { current: recordCurrent, historical: recordHistorical, effectiveFrom },
    practiceLevel: association.practiceRecordLevel,
  }
}
