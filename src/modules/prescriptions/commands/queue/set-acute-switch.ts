import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { patientById, type PatientId } from '#modules/directory'
import { acuteSwitchOf } from '../../queries/queue/acute-switch.ts'

/**
 * Settles whether one patient may ask for past and short-term medicines, where the practice takes
 * such requests at all. Holds from the next page; what waits already stays.
 *
 * Source: DOMAIN RX-1, E00205.
 */
export async function setAcuteSwitch(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  { patientId, isAllowed }: { readonly patientId: PatientId; readonly isAllowed: boolean },
): Promise<Result<void, { readonly reason: 'not-found' }>> {
  if (!(await patientById(tx, patientId))) return refuse({ reason: 'not-found' })
  const now = await acuteSwitchOf(tx, patientId)
  if ((now?.isAllowed ?? true) === isAllowed) return accept(undefined)
  const { practice, staffId } = tx.acting
  await tx.run(sql`
    insert into prescriptions.acute_switch
      (practice, switch_id, patient_id, is_allowed, changed_at, changed_by)
    values (${practice}, ${newId(tx.now)}, ${patientId}, ${isAllowed}, ${tx.now}, ${staffId})
  `)
  await recordEvent(tx, {
    type: 'prescriptions.acute-switch-set',
    about: patientId,
    details: { isAllowed },
  })
  return accept(undefined)
}
