import type { Id } from '#kernel/id'
import { disclose, type RecordGrant, type ReleasedEntry } from '../disclosure.ts'
import type { EntryKind, Section } from '../entry.ts'
import { sectionOf } from '../sections.ts'

/** How many entries of one kind a reader would see more than now, were a switch turned. */
export interface Gain {
  readonly kind: EntryKind
  readonly entries: number
}

/** Entries of one kind, of the time since a reader's date or of before. */
export interface Counted {
  readonly kind: EntryKind
  readonly isCurrent: boolean
  readonly released: number
}

/**
 * What a reader would gain between two grants, kind by kind, in the order given; what they see
 * already is no gain. Asked of the very function that decides what is disclosed.
 */
export function gains(
  counts: readonly Counted[],
  now: RecordGrant | undefined,
  then: RecordGrant,
): readonly Gain[] {
  const found = new Map<EntryKind, number>()
  for (const { kind, isCurrent, released } of counts) {
    const example = exampleOf(kind, isCurrent, then)
    const isSeen = now !== undefined && disclose([example], [now]).length > 0
    if (isSeen || disclose([example], [then]).length === 0 || released === 0) continue
    found.set(kind, (found.get(kind) ?? 0) + released)
  }
  return [...found].map(([kind, entries]) => ({ kind, entries }))
}

/** The same by part of the record, in no order. */
export function gainsBySection(found: readonly Gain[]): ReadonlyMap<Section, number> {
  const bySection = new Map<Section, number>()
  for (const { kind, entries } of found) {
    const section = sectionOf(kind)
    bySection.set(section, (bySection.get(section) ?? 0) + entries)
  }
  return bySection
}

/** An entry of a kind that stands for all that were written since a reader’s date, or before it. */
export function exampleOf(
  kind: EntryKind,
  isCurrent: boolean,
  { effectiveFrom }: RecordGrant,
): ReleasedEntry {
  return {
    entryId: '00000000-0000-7000-8000-000000000000' as Id<'Entry'>,
    source: '',
    sourceKey: '',
    kind,
    title: '',
    recordedAt: isCurrent ? effectiveFrom : new Date(effectiveFrom.getTime() - 1),
    position: 0,
    detail: {},
  }
}
