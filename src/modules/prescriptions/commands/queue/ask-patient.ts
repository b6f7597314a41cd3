import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { DecideRefusal } from '../decide-item.ts'
import type { StaffItem } from '../../queries/queue.ts'
import { itemToMove, lostTo, type ShownItem } from './write-step.ts'

/**
 * Asks the patient one question about an item, which waits for the answer from then on. `question`
 * is read by the patient and whoever acts for them: 1 to 500 characters. What was asked and answered
 * before is kept among the notes between staff.
 */
export async function askPatient(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  shown: ShownItem,
  question: string,
): Promise<Result<StaffItem, DecideRefusal>> {
  const { practice, actor, staffId } = tx.acting
  const found = await itemToMove(
    tx,
    shown,
    'ask',
    (now) => now.state === 'asked' && now.question === question,
  )
  if (!found.ok) return found
  const { item, to } = found.value
  if (to === undefined) return accept(item)
  const { itemId, orderId, patientId } = item
  const written = await tx.run(sql`
    with asked as (
      update prescriptions.order_item
      set state = ${to}, version = version + 1, question = ${question}, asked_at = ${tx.now},
        asked_by = ${staffId}, answer = null, answered_at = null
      where practice = ${practice}
        and item_id = ${itemId}
        and state in ('requested', 'received')
        and version = ${shown.version}
      returning practice, item_id, version, patient_id, state, asked_at
    ), kept as (
      insert into prescriptions.item_note
        (practice, note_id, item_id, patient_id, written_at, written_by, note)
      select asked.practice, ${newId(tx.now)}::uuid, asked.item_id, asked.patient_id,
        asked.asked_at, ${staffId}::uuid, ${before(item) ?? ''}::text
      from asked
      where ${before(item) !== undefined}::boolean
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, asked_at
      from asked
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, asked_at, 'prescriptions.patient-asked',
        ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
        ${JSON.stringify({ orderId, itemId })}::jsonb
      from asked
    )
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice, ${newId(tx.now)}::uuid, 'prescriptions.send-question',
      ${JSON.stringify({ patientId, orderId, itemId })}::jsonb, asked_at
    from asked
  `)
  if (written === 0) return refuse(await lostTo(tx, itemId))
  return accept({ ...item, state: to, version: item.version + 1 })
}

/** What was asked and answered before, in few enough characters for a note. */
function before({ question, answer }: StaffItem): string | undefined {
  if (question === undefined) return undefined
  return `Asked before: ${question}\nAnswered: ${answer ?? 'nothing'}`.slice(0, 500)
}
