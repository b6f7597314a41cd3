import type { TreePlace, Trees } from './consultation-trees.ts'
import type { DraftLink, Placement } from './draft-entry.ts'
import { extensionOf, extensionsOf } from './extensions.ts'
import { compact, type FhirNode, nodesOf, textOf } from './fhir-node.ts'
import { isCommentNote, type Surroundings } from './read-observation.ts'
import type { Reading } from './reading.ts'
import { referencedKey, referencedType } from './references.ts'
import type { Source } from './sources.ts'

/** What holds a source, other than a consultation: its medicine, report, group or result. */
interface Holder {
  readonly source: Source
  readonly position: number
}

/** Which source holds which: results in groups and reports, notes on results. */
export interface Holders {
  readonly of: ReadonlyMap<Source, Holder>
  readonly around: (observation: Source, place: TreePlace | undefined) => Surroundings
}

/** Works out what the observations and reports of a person hold, without circles. */
export function findHolders(sources: readonly Source[], reading: Reading): Holders {
  const holders = new Map<Source, Holder>()
  const counts = new Map<Source, number>()
  const hold = (holder: Source, held: Source | undefined) => {
    if (!held || held === holder || holders.has(held) || isWithin(holder, held, holders)) return
    const position = counts.get(holder) ?? 0
    counts.set(holder, position + 1)
    holders.set(held, { source: holder, position })
  }
  const observations = sources.filter((source) => source.type === 'Observation')
  const throughForm = (target: Source | undefined): readonly Source[] =>
    target?.type === 'QuestionnaireResponse' ? answersOf(target, reading) : target ? [target] : []

  for (const group of observations) {
    for (const member of membersOf(group, reading).flatMap(throughForm)) {
      if (member.type === 'Observation') hold(group, member)
    }
  }
  for (const report of sources.filter((source) => source.type === 'DiagnosticReport')) {
    for (const result of nodesOf(report.node['result'])) {
      const held = reading.resolver.find(result, report)
      if (held?.type === 'Observation') hold(report, held)
    }
  }
  for (const note of observations) {
    for (const origin of originsOf(note, reading)) {
      const holder = origin.type === 'QuestionnaireResponse' ? formOwner(origin, reading) : origin
      if (holder?.type === 'Observation') hold(holder, note)
    }
  }
  const groups = new Set(
    [...holders].filter(([held]) => !isCommentNote(held.node)).map(([, holder]) => holder.source),
  )
  return {
    of: holders,
    around: (observation, place) =>
      compact({
        isInReport: isHeldByReport(observation, holders),
        hasMembers: groups.has(observation),
        heading: place?.heading,
      }),
  }
}

/** The observation that a form's answers belong to, where it names one. */
export function formOwner(form: Source, reading: Reading): Source | undefined {
  const owner = nodesOf(form.node['parent'] ?? form.node['partOf'])
    .map((each) => reading.resolver.find(each, form))
    .find((each) => each?.type === 'Observation')
  return owner
}

/** Where an entry belongs, by the keys of what became entries. */
export function placementOf(
  source: Source,
  holder: Holder | undefined,
  trees: Trees,
  reading: Reading,
  keyOf: (source: Source) => string | undefined,
): Placement {
  const place = trees.places.get(source)
  const holderKey = holder && keyOf(holder.source)
  const links: DraftLink[] = []
  const link = (relation: DraftLink['relation'], key: string | undefined) => {
    if (key && !links.some((each) => each.relation === relation && each.key === key)) {
      links.push({ relation, key })
    }
  }
  if (place && place.heading !== undefined) link('heading', place.parentKey)
  if (holderKey && holder?.source.type === 'DiagnosticReport') link('report', holderKey)
  if (holderKey && holder?.source.type === 'Observation') link('group', holderKey)
  for (const [relation, target] of relatedTo(source, reading)) {
    const key = keyOf(target)
    if (key !== holderKey) link(relation, key)
  }
  return compact({
    encounterKey: encounterOf(source, reading, keyOf) ?? place?.encounterKey,
    parentKey: holderKey ?? place?.parentKey,
    position: holderKey ? holder?.position : place?.position,
    links: links.length > 0 ? links : undefined,
  })
}

