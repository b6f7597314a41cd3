import { nextDecision, type NextDecision, type RecordItem } from './decision.ts'
import type { EntryKind } from './entry.ts'
import { nearness } from './nearness.ts'
import { ruleset, screen, type Ruleset } from './ruleset.ts'
import type { PatientContext, ScreeningContext } from './screening.ts'

const containers: ReadonlySet<EntryKind> = new Set([
  'consultation',
  'topic',
  'heading',
  'report',
  'result-group',
  'medication',
  'measurement',
  'result',
])

/**
 * What is to be decided about each entry of a record, by its source key; nothing for one whose
 * decision stands. What holds others is looked at after what it holds, so that a container is
 * released only with all it holds.
 */
export function screenRecord(
  items: readonly RecordItem[],
  patient: PatientContext,
  gone: readonly RecordItem[] = [],
  rules: Ruleset = ruleset,
): ReadonlyMap<string, NextDecision> {
  const near = nearness(items, gone)
  const settled = new Map<string, 'released' | 'held'>()
  const decisions = new Map<string, NextDecision>()

  const settle = (item: RecordItem): 'released' | 'held' => {
    const { sourceKey } = item.entry
    const known = settled.get(sourceKey)
    if (known) return known
    // While it is being looked at it counts as held, so that a ring of containers holds itself.
    settled.set(sourceKey, 'held')
    const context: ScreeningContext = {
      patient,
      ...near.around(item),
      markRemoved: item.markRemoved ?? false,
      within: containers.has(item.entry.kind) ? withinOf(near.heldBy(item), settle) : 'nothing',
    }
    const next = nextDecision(item, screen(item.entry, context, rules))
    if (next) decisions.set(sourceKey, next)
    const outcome = (next ?? item.standing)?.outcome === 'released' ? 'released' : 'held'
    settled.set(sourceKey, outcome)
    return outcome
  }

  for (const item of items) settle(item)
  return decisions
}

function withinOf(
  held: readonly RecordItem[],
  settle: (item: RecordItem) => 'released' | 'held',
): ScreeningContext['within'] {
  if (held.length === 0) return 'nothing'
  return held.every((item) => settle(item) === 'released') ? 'all-released' : 'some-held'
}
