import { refuse, type Result } from '#kernel/result'
import { decideHolding } from '../../domain/deciding.ts'
import type { Lane } from '../../domain/deciding/categories.ts'
import {
  by,
  factsOf,
  lockedInContext,
  stillAgainst,
  writeDecisions,
  type Decided,
  type Decider,
  type EntryDecision,
  type Refusal,
} from './decider.ts'

/** Puts a held entry into another queue, with what it is held for. It is not shown meanwhile. */
export async function passOn(
  tx: Decider,
  asked: EntryDecision & { readonly lane: Lane },
): Promise<Result<Decided, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  const decision = decideHolding(await factsOf(tx, found.subject, asked.seen))
  if (!decision.ok) return decision
  return writeDecisions(tx, found, 'record.entry-passed-on', [found.subject], (one) => ({
    outcome: 'held',
    lane: asked.lane,
    reasons: stillAgainst(one, by('staff.passed-on', 'Passed on by a person who read it.')),
  }))
}
