import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { needsTwo } from './deciding/categories.ts'
import type { PatientCopy } from './deciding/patient-copy.ts'
import type { IncomingEntry, Marker } from './entry.ts'
import type { Reason, Screening } from './screening.ts'

/**
 * The legal grounds for withholding, and that it is not about this patient at all. Source: DOMAIN
 * RD-4, DISCLOSURE 2.2.
 */
export type Ground =
  | 'serious-harm'
  | 'third-party'
  | 'safeguarding-or-legal'
  | 'patient-request'
  | 'wrong-patient'

/** What a decision says; only what is released is ever shown. */
export type Outcome = 'held' | 'released' | 'withheld' | 'hidden'

/** What ends a hiding before its day: the patient is told, a result comes, or the patient answers. */
export type Awaits = 'day' | 'told' | 'result' | 'answer'

/** The decision that holds for an entry at present. */
export interface Standing {
  readonly outcome: Outcome
  readonly decidedBy: 'ruleset' | 'staff'
  readonly decisionNo: number
  readonly reasons: readonly Reason[]
  readonly staffId?: Id<'Staff'>
  readonly ground?: Ground
  readonly explanation?: string
  readonly reviewOn?: LocalDate
  /** Released, with this content, by two different people alone. */
  readonly needsTwo?: boolean
  /** The person would release it, and a second has to. */
  readonly proposes?: boolean
  /** What is, or would be, shown in place of its words. */
  readonly patientCopy?: PatientCopy
  readonly awaits?: Awaits
}

/** An entry of a patient's record from one source, with what is known of it already. */
export interface RecordItem {
  readonly entry: IncomingEntry
  /** Its latest decision, where it was there before. */
  readonly standing?: Standing
  /** It is new, or its content is not what that decision was made for. */
  readonly isChanged: boolean
  /** The source used to mark it as not for the patient, and no longer does. */
  readonly markRemoved?: boolean | undefined
}

/** A decision to add. */
export type NextDecision =
  | {
      readonly outcome: 'held' | 'released'
      readonly decidedBy: 'ruleset'
      readonly reasons: readonly Reason[]
    }
  | {
      readonly outcome: 'withheld'
      readonly decidedBy: 'staff'
      readonly reasons: readonly Reason[]
      readonly staffId: Id<'Staff'>
      readonly ground: Ground
      readonly explanation?: string
      readonly reviewOn: LocalDate
    }
  | {
      readonly outcome: 'hidden'
      readonly decidedBy: 'staff'
      readonly reasons: readonly Reason[]
      readonly staffId: Id<'Staff'>
      readonly awaits: Awaits
      readonly reviewOn: LocalDate
    }

/**
 * Markers after which nothing is released without a person, even when the source takes them away.
 * Source: DOMAIN RD-7.
 */
export const lastingMarkers: ReadonlySet<Marker> = new Set([
  'nopat',
  'confidential',
  'restricted-context',
  'entered-in-error',
])

/** Reasons that stay until a person has decided, whatever the content becomes. */
const lasting = new Set(['source.mark-removed', 'staff.held', 'staff.part-before'])

/**
 * What is to be decided for an entry after it was screened, or nothing where its decision stands.
 *
 * - What staff withheld or hid stays so when its content changes: same ground, person and review date.
 * - What they released a part of is held when its content changes, whatever the rules say of it.
 * - Other changed content is decided afresh; a reason that lasts holds it all the same.
 * - Unchanged content is never released by screening it again, only held: by any rule where the
 *   ruleset had released it, and by something new around it where a person had. What is held learns
 *   new reasons from around it.
 */
export function nextDecision(
  item: Pick<RecordItem, 'standing' | 'isChanged'>,
  screening: Screening,
): NextDecision | undefined {
  const { standing } = item
  if (!standing) return byRuleset(screening)
  if (standing.outcome === 'withheld' || standing.outcome === 'hidden')
    return item.isChanged ? carriedOver(standing) : undefined

  if (item.isChanged) {
    const kept = keptReasons(standing)
    return kept.length === 0 ? byRuleset(screening) : heldFor(kept, screening)
  }
  if (screening.outcome === 'released') return undefined
  const isNew = hasNewsAround(standing, screening)
  if (standing.outcome === 'held') {
    return isNew && standing.decidedBy === 'ruleset'
      ? heldFor(standing.reasons, screening)
      : undefined
  }
  return standing.decidedBy === 'ruleset' || isNew ? byRuleset(screening) : undefined
}

/** Reasons that hold changed content as well. */
function keptReasons({ outcome, reasons, patientCopy }: Standing): readonly Reason[] {
  if (outcome === 'held') return reasons.filter((reason) => lasting.has(reason.rule))
  return patientCopy
    ? [{ rule: 'staff.part-before', why: 'A part of it was released, and it has changed since.' }]
    : []
}

function byRuleset({ outcome, reasons }: Screening): NextDecision {
  return { outcome, decidedBy: 'ruleset', reasons }
}

function heldFor(kept: readonly Reason[], screening: Screening): NextDecision {
  const fresh = screening.outcome === 'held' ? screening.reasons : []
  const others = fresh.filter((reason) => !kept.some((known) => known.rule === reason.rule))
  return { outcome: 'held', decidedBy: 'ruleset', reasons: [...kept, ...others] }
}

/** A rule about what is around it holds it that did not when the person released it. */
function hasNewsAround(standing: Standing, screening: Screening): boolean {
  return screening.reasons.some(
    ({ rule }) =>
      /^(?:near|patient|source)\./.test(rule) &&
      !standing.reasons.some((known) => known.rule === rule),
  )
}

function carriedOver(standing: Standing): NextDecision {
  const { staffId, ground, reviewOn, explanation, awaits } = standing
  const reasons = [
    ...standing.reasons.filter(({ rule }) => rule !== 'staff.carried-over'),
    { rule: 'staff.carried-over', why: 'Its content changed; it stays as staff decided.' },
  ]
  if (standing.outcome === 'hidden' && staffId && reviewOn && awaits)
    return { outcome: 'hidden', decidedBy: 'staff', reasons, staffId, awaits, reviewOn }
  if (!staffId || !ground || !reviewOn)
    throw new Error('A withheld entry lacks its ground, person or review date')
  return {
    outcome: 'withheld',
    decidedBy: 'staff',
    reasons,
    staffId,
    ground,
    reviewOn,
    ...(explanation === undefined ? {} : { explanation }),
  }
}

/** Reasons that spoke against an entry, without those that cleared it or that people added. */
export function reasonsAgainst(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter(({ rule }) => !/^(?:clear\.|staff\.)/.test(rule))
}

/**
 * Whether releasing an entry takes two people: it was held for safeguarding, law or the safety of
 * staff, or withheld because of others or of safeguarding. Source: DISCLOSURE 5, DOMAIN RD-12.
 */
export function takesTwo(
  standing: Pick<Standing, 'reasons' | 'needsTwo' | 'ground' | 'outcome'>,
): boolean {
  const isGuarded =
    standing.outcome === 'withheld' &&
    (standing.ground === 'safeguarding-or-legal' || standing.ground === 'third-party')
  return standing.needsTwo === true || isGuarded || needsTwo(reasonsAgainst(standing.reasons))
}
