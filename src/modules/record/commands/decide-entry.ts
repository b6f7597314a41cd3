import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { rolesOf, type StaffActing } from '#modules/access'
import {
  decideHolding,
  decideRelease,
  decideWithholding,
  type DecidingFacts,
  type DecidingRefusal,
} from '../domain/deciding.ts'
import type { Ground } from '../domain/decision.ts'
import type { StoredEntry } from '../domain/plan-storing.ts'
import type { Reason } from '../domain/screening.ts'
import { entryInContext, isShown, type EntryInContext } from '../queries/entry-in-context.ts'
import { lockRecordOf } from '../queries/stored.ts'
import { addStaffDecisions, type StaffDecision } from './write-entries.ts'

/** What the person had before them: the latest decision's number (0 for none) and the content. */
export interface Seen {
  readonly decisionNo: number
  readonly contentHash: string
}

/** Which entry, as it was seen. */
export interface EntryDecision {
  readonly entryId: Id<'Entry'>
  readonly seen: Seen
}

/** How many entries a decision was for, the one decided about included. */
export interface Decided {
  readonly count: number
}

export type Refusal = DecidingRefusal | { readonly reason: 'not-there' }

type Decider = Tx<StaffActing<'decide-disclosure'>>

/**
 * Lets the patient see an entry, and those of its family in `also` that are held. What the source
 * marks, and what is withheld, is left as it is. Refused as a whole where one of them is no longer as
 * it was seen. Asking twice does it once.
 *
 * Hazard: harmful entry shown.
 */
export async function releaseEntry(
  tx: Decider,
  asked: EntryDecision & { readonly also: readonly EntryDecision[] },
): Promise<Result<Decided, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  if (isDoneAlready(tx, found, asked.seen, 'released')) return accept({ count: 1 })
  const decision = decideRelease(await factsOf(tx, found.subject, asked.seen))
  if (!decision.ok) return decision

  const seen = new Map(asked.also.map((one) => [one.entryId, one.seen]))
  const also = found.family.filter(
    (one) =>
      seen.has(one.entryId) &&
      one.standing?.outcome !== 'withheld' &&
      !isShown(one) &&
      (one.entry.markers ?? []).length === 0,
  )
  if (!also.every((one) => isAsSeen(one, seen.get(one.entryId))))
    return refuse({ reason: 'family-changed' })
  const entries = [found.subject, ...also]
  return write(tx, found, 'record.entry-released', entries, (one) => ({
    outcome: 'released',
    reasons: [
      ...(one.standing?.reasons ?? []),
      by('staff.released', 'Released by a person who read it.'),
    ],
  }))
}

/**
 * Withholds an entry and everything derived from it on a ground, until a review date. The entry is
 * never changed, and staff still see it. What is withheld already keeps its own ground.
 *
 * Source: NHS England, "Redacting information for online record access", 12 May 2023; DOMAIN RD-8.
 * Hazard: harmful entry shown through what was derived from it.
 */
export async function withholdEntry(
  tx: Decider,
  asked: EntryDecision & {
    readonly ground: Ground
    readonly explanation?: string
    readonly reviewOn: LocalDate
  },
): Promise<Result<Decided, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  if (isDoneAlready(tx, found, asked.seen, 'withheld')) return accept({ count: 1 })
  const decision = decideWithholding(await factsOf(tx, found.subject, asked.seen), asked.ground)
  if (!decision.ok) return decision

  const { ground, explanation, reviewOn } = asked
  const family = found.family.filter((one) => one.standing?.outcome !== 'withheld')
  const entries = [found.subject, ...family]
  return write(tx, found, 'record.entry-withheld', entries, (one) => ({
    outcome: 'withheld',
    ground,
    reviewOn,
    ...(explanation === undefined ? {} : { explanation }),
    reasons: [
      one === found.subject
        ? by('staff.withheld', 'Withheld by a person who read it.')
        : by('staff.withheld-with', 'Withheld together with an entry that it belongs with.'),
    ],
  }))
}

/**
 * Holds an entry again, released or withheld: it is not shown until somebody decides. What is shown
 * of its family is recalled with it.
 */
export async function holdEntry(
  tx: Decider,
  asked: EntryDecision,
): Promise<Result<Decided, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  if (isDoneAlready(tx, found, asked.seen, 'held')) return accept({ count: 1 })
  const decision = decideHolding(await factsOf(tx, found.subject, asked.seen))
  if (!decision.ok) return decision

  const entries = [found.subject, ...found.family.filter(isShown)]
  return write(tx, found, 'record.entry-held', entries, () => ({
    outcome: 'held',
    reasons: [by('staff.held', 'Held again by a person.')],
  }))
}

/** As it stands once nobody else is changing the patient's record. */
async function lockedInContext(tx: Decider, entryId: Id<'Entry'>) {
  await lockRecordOf(tx, entryId)
  return entryInContext(tx, entryId)
}

/** The same person sent the same decision twice: the first result again. */
function isDoneAlready(
  tx: Decider,
  { subject }: EntryInContext,
  seen: Seen,
  outcome: string,
): boolean {
  const { standing } = subject
  return (
    standing?.decisionNo === seen.decisionNo + 1 &&
    standing.outcome === outcome &&
    standing.staffId === tx.acting.staffId &&
    subject.contentHash === seen.contentHash
  )
}

function isAsSeen(one: StoredEntry, seen: Seen | undefined): boolean {
  return (
    one.contentHash === seen?.contentHash && (one.standing?.decisionNo ?? 0) === seen.decisionNo
  )
}

async function factsOf(tx: Decider, subject: StoredEntry, seen: Seen): Promise<DecidingFacts> {
  return {
    standing: subject.standing,
    contentHash: subject.contentHash,
    isMarked: (subject.entry.markers ?? []).length > 0,
    seen,
    roles: await rolesOf(tx, tx.acting),
  }
}

function by(rule: string, why: string): Reason {
  return { rule, why }
}

async function write(
  tx: Decider,
  { patientId, subject }: EntryInContext,
  type: `record.${string}`,
  entries: readonly StoredEntry[],
  decide: (one: StoredEntry) => Omit<StaffDecision, 'entryId' | 'contentHash' | 'decisionNo'>,
): Promise<Result<Decided, Refusal>> {
  await addStaffDecisions(
    tx,
    patientId,
    entries.map((one) => ({
      entryId: one.entryId,
      contentHash: one.contentHash,
      decisionNo: (one.standing?.decisionNo ?? 0) + 1,
      ...decide(one),
    })),
  )
  await recordEvent(tx, {
    type,
    about: patientId,
    details: {
      entryId: subject.entryId,
      also: entries.filter((one) => one !== subject).map((one) => one.entryId),
    },
  })
  return accept({ count: entries.length })
}
