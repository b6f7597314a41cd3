import type { Id } from '#kernel/id'
import { accept, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql } from '#platform/db'
import type { RecallCause } from '../../domain/deciding/recall.ts'
import type { Decider, EntryDecision, Refusal } from './decider.ts'
import { recallEntry } from './recall-entry.ts'

/**
 * Notes that a person read a release a second time: that it is safe, or why it is recalled. Both at
 * once, so that nothing found unsafe stays shown.
 */
export async function readAgain(
  tx: Decider,
  read: EntryDecision & { readonly recallFor?: RecallCause },
): Promise<Result<{ readonly recallId?: Id<'Recall'> }, Refusal>> {
  const recalled =
    read.recallFor === undefined
      ? undefined
      : await recallEntry(tx, { ...read, cause: read.recallFor })
  if (recalled && !recalled.ok) return recalled
  await tx.run(sql`
    update record.second_reading
    set read_at = ${tx.now}, read_by = ${tx.acting.staffId}, is_safe = ${recalled === undefined}
    where practice = ${tx.acting.practice}
      and entry_id = ${read.entryId}
      and content_hash = ${read.seen.contentHash}
      and read_at is null
  `)
  await recordEvent(tx, {
    type: 'record.release-read-again',
    details: { entryId: read.entryId, isSafe: recalled === undefined },
  })
  return accept(recalled ? recalled.value : {})
}
