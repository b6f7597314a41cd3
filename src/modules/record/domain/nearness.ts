import { lastingMarkers, type RecordItem, type Standing } from './decision.ts'
import type { EntryKind } from './entry.ts'
import { holdsNearby } from './rules/hold-rules.ts'
import type { ScreeningContext } from './screening.ts'

/** What a whole consultation, or a tree of containers, is known to hold. */
interface Flags {
  marked: boolean
  sensitive: boolean
  withheld: boolean
}

/** Who belongs with whom in a record. */
export interface Nearness {
  readonly around: (
    item: RecordItem,
  ) => Pick<ScreeningContext, 'nearMarked' | 'nearSensitive' | 'nearWithheld' | 'sameAsWithheld'>
  /** What a container holds: its children, and for a consultation all that was written in it. */
  readonly heldBy: (item: RecordItem) => readonly RecordItem[]
}

/**
 * Works out who belongs with whom: the consultation an entry was written in, the tree of headings,
 * reports and medicines it stands in, and what it is linked with in either direction. `gone` is what
 * is no longer in the source: it holds only what says the same.
 */
export function nearness(items: readonly RecordItem[], gone: readonly RecordItem[] = []): Nearness {
  const byKey = new Map(items.map((item) => [item.entry.sourceKey, item]))
  const visits = new Map<string, Flags>()
  const trees = new Map<string, Flags>()
  const children = new Map<string, RecordItem[]>()
  const linkedFrom = new Map<string, RecordItem[]>()
  const withheldWords = new Set<string>()

  for (const item of items) {
    const { entry } = item
    const visit = visitOf(item)
    if (visit !== undefined) {
      raise(visits, visit, item)
      if (entry.sourceKey !== visit) push(children, visit, item)
    }
    raise(trees, rootOf(item, byKey), item)
    if (entry.parentKey !== undefined && entry.parentKey !== visit)
      push(children, entry.parentKey, item)
    for (const link of entry.links ?? []) push(linkedFrom, link.key, item)
  }
  for (const item of [...items, ...gone]) {
    if (item.standing?.outcome === 'withheld' || item.standing?.outcome === 'hidden')
      withheldWords.add(sayingOf(item))
  }

  const flagsOf = (item: RecordItem): readonly Flags[] =>
    [visits.get(visitOf(item) ?? ''), trees.get(rootOf(item, byKey))].filter(
      (flags) => flags !== undefined,
    )

  return {
    heldBy: (item) => children.get(item.entry.sourceKey) ?? [],
    around: (item) => {
      const own = flagsOf(item)
      const linked = [
        ...(item.entry.links ?? []).map((link) => byKey.get(link.key)),
        ...(linkedFrom.get(item.entry.sourceKey) ?? []),
      ].filter((other) => other !== undefined)
      return {
        nearMarked:
          own.some((flags) => flags.marked) ||
          linked.some((other) => flagsOf(other).some((flags) => flags.marked)),
        nearWithheld:
          own.some((flags) => flags.withheld) || linked.some((other) => isKeptBack(other.standing)),
        nearSensitive:
          own.some((flags) => flags.sensitive) || linked.some((other) => holdsNearby(other.entry)),
        sameAsWithheld: withheldWords.size > 0 && withheldWords.has(sayingOf(item)),
      }
    },
  }
}

function visitOf({ entry }: RecordItem): string | undefined {
  return entry.encounterKey ?? (entry.kind === 'consultation' ? entry.sourceKey : undefined)
}

function rootOf(item: RecordItem, byKey: ReadonlyMap<string, RecordItem>): string {
  let key = item.entry.sourceKey
  for (let depth = 0; depth < 20; depth++) {
    const parent: string | undefined = byKey.get(key)?.entry.parentKey
    if (parent === undefined) break
    key = parent
  }
  return key
}

function raise(flags: Map<string, Flags>, key: string, item: RecordItem): void {
  const known = flags.get(key) ?? { marked: false, sensitive: false, withheld: false }
  known.marked ||= isRestricted(item)
  known.sensitive ||= holdsNearby(item.entry)
  known.withheld ||= isKeptBack(item.standing)
  flags.set(key, known)
}

const containers: ReadonlySet<EntryKind> = new Set([
  'consultation',
  'topic',
  'heading',
  'report',
  'result-group',
  'document',
])

/**
 * Marked in a way that holds what is near it: about who may see it, or, on something that holds
 * others, that it is not finished.
 */
function isRestricted({ entry, markRemoved, standing }: RecordItem): boolean {
  const markers = entry.markers ?? []
  return (
    markRemoved === true ||
    (standing?.reasons.some((reason) => reason.rule === 'source.mark-removed') ?? false) ||
    (markers.length > 0 && containers.has(entry.kind)) ||
    markers.some((marker) => lastingMarkers.has(marker))
  )
}

/** Staff decided that it is not to be seen, for good or for now. */
function isKeptBack(standing: Standing | undefined): boolean {
  return (
    standing?.outcome === 'withheld' ||
    standing?.outcome === 'hidden' ||
    (standing?.outcome === 'held' &&
      standing.decidedBy === 'staff' &&
      standing.reasons.some(({ rule }) => rule === 'staff.held'))
  )
}

function sayingOf({ entry }: RecordItem): string {
  return JSON.stringify([
    entry.kind,
    entry.title,
    entry.text,
    entry.clinicalAt?.getTime(),
    entry.value?.number,
    entry.value?.text,
  ])
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
