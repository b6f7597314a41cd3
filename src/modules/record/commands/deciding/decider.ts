import type { Id } from '#kernel/id'
import { accept, type Result } from '#kernel/result'
import { localDateOf, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { rolesOf, type StaffActing } from '#modules/access'
import type { DecidingFacts, DecidingRefusal } from '../../domain/deciding.ts'
import { beyond } from '../../domain/deciding/categories.ts'
import { reasonsAgainst, takesTwo, type Outcome } from '../../domain/decision.ts'
import type { StoredEntry } from '../../domain/plan-storing.ts'
import type { Reason } from '../../domain/screening.ts'
import { entryInContext, isShown, type EntryInContext } from '../../queries/entry-in-context.ts'
import { lockRecordOf } from '../../queries/stored.ts'
import { addStaffDecisions, type StaffDecision } from '../write-entries.ts'

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
  /** It is not shown yet: a second person has to release it. */
  readonly isProposed?: true
}

export type Refusal = DecidingRefusal | { readonly reason: 'not-there' }

export type Decider = Tx<StaffActing<'decide-disclosure'>>

/** As it stands once nobody else is changing the patient's record. */
export async function lockedInContext(
  tx: Decider,
  entryId: Id<'Entry'>,
): Promise<EntryInContext | undefined> {
  await lockRecordOf(tx, entryId)
  return entryInContext(tx, entryId)
}

/** The same person sent the same decision twice: the first result again. */
export function isDoneAlready(
  tx: Decider,
  { subject }: EntryInContext,
  seen: Seen,
  outcome: Outcome,
): boolean {
  const { standing } = subject
  return (
    standing?.decisionNo === seen.decisionNo + 1 &&
    (standing.outcome === outcome || (outcome === 'released' && standing.proposes === true)) &&
    standing.staffId === tx.acting.staffId &&
    subject.contentHash === seen.contentHash
  )
}

/** Whether it is still what was seen, and nobody decided since. */
export function isAsSeen(one: StoredEntry, seen: Seen | undefined): boolean {
  return (
    one.contentHash === seen?.contentHash && (one.standing?.decisionNo ?? 0) === seen.decisionNo
  )
}

/** What the rules of deciding ask about an entry and the person who decides. */
export async function factsOf(
  tx: Decider,
  { standing, contentHash, entry }: StoredEntry,
  seen: Seen,
): Promise<DecidingFacts> {
  const { practice, staffId } = tx.acting
  const facts = {
    standing,
    contentHash,
    isMarked: (entry.markers ?? []).length > 0,
    seen,
    staffId,
    roles: await rolesOf(tx, tx.acting),
  }
  return standing?.proposes && standing.staffId
    ? { ...facts, firstRoles: await rolesOf(tx, { practice, staffId: standing.staffId }) }
    : facts
}

/** What may be released along with another entry: held, unmarked, and for one person to decide. */
export function mayGoAlong(one: StoredEntry, roles: readonly string[]): boolean {
  const { standing, entry } = one
  return (
    standing?.outcome !== 'withheld' &&
    standing?.outcome !== 'hidden' &&
    !isShown(one) &&
    (entry.markers ?? []).length === 0 &&
    !(standing && takesTwo(standing)) &&
    beyond(roles, reasonsAgainst(standing?.reasons ?? [])).length === 0
  )
}

/** A reason that a person added. */
export function by(rule: `staff.${string}`, why: string): Reason {
  return { rule, why }
}

/** What spoke against the entry before, and what a person adds. */
export function stillAgainst({ standing }: StoredEntry, added: Reason): readonly Reason[] {
  return [...reasonsAgainst(standing?.reasons ?? []), added]
}

/** A decision before it is said which entry it is about. */
export type Deciding = Omit<StaffDecision, 'entryId' | 'contentHash' | 'decisionNo' | 'needsTwo'>

/** Days of the consultations that a decision is about: the names of their appointments go with it. */
function visitDays(entries: readonly StoredEntry[]): readonly LocalDate[] {
  const days = entries.flatMap(({ entry: { kind, encounterKey, clinicalAt } }) =>
    clinicalAt && (kind === 'consultation' || encounterKey !== undefined)
      ? [localDateOf(clinicalAt)]
      : [],
  )
  return [...new Set(days)]
}

/** Adds one decision for each entry, and one event for all. */
export async function writeDecisions(
  tx: Decider,
  { patientId, subject }: EntryInContext,
  type: `record.${string}`,
  entries: readonly StoredEntry[],
  decide: (one: StoredEntry) => Deciding,
): Promise<Result<Decided, Refusal>> {
  await addStaffDecisions(
    tx,
    patientId,
    entries.map((one) => {
      const deciding = decide(one)
      const isTaken = takesTwo({ ...deciding, needsTwo: one.standing?.needsTwo ?? false })
      return {
        entryId: one.entryId,
        contentHash: one.contentHash,
        decisionNo: (one.standing?.decisionNo ?? 0) + 1,
        needsTwo: isTaken || (one.standing !== undefined && takesTwo(one.standing)),
        ...deciding,
      }
    }),
  )
  for (const day of visitDays(entries))
    await enqueue(tx, 'appointments.name-kinds', { patientId, day })
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
