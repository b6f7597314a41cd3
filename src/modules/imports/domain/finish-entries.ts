import type { DraftEntry } from './draft-entry.ts'
import { roleOf } from './lists.ts'
import type { Reading } from './reading.ts'
import type { Source } from './sources.ts'

/** Diary entries by their list, ended allergies by theirs, and what may be another person's. */
export function markSpecial(
  entries: readonly DraftEntry[],
  lists: readonly Source[],
  doubtful: ReadonlySet<Source>,
  keys: ReadonlyMap<Source, string>,
  reading: Reading,
): readonly DraftEntry[] {
  const inRole = (role: string) =>
    new Set(
      lists
        .filter((list) => roleOf(list) === role)
        .flatMap((list) => itemKeys(list, keys, reading)),
    )
  const diary = inRole('diary')
  const ended = inRole('ended-allergies')
  const unsure = new Set([...doubtful].flatMap((source) => keys.get(source) ?? []))
  return entries.map((entry) => {
    const markers = new Set(entry.markers ?? [])
    if (diary.has(entry.sourceKey)) markers.add('diary')
    if (unsure.has(entry.sourceKey)) markers.add('unreviewed')
    const isEnded = ended.has(entry.sourceKey) && entry.kind === 'allergy'
    return {
      ...entry,
      ...(markers.size > 0 && { markers: [...markers] }),
      ...(isEnded && { detail: { ...entry.detail, status: 'resolved' as const } }),
    }
  })
}

function itemKeys(
  list: Source,
  keys: ReadonlyMap<Source, string>,
  reading: Reading,
): readonly string[] {
  const entries = Array.isArray(list.node['entry']) ? list.node['entry'] : [list.node['entry']]
  return entries.flatMap((entry: { readonly item?: unknown } | null | undefined) => {
    const found = reading.resolver.find(entry?.item, list)
    return found ? (keys.get(found) ?? []) : []
  })
}

/** Without parents that did not become entries. */
export function withoutLostParents(entries: readonly DraftEntry[]): readonly DraftEntry[] {
  const keys = new Set(entries.map((entry) => entry.sourceKey))
  return entries.map((entry) => {
    if (entry.parentKey === undefined || keys.has(entry.parentKey)) return entry
    const { parentKey: _, position: __, ...rest } = entry
    return rest
  })
}

/** What a report, group or result holds was written in the same consultation. */
export function inheritEncounters(entries: readonly DraftEntry[]): readonly DraftEntry[] {
  const byKey = new Map(entries.map((entry) => [entry.sourceKey, entry]))
  return entries.map((entry) => {
    if (entry.encounterKey !== undefined || entry.kind === 'issue') return entry
    let at: DraftEntry | undefined = entry
    for (let steps = 0; at && at.encounterKey === undefined && steps < 50; steps++) {
      at = at.parentKey === undefined ? undefined : byKey.get(at.parentKey)
    }
    return at?.encounterKey ? { ...entry, encounterKey: at.encounterKey } : entry
  })
}
