import { disclose, levelFor, writtenAt, type RecordGrant, type RecordLevel } from '../disclosure.ts'
import type { DisclosedEntry } from '../disclosure.ts'
import type { EntryKind, Marker } from '../entry.ts'
import type { Outcome } from '../decision.ts'
import { exampleOf } from './trial.ts'

/** An entry as staff have it, for saying why one reader sees it or not. */
export interface Explained {
  readonly kind: EntryKind
  readonly recordedAt: Date
  readonly filedAt?: Date
  readonly hasText: boolean
  readonly markers: readonly Marker[]
  readonly isClosed: boolean
  /** The latest decision was made for the content as it is. */
  readonly isCurrent: boolean
  readonly outcome?: Outcome
  readonly isPart: boolean
  readonly proposes: boolean
}

/** Whether and why a reader sees an entry. */
export type Explanation =
  | { readonly isSeen: true; readonly how: 'whole' | 'part' | 'without-text' }
  | {
      readonly isSeen: false
      readonly why:
        | 'closed'
        | 'marked'
        | 'undecided'
        | 'held'
        | 'second'
        | 'withheld'
        | 'hidden'
        | 'no-access'
        | 'area'
        | 'choice'
        | 'app'
    }
  | {
      readonly isSeen: false
      readonly why: 'level'
      readonly needed: RecordLevel
      readonly time: 'current' | 'historical'
    }

/**
 * Why a reader sees an entry or not. What they see is given, as their own reading found it; this only
 * finds the reason. What is decided comes first, then what their access opens, and last what the
 * patient chose to keep from them or to be told in person.
 */
export function explain(
  entry: Explained,
  seen: DisclosedEntry | undefined,
  grant: RecordGrant | undefined,
): Explanation {
  if (seen) {
    if (entry.isPart) return { isSeen: true, how: 'part' }
    return {
      isSeen: true,
      how: entry.hasText && seen.text === undefined ? 'without-text' : 'whole',
    }
  }
  const decided = decidedAgainst(entry)
  if (decided) return { isSeen: false, why: decided }
  if (!grant || (grant.current === 'none' && grant.historical === 'none'))
    return { isSeen: false, why: 'no-access' }
  const { withheld: _withheld, ...open } = grant
  const isCurrent = writtenAt(entry) >= grant.effectiveFrom
  const example = exampleOf(entry.kind, isCurrent, grant)
  if (disclose([example], [grant]).length > 0) return { isSeen: false, why: 'choice' }
  if (disclose([example], [open]).length > 0) return { isSeen: false, why: 'area' }
  return {
    isSeen: false,
    why: 'level',
    needed: levelFor(entry.kind),
    time: isCurrent ? 'current' : 'historical',
  }
}

function decidedAgainst(entry: Explained) {
  const { isClosed, markers, outcome, isCurrent, proposes } = entry
  if (isClosed) return 'closed'
  if (outcome === 'withheld' || outcome === 'hidden') return outcome
  if (markers.length > 0) return 'marked'
  if (outcome === undefined || !isCurrent) return 'undecided'
  if (outcome !== 'held') return undefined
  return proposes ? 'second' : 'held'
}
