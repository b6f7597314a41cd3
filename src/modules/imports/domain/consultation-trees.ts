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
export interface TreeEntry {
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

/** Reads the consultation, topic and heading lists. Lists that say they hold each other are cut. */
export function readTrees(lists: readonly Source[], reading: Reading): Trees {
  const entries: TreeEntry[] = []
  const places = new Map<Source, TreePlace>()
  const merged = new Map<Source, string>()
  const recordedAt = new Map<string, Date>()
  const seen = new Set<Source>()
  const counts = new Map<string, number>()

  const nextPlace = (encounterKey: string, parentKey: string, heading?: string): TreePlace => {
    const position = counts.get(parentKey) ?? 0
    counts.set(parentKey, position + 1)
    return compact({ encounterKey, parentKey, position, heading })
  }
  const walk = (list: Source, encounterKey: string, parentKey: string, heading?: string) => {
    for (const entry of nodesOf(list.node['entry'])) {
      const item = entry['item'] ?? entry
      const to = reading.resolver.target(item, list)
      if ('missing' in to) {
        reading.note(list, `an item of a consultation is not there (${to.missing})`, to.text ?? referenceDisplay(item))
      } else if (to.found.type === 'List') {
        branch(to.found, encounterKey, parentKey, heading)
      } else if (!places.has(to.found)) {
        places.set(to.found, nextPlace(encounterKey, parentKey, heading))
      }
    }
  }
  const branch = (list: Source, encounterKey: string, parentKey: string, heading?: string) => {
    if (seen.has(list)) return
    seen.add(list)
    const problems = problemsOf(list, reading)
    const title = titleOf(list) ?? problems.map((problem) => wordsOf(problem.node['code']))[0]
    if (!title) {
      merged.set(list, parentKey)
      walk(list, encounterKey, parentKey, heading)
      return
    }
    const kind = roleOf(list) === 'topic' ? 'topic' : 'heading'
    const place = nextPlace(encounterKey, parentKey)
    const key = textOf(list.node['id']) ? list.key : `${parentKey}.${place.position}`
    entries.push({ key, source: list, content: contentOf(list, kind, title, reading), place, problems })
    walk(list, encounterKey, key, kind === 'heading' ? title : undefined)
  }
  const root = (list: Source) => {
    if (seen.has(list)) return
    seen.add(list)
    const encounter = reading.resolver.find(list.node['encounter'], list)
    const key = encounter?.type === 'Encounter' ? encounter.key : list.key
    if (key === list.key) {
      reading.note(list, 'a consultation without its encounter stands for itself')
      const title = titleOf(list) ?? 'Consultation'
      const content = contentOf(list, 'consultation', title, reading)
      entries.push({ key, source: list, content, problems: problemsOf(list, reading) })
    } else merged.set(list, key)
    const written = parseWhen(list.node['date'])
    if (written) recordedAt.set(key, written.at)
    walk(list, key, key)
  }

  const ofRole = (...roles: readonly string[]) => lists.filter((list) => roles.includes(roleOf(list)))
  ofRole('consultation').forEach(root)
  ofRole('topic').forEach(root)
  ofRole('heading').forEach(root)
  return { entries, places, merged, recordedAt }
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
    ...(kind === 'consultation' && when && { clinicalAt: when.at, clinicalPrecision: when.precision }),
    recordedAt: when?.at ?? new Date('1900-01-01T00:00:00Z'),
    markers: [
      ...readMarkers(list, reading),
    ],
  })
}

function problemsOf(list: Source, reading: Reading): readonly Source[] {
  return extensionsOf(list.node, 'relatedproblemheader').flatMap((header) => {
    const target = extensionOf(header, 'target')?.['valueReference'] ?? nodeOf(header['valueReference'])
    const problem = reading.resolver.find(target, list)
    return problem?.type === 'Condition' ? [problem] : []
  })
}
