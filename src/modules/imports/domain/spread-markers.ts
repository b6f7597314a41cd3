import type { DraftEntry, DraftMarker } from './draft-entry.ts'

/**
 * Spreads what forbids showing an entry to what is around it: what is NOPAT or confidential
 * restricts the whole consultation, report or medicine that holds it, and all in it; a draft
 * consultation makes drafts of all in it; an unfiled report, of its results; and a topic or heading
 * with nothing left to show is not shown. Markers are only ever added.
 * Source: DISCLOSURE 2.4 (a) and (b); DOMAIN RA-3, RD-8.
 */
export function spreadMarkers(entries: readonly DraftEntry[]): readonly DraftEntry[] {
  const byKey = new Map(entries.map((entry) => [entry.sourceKey, entry]))
  const childrenOf = groupBy(entries, (entry) => entry.parentKey)
  const writtenIn = groupBy(entries, (entry) => entry.encounterKey)
  const added = new Map<string, Set<DraftMarker>>()
  const add = (key: string, marker: DraftMarker) => {
    added.set(key, (added.get(key) ?? new Set()).add(marker))
  }
  const below = (key: string) => within(key, childrenOf, writtenIn)

  for (const entry of entries) {
    const markers = entry.markers ?? []
    if (markers.includes('nopat') || markers.includes('confidential')) {
      const tops = [topOf(entry, byKey), entry.encounterKey].filter((key) => key !== undefined)
      for (const top of tops)
        for (const key of [top, ...below(top)]) {
          if (key !== entry.sourceKey) add(key, 'restricted-context')
        }
    }
    for (const marker of ['draft', 'unfiled'] as const) {
      if (markers.includes(marker)) for (const key of below(entry.sourceKey)) add(key, marker)
    }
    const isWithdrawn = markers.includes('entered-in-error') || markers.includes('administrative')
    if (isWithdrawn) for (const key of below(entry.sourceKey)) add(key, 'restricted-context')
  }
  const spread = entries.map((entry) => withMarkers(entry, added.get(entry.sourceKey)))
  return hideEmptyBranches(spread)
}

function hideEmptyBranches(entries: readonly DraftEntry[]): readonly DraftEntry[] {
  const childrenOf = groupBy(entries, (entry) => entry.parentKey)
  const isShowable = (entry: DraftEntry, depth: number): boolean => {
    if ((entry.markers ?? []).length > 0 || depth > 50) return false
    if (!isBranch(entry)) return true
    return (childrenOf.get(entry.sourceKey) ?? []).some((child) => isShowable(child, depth + 1))
  }
  return entries.map((entry) =>
    isBranch(entry) &&
    (childrenOf.get(entry.sourceKey) ?? []).length > 0 &&
    (entry.markers ?? []).length === 0 &&
    !isShowable(entry, 0)
      ? withMarkers(entry, new Set(['restricted-context'] as const))
      : entry,
  )
}

function isBranch(entry: DraftEntry): boolean {
  return entry.kind === 'topic' || entry.kind === 'heading'
}

function withMarkers(entry: DraftEntry, more: ReadonlySet<DraftMarker> | undefined): DraftEntry {
  const markers = [...new Set([...(entry.markers ?? []), ...(more ?? [])])].toSorted()
  const { markers: _, ...rest } = entry
  return markers.length > 0 ? { ...rest, markers } : rest
}

function topOf(entry: DraftEntry, byKey: ReadonlyMap<string, DraftEntry>): string {
  let top = entry
  for (let steps = 0; top.parentKey !== undefined && steps < 1000; steps++) {
    const parent = byKey.get(top.parentKey)
    if (!parent) break
    top = parent
  }
  return top.sourceKey
}

function within(
  key: string,
  childrenOf: ReadonlyMap<string, readonly DraftEntry[]>,
  writtenIn: ReadonlyMap<string, readonly DraftEntry[]>,
): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = [key]
  while (waiting.length > 0) {
    const next = waiting.pop() ?? ''
    const inner = [...(childrenOf.get(next) ?? []), ...(writtenIn.get(next) ?? [])]
    for (const { sourceKey } of inner) {
      if (found.has(sourceKey) || sourceKey === key) continue
      found.add(sourceKey)
      waiting.push(sourceKey)
    }
  }
  return found
}

function groupBy(
  entries: readonly DraftEntry[],
  keyOf: (entry: DraftEntry) => string | undefined,
): ReadonlyMap<string, readonly DraftEntry[]> {
  const groups = new Map<string, DraftEntry[]>()
  for (const entry of entries) {
    const key = keyOf(entry)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(entry)
    else groups.set(key, [entry])
  }
  return groups
}
