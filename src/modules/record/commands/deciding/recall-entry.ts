import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql } from '#platform/db'
import { decideRecall } from '../../domain/deciding.ts'
import type { RecallCause } from '../../domain/deciding/recall.ts'
import { isShown, type EntryInContext } from '../../queries/entry-in-context.ts'
import { releasedSince } from '../../queries/review/recalls.ts'
import {
  by,
  factsOf,
  lockedInContext,
  stillAgainst,
  writeDecisions,
  type Decider,
  type EntryDecision,
  type Refusal,
} from './decider.ts'

/** An incident: something that was shown and should not have been. */
export interface Recalled {
  readonly recallId: Id<'Recall'>
}

/**
 * Takes an entry that is shown, and what is shown of its family, out of everybody's view from the
 * next request on, and opens an incident about it. The entry waits in a queue as if it had been held.
 *
 * Source: DISCLOSURE 5, point 10. Hazard: harmful entry shown.
 */
export async function recallEntry(
  tx: Decider,
  asked: EntryDecision & { readonly cause: RecallCause },
): Promise<Result<Recalled, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  const facts = await factsOf(tx, found.subject, asked.seen)
  const decision = decideRecall(facts, isShown(found.subject))
  if (!decision.ok) return decision

  const entries = [found.subject, ...found.family.filter(isShown)]
  const written = await writeDecisions(tx, found, 'record.entry-recalled', entries, (one) => ({
    outcome: 'held',
    reasons: stillAgainst(one, by('staff.held', 'Recalled by a person after it had been shown.')),
  }))
  if (!written.ok) return written
  return accept({ recallId: await openIncident(tx, found, asked.cause) })
}

async function openIncident(
  tx: Decider,
  { subject, patientId }: EntryInContext,
  cause: RecallCause,
): Promise<Id<'Recall'>> {
  const recallId = newId<'Recall'>(tx.now)
  const { practice, staffId } = tx.acting
  const since = await releasedSince(tx, subject.entryId)
  const rules = (subject.standing?.reasons ?? []).map(({ rule }) => rule)
  await tx.run(sql`
    insert into record.recall
      (practice, recall_id, entry_id, patient_id, recalled_at, recalled_by, cause, released_at,
       released_by, rules)
    values (${practice}, ${recallId}, ${subject.entryId}, ${patientId}, ${tx.now}, ${staffId},
      ${cause}, ${since ?? tx.now}, ${subject.standing?.decidedBy ?? 'staff'}, ${rules})
  `)
  return recallId
}
