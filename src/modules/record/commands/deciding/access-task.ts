import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { associationsOfPatient, rolesOf } from '#modules/access'
import type { PatientId } from '#modules/directory'
import { openAccessTasks } from '../../queries/review/access-tasks.ts'
import type { Decider } from './decider.ts'

/** How a review of live access ended. */
export type AccessConclusion = 'access-kept' | 'access-lowered' | 'access-ended'

/**
 * Has a person look at online access that is open while the record now asks for an enhanced review.
 * One task at a time for a patient; none where nobody sees the record online.
 *
 * Source: DOMAIN RA-8. Hazard: somebody at risk keeps access that a review would have ended.
 */
export async function raiseAccessTask(tx: Tx<SystemProof>, patientId: PatientId): Promise<void> {
  const live = (await associationsOfPatient(tx, patientId)).filter(
    (one) => one.recordCurrent !== 'none' || one.recordHistorical !== 'none',
  )
  if (live.length === 0) return
  const taskId = newId<'AccessTask'>(tx.now)
  const added = await tx.run(sql`
    insert into record.access_task (practice, task_id, patient_id, raised_at)
    values (${tx.acting.practice}, ${taskId}, ${patientId}, ${tx.now})
    on conflict (practice, patient_id) where done_at is null do nothing
  `)
  if (added === 0) return
  await recordEvent(tx, {
    type: 'record.access-task-raised',
    about: patientId,
    details: { taskId },
  })
}

/** Ends a review of live access. Safeguarding leads and clinicians do; the access itself is set elsewhere. */
export async function finishAccessTask(
  tx: Decider,
  given: { readonly taskId: Id<'AccessTask'>; readonly conclusion: AccessConclusion },
): Promise<Result<true, { readonly reason: 'not-there' | 'needs-role' }>> {
  const roles = await rolesOf(tx, tx.acting)
  if (!roles.some((role) => role === 'safeguarding-lead' || role === 'clinician'))
    return refuse({ reason: 'needs-role' })
  const task = (await openAccessTasks(tx)).find((one) => one.taskId === given.taskId)
  if (!task) return refuse({ reason: 'not-there' })
  await tx.run(sql`
    update record.access_task
    set done_at = ${tx.now}, done_by = ${tx.acting.staffId}, conclusion = ${given.conclusion}
    where practice = ${tx.acting.practice}
      and task_id = ${given.taskId}
      and done_at is null
  `)
  await recordEvent(tx, {
    type: 'record.access-task-done',
    about: task.patientId,
    details: { taskId: given.taskId, conclusion: given.conclusion },
  })
  return accept(true)
}
