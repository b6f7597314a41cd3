import { disclose, type DisclosedEntry, type ReleasedEntry } from '../domain/disclosure.ts'
import type { StoredEntry } from '../domain/plan-storing.ts'
import type { RecordAccess } from '../queries/access-facts.ts'

/** What the patient would see of an entry if it were released, by the very function that decides it; `undefined` for nothing. */
export function previewOf(stored: StoredEntry, access: RecordAccess): DisclosedEntry | undefined {
  return disclose([asReleased(stored)], [access.grant])[0]
}

function asReleased({ entryId, source, entry, documentHash }: StoredEntry): ReleasedEntry {
  const { value } = entry
  const coding = entry.codings?.[0]
  const members = {
    entryId,
    source,
    sourceKey: entry.sourceKey,
    kind: entry.kind,
    title: entry.title,
    codeSystem: coding?.system,
    code: coding?.code,
    clinicalAt: entry.clinicalAt,
    clinicalPrecision: entry.clinicalPrecision,
    recordedAt: entry.recordedAt,
    filedAt: entry.filedAt,
    valueNumber: value?.number,
    valueComparator: value?.comparator,
    valueText: value?.text,
    unit: value?.unit,
    rangeLow: value?.low,
    rangeHigh: value?.high,
    rangeText: value?.rangeText,
    text: entry.text,
    author: entry.author,
    organisation: entry.organisation,
    encounterKey: entry.encounterKey,
    parentKey: entry.parentKey,
    position: entry.position ?? 0,
    detail: entry.detail ?? {},
    documentHash,
  }
  return Object.fromEntries(
    Object.entries(members).filter(([, member]) => member !== undefined),
  ) as unknown as ReleasedEntry
}
