import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql } from '#platform/db'
import type { RecallConclusion } from '../../domain/deciding/recall.ts'
import { recalls } from '../../queries/review/recalls.ts'
import type { Decider } from './decider.ts'

/** Ends an incident with what came of it. */
export async function closeRecall(
  tx: Decider,
  given: {
    readonly recallId: Id<'Recall'>
    readonly conclusion: RecallConclusion
    readonly note: string
  },
): Promise<Result<true, { readonly reason: 'not-there' }>> {
  const [recall] = await recalls(tx, given.recallId)
  if (!recall) return refuse({ reason: 'not-there' })
  const written = await tx.run(sql`
    update record.recall
    set closed_at = ${tx.now}, closed_by = ${tx.acting.staffId}, conclusion = ${given.conclusion},
      note = ${given.note}
    where practice = ${tx.acting.practice}
      and recall_id = ${given.recallId}
      and closed_at is null
  `)
  if (written > 0) {
    await recordEvent(tx, {
      type: 'record.recall-closed',
      about: recall.patientId,
      details: { recallId: given.recallId, conclusion: given.conclusion },
    })
  }
  return accept(true)
}
