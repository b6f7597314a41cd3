import { refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import { decideHiding } from '../../domain/deciding.ts'
import type { Awaits } from '../../domain/decision.ts'
import {
  by,
  factsOf,
  isDoneAlready,
  lockedInContext,
  stillAgainst,
  writeDecisions,
  type Decided,
  type Decider,
  type EntryDecision,
  type Refusal,
} from './decider.ts'

/**
 * Hides an entry and everything derived from it until a day, or until what it awaits has happened:
 * then it is for a person to decide, and never shown by itself. What is withheld stays withheld.
 *
 * Source: DOMAIN RD-6, TR-1. Hazard: a result read before anybody has explained it; a hold forgotten.
 */
export async function hideEntry(
  tx: Decider,
  asked: EntryDecision & { readonly awaits: Awaits; readonly until: LocalDate },
): Promise<Result<Decided, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  if (isDoneAlready(tx, found, asked.seen, 'hidden')) return { ok: true, value: { count: 1 } }
  const decision = decideHiding(await factsOf(tx, found.subject, asked.seen))
  if (!decision.ok) return decision

  const { awaits, until } = asked
  const family = found.family.filter((one) => one.standing?.outcome !== 'withheld')
  return writeDecisions(tx, found, 'record.entry-hidden', [found.subject, ...family], (one) => ({
    outcome: 'hidden',
    awaits,
    reviewOn: until,
    reasons: stillAgainst(
      one,
      one === found.subject
        ? by('staff.hidden', 'Hidden for a time by a person who read it.')
        : by('staff.hidden-with', 'Hidden for a time together with an entry that it belongs with.'),
    ),
  }))
}
