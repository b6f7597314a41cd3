import { wordsOf } from './concepts.ts'
import { parseWhen } from './dates.ts'
import type { EntryContent } from './draft-entry.ts'
import { extensionOf, extensionsOf } from './extensions.ts'
import { compact, nodeOf, nodesOf, textOf } from './fhir-node.ts'
import { roleOf } from './lists.ts'
import { readMarkers, type Reading } from './reading.ts'
import { referenceDisplay } from './references.ts'
import type { Source } from './sources.ts'

/** Where something stands in a consultation. */
export interface TreePlace {
  readonly encounterKey: string
  readonly parentKey: string
  readonly position: number
  /** The title of the heading it stands under, if under one. */
  readonly heading?: string
}

/** A topic, a heading, or a consultation that has only a list. */
interface TreeEntry {
  readonly key: string
  readonly source: Source
  readonly content: EntryContent
  readonly place?: TreePlace
  /** The problems it is about. */
  readonly problems: readonly Source[]
}

/** The consultations of a record as trees: what is in them, where, and in which order. */
export interface Trees {
  readonly entries: readonly TreeEntry[]
  /** By the source that stands there. */
  readonly places: ReadonlyMap<Source, TreePlace>
  /** Lists that are no entry of their own, and the key of the entry that takes their place. */
  readonly merged: ReadonlyMap<Source, string>
  /** When each consultation was written down, by its key. */
  readonly recordedAt: ReadonlyMap<string, Date>
}

/** A reading of the lists under way. */
interface Walk {
  readonly reading: Reading
  readonly entries: TreeEntry[]
  readonly places: Map<Source, TreePlace>
  readonly merged: Map<Source, string>
  readonly recordedAt: Map<string, Date>
  readonly seen: Set<Source>
  readonly counts: Map<string, number>
}

/** Where in a consultation a walk is. */
interface Spot {
  readonly encounterKey: string
  readonly parentKey: string
  readonly heading?: string | undefined
  readonly depth: number
}

const deepest = 20

/** Reads the consultation, topic and heading lists. Lists that say they hold each other are cut. */
export function readTrees(lists: readonly Source[], reading: Reading): Trees {
  const walk: Walk = {
    reading,
    entries: [],
    places: new Map(),
    merged: new Map(),
    recordedAt: new Map(),
    seen: new Set(),
    counts: new Map(),
  }
  for (const role of ['consultation', 'topic', 'heading'] as const) {
    for (const list of lists) if (roleOf(list) === role) walkRoot(walk, list)
  }
  return walk
}

function walkRoot(walk: Walk, list: Source): void {
  if (walk.seen.has(list)) return
  const encounter = walk.reading.resolver.find(list.node['encounter'], list)
  const key = encounter?.type === 'Encounter' ? encounter.key : list.key
  const spot = { encounterKey: key, parentKey: key, depth: 0 }
  if (key !== list.key && roleOf(list) !== 'consultation') {
    walkBranch(walk, list, spot)
    return
  }
  walk.seen.add(list)
  if (key === list.key) {
    walk.reading.note(list, 'a consultation without its encounter stands for itself')
    const content = contentOf(list, 'consultation', titleOf(list) ?? 'Consultation', walk.reading)
    walk.entries.push({ key, source: list, content, problems: problemsOf(list, walk.reading) })
  } else walk.merged.set(list, key)
  const written = parseWhen(list.node['date'])
  if (written) walk.recordedAt.set(key, written.at)
  walkItems(walk, list, {
    ...spot,
    heading: roleOf(list) === 'heading' ? titleOf(list) : undefined,
  })
}

function walkItems(walk: Walk, list: Source, spot: Spot): void {
  for (const entry of nodesOf(list.node['entry'])) {
    const item = entry['item'] ?? entry
    const to = walk.reading.resolver.target(item, list)
    if ('missing' in to) {
      const what = `an item of a consultation is not there (${to.missing})`
      walk.reading.note(list, what, to.text ?? referenceDisplay(item))
    } else if (to.found.type === 'List') {
      walkBranch(walk, to.found, { ...spot, depth: spot.depth + 1 })
    } else if (!walk.places.has(to.found)) {
      walk.places.set(to.found, nextPlace(walk, spot))
    }
  }
}

function walkBranch(walk: Walk, list: Source, spot: Spot): void {
  if (walk.seen.has(list)) return
  if (spot.depth > deepest) {
    walk.reading.note(list, 'lists of a consultation that lie too deep in one another were cut')
    return
  }
  walk.seen.add(list)
  const problems = problemsOf(list, walk.reading)
  const title = titleOf(list) ?? problems.map((problem) => wordsOf(problem.node['code']))[0]
  if (!title) {
    walk.merged.set(list, spot.parentKey)
    walkItems(walk, list, spot)
    return
  }
  const kind = roleOf(list) === 'topic' ? 'topic' : 'heading'
  const { heading: _, ...place } = nextPlace(walk, spot)
  const key = textOf(list.node['id']) ? list.key : `${spot.parentKey}.${place.position}`
  const content = contentOf(list, kind, title, walk.reading)
  walk.entries.push({ key, source: list, content, place, problems })
  walkItems(walk, list, {
    ...spot,
    parentKey: key,
    heading: kind === 'heading' ? title : undefined,
  })
}

function nextPlace(walk: Walk, { encounterKey, parentKey, heading }: Spot): TreePlace {
  const position = walk.counts.get(parentKey) ?? 0
  walk.counts.set(parentKey, position + 1)
  return compact({ encounterKey, parentKey, position, heading })
}

function titleOf(list: Source): string | undefined {
  return textOf(list.node['title'])
}

function contentOf(
  list: Source,
  kind: 'consultation' | 'topic' | 'heading',
  title: string,
  reading: Reading,
): EntryContent {
  const when = parseWhen(list.node['date'])
  return compact({
    kind,
    title,
    ...(kind === 'consultation' &&
      when && { clinicalAt: when.at, clinicalPrecision: when.precision }),
    recordedAt: when?.at ?? new Date('1900-01-01T00:00:00Z'),
    markers: [...readMarkers(list, reading)],
  })
}

function problemsOf(list: Source, reading: Reading): readonly Source[] {
  return extensionsOf(list.node, 'relatedproblemheader').flatMap((header) => {
    const target =
      extensionOf(header, 'target')?.['valueReference'] ?? nodeOf(header['valueReference'])
    const problem = reading.resolver.find(target, list)
    return problem?.type === 'Condition' ? [problem] : []
  })
}
