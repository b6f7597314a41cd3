import { levelFor, type RecordGrant, type RecordLevel } from '../disclosure.ts'
import type { EntryKind } from '../entry.ts'

/** What a grant opens, in a form a database can leave the rest out by before it pages. */
export interface Openings {
  /** What was written from this instant on follows `current`, what was written before `historical`. */
  readonly from: Date
  readonly current: readonly EntryKind[]
  readonly historical: readonly EntryKind[]
  /** Whether free text is shown. */
  readonly currentText: boolean
  readonly historicalText: boolean
}

const levels: readonly RecordLevel[] = ['none', 'summary', 'detailed', 'documents', 'full']

/** Of these kinds, those that a grant opens at all; parts withheld whole are the view's to leave out. */
export function openingsOf(kinds: readonly EntryKind[], grant: RecordGrant): Openings {
  const reached = (level: RecordLevel) =>
    kinds.filter((kind) => levels.indexOf(level) >= levels.indexOf(levelFor(kind)))
  return {
    from: grant.effectiveFrom,
    current: reached(grant.current),
    historical: reached(grant.historical),
    currentText: grant.current === 'full',
    historicalText: grant.historical === 'full',
  }
}
