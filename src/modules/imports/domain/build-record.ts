import { contentHash } from '#kernel/content-hash'
import { readTrees, type Trees } from './consultation-trees.ts'
import type { DraftEntry, DraftSection, EntryContent } from './draft-entry.ts'
import { inheritEncounters, markSpecial, withoutLostParents } from './finish-entries.ts'
import { compact } from './fhir-node.ts'
import { callingOf } from './kinds.ts'
import type { Ledger } from './ledger.ts'
import { sectionsOf } from './lists.ts'
import { groupMedicines } from './medicines.ts'
import { findMerges, type MergeTarget } from './merging.ts'
import { findHolders, placementOf, problemLinks } from './placement.ts'
import { readSource, type Together } from './read-source.ts'
import type { Reading } from './reading.ts'
import type { Source } from './sources.ts'
import { spreadMarkers } from './spread-markers.ts'

/** A person's part of a file, as entries and what is said of sections. */
export interface BuiltRecord {
  readonly entries: readonly DraftEntry[]
  readonly sections: readonly DraftSection[]
}

/** What is read of one resource, before it is placed among the others. */
interface Made {
  readonly source: Source
  readonly key: string
  readonly content: EntryContent
}

/**
 * Makes a person's entries from their resources, and settles in the ledger what became of each.
 * `doubtful` are those that may be about somebody else: kept, and never shown.
 */
export function buildRecord(
  all: readonly Source[],
  doubtful: ReadonlySet<Source>,
  reading: Reading,
  ledger: Ledger,
): BuiltRecord {
  const { sources, repeats } = withoutRepeats(all, reading, ledger)
  const lists = sources.filter((source) => source.type === 'List')
  const trees = readTrees(lists, reading)
  const medicines = groupMedicines(sources, reading)
  const merges = findMerges(sources, trees, medicines, reading)
  const together: Together = {
    medicines,
    holders: findHolders(sources, reading),
    placeOf: (source) => trees.places.get(source),
  }
  const made = makeEntries(sources, merges, together, trees, reading, ledger)
  const keys = new Map(made.map((each) => [each.source, each.key]))
  const keyOf = (source: Source): string | undefined => followMerges(source, keys, merges, repeats)
  settleMerges(merges, keyOf, ledger)
  settleRepeats(repeats, keyOf, ledger)
  const placed = place(made, together, trees, medicines.medicineOf, reading, keyOf, merges)
  const marked = markSpecial(placed, lists, doubtful, keys, reading)
  return {
    entries: spreadMarkers(inheritEncounters(withoutLostParents(marked))),
    sections: sectionsOf(
      sources.filter((each) => each.type === 'List' || each.type === 'Composition'),
    ),
  }
}

/** The key of the entry that a source became or was merged into, through others if need be. */
function followMerges(
  source: Source,
  keys: ReadonlyMap<Source, string>,
  merges: ReadonlyMap<Source, MergeTarget>,
  repeats: ReadonlyMap<Source, Source>,
): string | undefined {
  let at: Source | undefined = source
  for (let steps = 0; at && steps < 10; steps++) {
    const key = keys.get(at)
    if (key !== undefined) return key
    const target: MergeTarget | undefined = merges.get(at)
    at = target && 'source' in target ? target.source : target ? undefined : repeats.get(at)
  }
  return undefined
}

/** The same resource again is merged; another under the same name cannot be told apart. */
function withoutRepeats(
  all: readonly Source[],
  reading: Reading,
  ledger: Ledger,
): { readonly sources: readonly Source[]; readonly repeats: ReadonlyMap<Source, Source> } {
  const first = new Map<string, Source>()
  const repeats = new Map<Source, Source>()
  const sources = all.filter((source) => {
    const known = first.get(source.key)
    if (!known) {
      first.set(source.key, source)
      return true
    }
    if (contentHash(known.node) === contentHash(source.node)) {
      reading.note(source, 'it stands in the file more than once')
      repeats.set(source, known)
    } else {
      ledger.settle(source, {
        became: 'quarantined',
        reason: 'another resource in the file has the same id and says something else',
      })
    }
    return false
  })
  return { sources, repeats }
}

