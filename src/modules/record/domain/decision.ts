import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import type { IncomingEntry, Marker } from './entry.ts'
import type { Reason, Screening } from './screening.ts'

/** The legal grounds for withholding. Source: DOMAIN RD-4. */
export type Ground = 'serious-harm' | 'third-party' | 'safeguarding-or-legal' | 'patient-request'

/** The decision that holds for an entry at present. */
export interface Standing {
  readonly outcome: 'held' | 'released' | 'withheld'
  readonly decidedBy: 'ruleset' | 'staff'
  readonly decisionNo: number
  readonly reasons: readonly Reason[]
  readonly staffId?: Id<'Staff'>
  readonly ground?: Ground
  readonly explanation?: string
  readonly reviewOn?: LocalDate
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
const lasting = new Set(['source.mark-removed', 'staff.held'])

/**
 * What is to be decided for an entry after it was screened, or nothing where its decision stands.
 *
 * - What staff withheld stays withheld when its content changes: same ground, person and review date.
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
  if (standing.outcome === 'withheld') return item.isChanged ? carriedOver(standing) : undefined

  if (item.isChanged) {
    const kept =
      standing.outcome === 'held'
        ? standing.reasons.filter((reason) => lasting.has(reason.rule))
        : []
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
  const { staffId, ground, reviewOn, explanation } = standing
  if (!staffId || !ground || !reviewOn)
    throw new Error('A withheld entry lacks its ground, person or review date')
  const reasons = [
    { rule: 'staff.carried-over', why: 'Its content changed; it stays withheld as it was.' },
  ]
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
