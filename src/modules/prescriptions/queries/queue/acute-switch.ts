import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'

/** What somebody settled for one patient, since when. */
export interface AcuteSwitch {
  readonly isAllowed: boolean
  readonly changedAt: Date
  readonly changedBy: string
}

/** Whether a patient may ask for more than repeats, as it was last settled; undefined if never. */
export function acuteSwitchOf(
  tx: Tx<StaffActing>,
  patientId: PatientId,
): Promise<AcuteSwitch | undefined> {
  return tx.maybe<AcuteSwitch>(sql`
    select acute_switch.is_allowed, acute_switch.changed_at, staff.name as changed_by
    from prescriptions.acute_switch
    join directory.staff
      on staff.practice = acute_switch.practice
      and staff.staff_id = acute_switch.changed_by
    where acute_switch.practice = ${tx.acting.practice}
      and acute_switch.patient_id = ${patientId}
    order by acute_switch.changed_at desc, acute_switch.is_allowed, acute_switch.switch_id desc
    limit 1
  `)
}
