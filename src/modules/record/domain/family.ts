import type { EntryLink, IncomingEntry } from './entry.ts'

/** Where an entry belongs: what is needed to find what derives from it. */
export type Placed = Pick<
  IncomingEntry,
  'sourceKey' | 'kind' | 'encounterKey' | 'parentKey' | 'links'
>

/** Links that say "this came from that", unlike a problem it is filed under or something related. */
const derived: ReadonlySet<EntryLink['relation']> = new Set([
  'report',
  'group',
  'specimen',
  'document',
  'heading',
])

/**
 * What goes with an entry when it is withheld, itself not included: all of its consultation, what
 * stands above it and below it, and what was taken from it or it from, with what stands below those.
 * `all` are the entries of the same patient and source. Source: DOMAIN RD-8.
 */
export function familyOf<One extends { readonly entry: Placed }>(
  subject: One,
  all: readonly One[],
): readonly One[] {
  const byKey = new Map(all.map((one) => [one.entry.sourceKey, one]))
  const below = Map.groupBy(all, (one) => one.entry.parentKey ?? '')
  const takenFrom = Map.groupBy(
    all.flatMap((one) => derivedKeys(one.entry).map((key) => ({ key, one }))),
    (link) => link.key,
  )
  const family = new Set<One>()
  const waiting: One[] = [subject, ...consultationOf(subject, all), ...above(subject, byKey)]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (family.has(one)) continue
    family.add(one)
    // What stands above is covered without all that stands below it: a whole report is not withheld
    // for one of its results, but its title and comment are.
    if (one === subject || !isAbove(one, subject, byKey))
      waiting.push(...(below.get(one.entry.sourceKey) ?? []))
    for (const key of derivedKeys(one.entry)) {
      const other = byKey.get(key)
      if (other) waiting.push(other)
    }
    waiting.push(...(takenFrom.get(one.entry.sourceKey) ?? []).map((link) => link.one))
  }
  family.delete(subject)
  return [...family]
}

function derivedKeys(entry: Placed): readonly string[] {
  return (entry.links ?? []).filter((link) => derived.has(link.relation)).map((link) => link.key)
}

function consultationOf<One extends { readonly entry: Placed }>(
  subject: One,
  all: readonly One[],
): readonly One[] {
  const { entry } = subject
  const key = entry.encounterKey ?? (entry.kind === 'consultation' ? entry.sourceKey : undefined)
  if (key === undefined) return []
  return all.filter((one) => one.entry.encounterKey === key || one.entry.sourceKey === key)
}

function above<One extends { readonly entry: Placed }>(
  subject: One,
  byKey: ReadonlyMap<string, One>,
): readonly One[] {
  const found: One[] = []
  let parent = byKey.get(subject.entry.parentKey ?? '')
  while (parent && !found.includes(parent) && found.length < 20) {
    found.push(parent)
    parent = byKey.get(parent.entry.parentKey ?? '')
  }
  return found
}

function isAbove<One extends { readonly entry: Placed }>(
  one: One,
  subject: One,
  byKey: ReadonlyMap<string, One>,
): boolean {
  return above(subject, byKey).includes(one)
}
