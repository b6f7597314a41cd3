import type { Trees } from './consultation-trees.ts'
import { nodesOf } from './fhir-node.ts'
import { callingOf } from './kinds.ts'
import { roleOf } from './lists.ts'
import type { Medicines } from './medicines.ts'
import { formOwner } from './placement.ts'
import { binaryOf } from './read-others.ts'
import type { Reading } from './reading.ts'
import type { Source } from './sources.ts'

/** What a resource that is no entry of its own is merged into: another source, or a list's place. */
export type MergeTarget = { readonly source: Source } | { readonly key: string }

/**
 * What each resource of a person is merged into, for those that are: a statement into its plan, a
 * medicine's name, a specimen, a form's answers and a document's bytes into what uses them, lists
 * into the order they give, and what is contained into what contains it.
 */
export function findMerges(
  sources: readonly Source[],
  trees: Trees,
  medicines: Medicines,
  reading: Reading,
): ReadonlyMap<Source, MergeTarget> {
  const merges = new Map<Source, MergeTarget>()
  const merge = (source: Source | undefined, into: Source) => {
    if (source && source !== into && !merges.has(source)) merges.set(source, { source: into })
  }
  for (const [statement, plan] of medicines.planOf) merge(statement, plan)
  for (const source of sources) {
    const find = (reference: unknown) => reading.resolver.find(reference, source)
    const product = find(source.node['medicationReference'])
    if (product?.type === 'Medication') merge(product, source)
    if (source.type === 'DiagnosticReport' || source.type === 'Observation') {
      for (const specimen of nodesOf(source.node['specimen']).map(find)) {
        if (specimen?.type === 'Specimen') merge(specimen, source)
      }
    }
    if (source.type === 'DocumentReference') merge(binaryOf(source, reading), source)
    if (source.type === 'QuestionnaireResponse') {
      const owner = formOwner(source, reading)
      if (owner) merge(source, owner)
    }
  }
  const isTreeEntry = new Set(trees.entries.map((entry) => entry.source))
  for (const source of sources) {
    if (source.type === 'List' && !isTreeEntry.has(source)) {
      merges.set(source, { key: trees.merged.get(source) ?? `sections/${roleOf(source)}` })
    }
    const holder = source.container
    const isOwnEntry = holder?.type === 'List' || holder?.type === 'Composition'
    if (holder && !isOwnEntry && callingOf(source.type) !== 'people') merge(source, holder)
  }
  return merges
}
