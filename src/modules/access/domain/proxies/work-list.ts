import { addDays, addMonths, type LocalDate } from '#kernel/time'
import type { SuspendedWhy } from '../suspending.ts'
import { nextPause } from './birthdays.ts'
import { endNoticeDays } from './proxy.ts'

/** Why somebody who acts for a patient stands on the practice's list. */
export type ListedBecause =
  /** A birthday suspended it, or its day of review is near or past. */
  | 'review'
  /** A birthday that pauses it is near: the young person is to be told, alone. */
  | 'birthday'
  /** Its last day is near. */
  | 'ending'
  /** Not used for so long that it will be removed within half a year. */
  | 'unused'
  /** Acts because of their work. */
  | 'work'
  /** Registered at another practice. */
  | 'elsewhere'

/** What decides where somebody stands. */
export interface ListedFacts {
  readonly suspendedWhy?: SuspendedWhy
  readonly bornOn: LocalDate
  readonly reviewOn?: LocalDate
  readonly endsOn?: LocalDate
  readonly employer?: string
  readonly registeredAt?: string
  /** The day of the last use, or of the decision. */
  readonly usedOn: LocalDate
}

/** Months without use after which somebody is listed; after 60 their access is removed. */
export const listUnusedMonths = 54

/** Every reason for which somebody is listed; none for most. Source: DOMAIN PX-3, PX-10, PX-11. */
export function listedBecause(
  facts: ListedFacts,
  reviewAge: number,
  today: LocalDate,
): readonly ListedBecause[] {
  const soon = addDays(today, endNoticeDays)
  const next = nextPause(facts.bornOn, reviewAge, today)
  const isPaused = facts.suspendedWhy === 'age-review' || facts.suspendedWhy === 'sixteen'
  const reasons: readonly (readonly [ListedBecause, boolean])[] = [
    ['review', isPaused || (facts.reviewOn !== undefined && facts.reviewOn <= soon)],
    ['birthday', next !== undefined && next.on <= soon],
    ['ending', facts.endsOn !== undefined && facts.endsOn <= soon],
    ['unused', addMonths(facts.usedOn, listUnusedMonths) <= today],
    ['work', facts.employer !== undefined],
    ['elsewhere', facts.registeredAt !== undefined],
  ]
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason)
}