/** What each problem is about: the keys linked to it, by the source that gets the link. */
export function problemLinks(
  problems: readonly Source[],
  reading: Reading,
): ReadonlyMap<Source, readonly Source[]> {
  const links = new Map<Source, Source[]>()
  for (const problem of problems) {
    const extensions = [
      ...extensionsOf(problem.node, 'actualproblem'),
      ...extensionsOf(problem.node, 'relatedclinicalcontent'),
    ]
    for (const extension of extensions) {
      const about = reading.resolver.find(extension['valueReference'], problem)
      if (!about || about === problem) continue
      links.set(about, [...(links.get(about) ?? []), problem])
    }
  }
  return links
}

function relatedTo(
  source: Source,
  reading: Reading,
): readonly (readonly [DraftLink['relation'], Source])[] {
  const { node } = source
  const find = (reference: unknown) => reading.resolver.find(reference, source)
  const related = extensionsOf(node, 'relatedproblemheader').map((header) =>
    find(extensionOf(header, 'target')?.['valueReference']),
  )
  const supporting = nodesOf(node['supportingInfo']).map(find)
  const reasons = nodesOf(node['reasonReference']).map(find)
  const based = [...nodesOf(node['basedOn']), ...nodesOf(node['priorPrescription'])].map(find)
  const pairs: [DraftLink['relation'], Source | undefined][] = [
    ...related.map((target): [DraftLink['relation'], Source | undefined] => ['related', target]),
    ...supporting.map((target): [DraftLink['relation'], Source | undefined] => [
      target?.type === 'DocumentReference' ? 'document' : 'related',
      target,
    ]),
    ...reasons.map((target): [DraftLink['relation'], Source | undefined] => [
      target?.type === 'Condition' ? 'problem' : 'related',
      target,
    ]),
    ...(source.type === 'MedicationRequest' || source.type === 'DiagnosticReport' ? based : []).map(
      (target): [DraftLink['relation'], Source | undefined] => ['related', target],
    ),
  ]
  return pairs.flatMap(([relation, target]) =>
    target && target !== source ? [[relation, target] as const] : [],
  )
}

/**
 * The consultation an entry names. In part of a record the consultation may be stored already, so
 * the name is kept even where the file does not hold it.
 */
function encounterOf(
  source: Source,
  reading: Reading,
  keyOf: (source: Source) => string | undefined,
): string | undefined {
  for (const reference of encounterReferences(source.node)) {
    const found = reading.resolver.find(reference, source)
    if (found?.type === 'Encounter') return keyOf(found) ?? found.key
    if (!found && !reading.isGpConnect && referencedType(reference) === 'Encounter')
      return referencedKey(reference)
  }
  return undefined
}

function encounterReferences(node: FhirNode): readonly unknown[] {
  const extension =
    extensionOf(node, 'encounter-associatedencounter') ?? extensionOf(node, 'associatedencounter')
  const contexts = nodesOf(node['context'])
  return [
    ...nodesOf(node['encounter']),
    ...contexts,
    ...contexts.flatMap((context) => nodesOf(context['encounter'])),
    extension?.['valueReference'],
  ].filter((reference) => reference !== undefined)
}

function membersOf(group: Source, reading: Reading): readonly Source[] {
  const references = [
    ...nodesOf(group.node['related'])
      .filter((related) => textOf(related['type']) === 'has-member')
      .map((related) => related['target']),
    ...nodesOf(group.node['hasMember']),
  ]
  return references.flatMap((reference) => reading.resolver.find(reference, group) ?? [])
}

function originsOf(note: Source, reading: Reading): readonly Source[] {
  const references = [
    ...nodesOf(note.node['related'])
      .filter((related) => textOf(related['type']) === 'derived-from')
      .map((related) => related['target']),
    ...(isCommentNote(note.node) ? nodesOf(note.node['derivedFrom']) : []),
  ]
  return references.flatMap((reference) => reading.resolver.find(reference, note) ?? [])
}

function answersOf(form: Source, reading: Reading): readonly Source[] {
  return nodesOf(form.node['item']).flatMap((item) =>
    nodesOf(item['answer']).flatMap(
      (answer) => reading.resolver.find(answer['valueReference'], form) ?? [],
    ),
  )
}

function isWithin(inner: Source, outer: Source, holders: ReadonlyMap<Source, Holder>): boolean {
  let at: Source | undefined = inner
  for (let steps = 0; at && steps < 1000; steps++) {
    if (at === outer) return true
    at = holders.get(at)?.source
  }
  return at !== undefined
}

function isHeldByReport(source: Source, holders: ReadonlyMap<Source, Holder>): boolean {
  let at = holders.get(source)?.source
  for (let steps = 0; at && steps < 1000; steps++) {
    if (at.type === 'DiagnosticReport') return true
    at = holders.get(at)?.source
  }
  return false
}
