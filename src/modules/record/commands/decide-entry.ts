import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import {
  decideHolding,
  decideRelease,
  decideWithholding,
  type Release,
} from '../domain/deciding.ts'
import type { PatientCopy } from '../domain/deciding/patient-copy.ts'
import type { Ground } from '../domain/decision.ts'
import type { StoredEntry } from '../domain/plan-storing.ts'
import { isShown, type EntryInContext } from '../queries/entry-in-context.ts'
import {
  by,
  factsOf,
  isAsSeen,
  isDoneAlready,
  lockedInContext,
  mayGoAlong,
  stillAgainst,
  writeDecisions,
  type Decided,
  type Decider,
  type EntryDecision,
  type Refusal,
} from './deciding/decider.ts'

/**
 * Lets the patient see an entry, and those of its family in `also` that are held. What the source
 * marks, what is withheld or hidden, and what takes two people or another role, is left as it is.
 * Refused as a whole where one of them is no longer as it was seen. Asking twice does it once. Where
 * it takes two, the first release is a proposal: nothing is shown until somebody else releases it too.
 *
 * Hazard: harmful entry shown.
 */
export async function releaseEntry(
  tx: Decider,
  asked: EntryDecision & { readonly also: readonly EntryDecision[] },
): Promise<Result<Decided, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  if (isDoneAlready(tx, found, asked.seen, 'released')) return doneAlready(found.subject)
  const facts = await factsOf(tx, found.subject, asked.seen)
  const decision = decideRelease(facts)
  if (!decision.ok) return decision

  const seen = new Map(asked.also.map((one) => [one.entryId, one.seen]))
  const also = found.family.filter((one) => seen.has(one.entryId) && mayGoAlong(one, facts.roles))
  if (!also.every((one) => isAsSeen(one, seen.get(one.entryId))))
    return refuse({ reason: 'family-changed' })
  return writeRelease(tx, found, decision.value, { also })
}

/** Writes what a release comes to: shown now, or proposed to a second person, with the patient's copy. */
export async function writeRelease(
  tx: Decider,
  found: EntryInContext,
  release: Release,
  { also, copy }: { readonly also: readonly StoredEntry[]; readonly copy?: PatientCopy },
): Promise<Result<Decided, Refusal>> {
  if (release.step === 'propose') return propose(tx, found, release, copy)
  const { subject } = found
  const shown = copy ?? (release.step === 'second' ? subject.standing?.patientCopy : undefined)
  const type = shown ? 'record.part-released' : 'record.entry-released'
  return writeDecisions(tx, found, type, [subject, ...also], (one) => ({
    outcome: 'released',
    reasons: [
      ...(one.standing?.reasons ?? []),
      by(
        one === subject && shown ? 'staff.part-released' : 'staff.released',
        one === subject && shown
          ? 'Released in part by a person who read it.'
          : 'Released by a person who read it.',
      ),
    ],
    ...(one === subject && shown && { patientCopy: shown }),
    ...(one === subject && release.step === 'second' && { firstStaffId: release.firstStaffId }),
  }))
}

async function propose(
  tx: Decider,
  found: EntryInContext,
  { lane }: Extract<Release, { readonly step: 'propose' }>,
  copy: PatientCopy | undefined,
): Promise<Result<Decided, Refusal>> {
  const { standing } = found.subject
  const { ground, reviewOn, explanation, awaits } = standing ?? {}
  const written = await writeDecisions(
    tx,
    found,
    'record.release-proposed',
    [found.subject],
    (one) => ({
      outcome: standing?.outcome === 'released' ? 'held' : (standing?.outcome ?? 'held'),
      reasons: stillAgainst(
        one,
        by('staff.proposed', 'One person would release it; a second has to agree.'),
      ),
      proposes: true,
      lane,
      ...(ground && { ground }),
      ...(reviewOn && { reviewOn }),
      ...(awaits && { awaits }),
      ...(explanation !== undefined && { explanation }),
      ...(copy && { patientCopy: copy }),
    }),
  )
  return written.ok ? accept({ count: 1, isProposed: true }) : written
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
  if (isDoneAlready(tx, found, asked.seen, 'withheld')) return doneAlready(found.subject)
  const decision = decideWithholding(await factsOf(tx, found.subject, asked.seen), asked.ground)
  if (!decision.ok) return decision

  const { ground, explanation, reviewOn } = asked
  const family = found.family.filter((one) => one.standing?.outcome !== 'withheld')
  const entries = [found.subject, ...family]
  return writeDecisions(tx, found, 'record.entry-withheld', entries, (one) => ({
    outcome: 'withheld',
    ground,
    reviewOn,
    ...(explanation === undefined ? {} : { explanation }),
    reasons: stillAgainst(
      one,
      one === found.subject
        ? by('staff.withheld', 'Withheld by a person who read it.')
        : by('staff.withheld-with', 'Withheld together with an entry that it belongs with.'),
    ),
  }))
}

/**
 * Holds an entry again, released or withheld: it is not shown until somebody decides. What is shown
 * of its family is held with it.
 */
export async function holdEntry(
  tx: Decider,
  asked: EntryDecision,
): Promise<Result<Decided, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  if (isDoneAlready(tx, found, asked.seen, 'held')) return doneAlready(found.subject)
  const decision = decideHolding(await factsOf(tx, found.subject, asked.seen))
  if (!decision.ok) return decision

  const entries = [found.subject, ...found.family.filter(isShown)]
  return writeDecisions(tx, found, 'record.entry-held', entries, (one) => ({
    outcome: 'held',
    reasons: stillAgainst(one, by('staff.held', 'Held again by a person.')),
  }))
}

function doneAlready({ standing }: StoredEntry) {
  return accept(standing?.proposes ? { count: 1, isProposed: true as const } : { count: 1 })
}