function makeEntries(
  sources: readonly Source[],
  merges: ReadonlyMap<Source, MergeTarget>,
  together: Together,
  trees: Trees,
  reading: Reading,
  ledger: Ledger,
): readonly Made[] {
  const made: Made[] = trees.entries.map(({ source, key, content }) => ({ source, key, content }))
  const taken = new Set(sources.filter((each) => !each.container).map((each) => each.key))
  for (const { source, key } of trees.entries) ledger.settle(source, { became: 'entry', key })
  for (const source of sources) {
    if (!ledger.isOpen(source) || merges.has(source)) continue
    const result = readSource(source, together, reading)
    if ('refused' in result) {
      ledger.settle(source, { became: 'quarantined', reason: result.refused })
      continue
    }
    const key = entryKey(source, taken)
    const recordedAt = trees.recordedAt.get(source.key)
    made.push({ source, key, content: { ...result.entry, ...(recordedAt && { recordedAt }) } })
    ledger.settle(source, { became: 'entry', key })
  }
  return made
}

/** What ended is contained in a list, under the id it had: its name stays the same. */
function entryKey(source: Source, taken: Set<string>): string {
  const plain = `${source.type}/${source.key.slice(source.key.lastIndexOf('#') + 1)}`
  if (source.container?.type !== 'List' || taken.has(plain)) return source.key
  taken.add(plain)
  return plain
}

function settleMerges(
  merges: ReadonlyMap<Source, MergeTarget>,
  keyOf: (source: Source) => string | undefined,
  ledger: Ledger,
): void {
  for (const [source, target] of merges) {
    if (!ledger.isOpen(source)) continue
    const into = 'key' in target ? target.key : keyOf(target.source)
    if (!into && callingOf(source.type) === 'people') continue
    ledger.settle(
      source,
      into
        ? { became: 'merged', into }
        : { became: 'quarantined', reason: 'what it belongs to could not be kept' },
    )
  }
}

function settleRepeats(
  repeats: ReadonlyMap<Source, Source>,
  keyOf: (source: Source) => string | undefined,
  ledger: Ledger,
): void {
  for (const [repeat, first] of repeats) {
    const into = keyOf(first)
    ledger.settle(
      repeat,
      into
        ? { became: 'merged', into }
        : (ledger.outcomeOf(first) ?? {
            became: 'quarantined',
            reason: 'what it repeats could not be kept',
          }),
    )
  }
}

function place(
  made: readonly Made[],
  together: Together,
  trees: Trees,
  medicineOf: ReadonlyMap<Source, Source>,
  reading: Reading,
  keyOf: (source: Source) => string | undefined,
  merges: ReadonlyMap<Source, MergeTarget>,
): readonly DraftEntry[] {
  const treeOf = new Map(trees.entries.map((entry) => [entry.source, entry]))
  const problems = problemLinks(
    made.map((each) => each.source).filter((each) => each.type === 'Condition'),
    reading,
  )
  const mergedInto = new Map<Source, unknown[]>()
  for (const [source, target] of merges) {
    if (!('source' in target) || source.container) continue
    mergedInto.set(target.source, [...(mergedInto.get(target.source) ?? []), source.node])
  }
  return made.map(({ source, key, content }) => {
    const tree = treeOf.get(source)
    const medicine = medicineOf.get(source)
    const holder = medicine ? { source: medicine, position: 0 } : together.holders.of.get(source)
    const placement = tree
      ? compact({
          encounterKey: tree.place?.encounterKey,
          parentKey: tree.place?.parentKey,
          position: tree.place?.position,
        })
      : placementOf(source, holder, trees, reading, keyOf)
    const linked = [
      ...(problems.get(source) ?? []),
      ...(tree?.problems ?? []),
      ...problemsOfMerged(source, problems, merges),
    ]
    const problemKeys = [...new Set(linked.flatMap((problem) => keyOf(problem) ?? []))]
    const links = [
      ...('links' in placement ? (placement.links ?? []) : []),
      ...problemKeys.map((problem) => ({ relation: 'problem' as const, key: problem })),
    ]
    const merged = mergedInto.get(source)
    return compact({
      ...content,
      ...placement,
      sourceKey: key,
      links: links.length > 0 ? links : undefined,
      resource: merged ? [source.node, ...merged] : source.node,
    })
  })
}

function problemsOfMerged(
  source: Source,
  problems: ReadonlyMap<Source, readonly Source[]>,
  merges: ReadonlyMap<Source, MergeTarget>,
): readonly Source[] {
  return [...problems].flatMap(([about, named]) => {
    const target = merges.get(about)
    return target && 'source' in target && target.source === source ? named : []
  })
}
