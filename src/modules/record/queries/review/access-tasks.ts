import type { Id } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'

/** A patient whose record asks for a review while somebody sees it online. */
export interface AccessTask {
  readonly taskId: Id<'AccessTask'>
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly raisedAt: Date
}

/** Reviews of access still to be done, the longest wait first, at most 100. */
export function openAccessTasks(
  tx: Tx<StaffActing<'decide-disclosure'>>,
): Promise<readonly AccessTask[]> {
  return tx.many<AccessTask>(sql`
    select task.task_id, task.patient_id, patient.nhs_number, patient.given_name,
      patient.family_name, task.raised_at
    from record.access_task task
    join directory.patient
      on patient.practice = task.practice
      and patient.patient_id = task.patient_id
    where task.practice = ${tx.acting.practice}
      and task.done_at is null
    order by task.raised_at, task.task_id
    limit 100
  `)
}
