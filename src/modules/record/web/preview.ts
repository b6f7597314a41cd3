import type { PatientCopy } from '../domain/deciding/patient-copy.ts'
import { disclose, type DisclosedEntry, type ReleasedEntry } from '../domain/disclosure.ts'
import type { IncomingEntry } from '../domain/entry.ts'
import type { StoredEntry } from '../domain/plan-storing.ts'
import type { RecordAccess } from '../queries/access-facts.ts'

/**
 * What the patient would see of an entry if it were released, by the very function that decides it:
 * the copy, where only a part is shown. `undefined` for nothing.
 */
export function previewOf(
  stored: StoredEntry,
  access: RecordAccess,
  copy?: PatientCopy,
): DisclosedEntry | undefined {
  const whole = asReleased(stored)
  return disclose([copy ? inPart(whole, copy) : whole], [access.grant])[0]
}

/** As the view gives it: every text is the copy's, and nothing of the entry's own words is left. */
function inPart(whole: ReleasedEntry, copy: PatientCopy): ReleasedEntry {
  const {
    codeSystem: _system,
    code: _code,
    valueText: _value,
    unit: _unit,
    rangeText: _range,
    text: _text,
    author: _author,
    organisation: _organisation,
    documentHash: _document,
    ...kept
  } = whole
  return { ...kept, ...copy, detail: copy.detail ?? {} }
}

function asReleased({ entryId, source, entry, documentHash }: StoredEntry): ReleasedEntry {
  const { title, kind, sourceKey, recordedAt } = entry
  return {
    entryId,
    source,
    sourceKey,
    kind,
    title,
    recordedAt,
    position: entry.position ?? 0,
    detail: entry.detail ?? {},
    ...(documentHash !== undefined && { documentHash }),
    ...codeOf(entry),
    ...valueOf(entry),
    ...wordsOf(entry),
  }
}

function codeOf({ codings, clinicalAt, clinicalPrecision, filedAt }: IncomingEntry) {
  const coding = codings?.[0]
  return {
    ...(coding && { codeSystem: coding.system, code: coding.code }),
    ...(clinicalAt && { clinicalAt }),
    ...(clinicalPrecision && { clinicalPrecision }),
    ...(filedAt && { filedAt }),
  }
}

function valueOf({ value = {} }: IncomingEntry) {
  const { number, comparator, text, unit, low, high, rangeText } = value
  return {
    ...(number !== undefined && { valueNumber: number }),
    ...(comparator && { valueComparator: comparator }),
    ...(text !== undefined && { valueText: text }),
    ...(unit !== undefined && { unit }),
    ...(low !== undefined && { rangeLow: low }),
    ...(high !== undefined && { rangeHigh: high }),
    ...(rangeText !== undefined && { rangeText }),
  }
}

function wordsOf({ text, author, organisation, encounterKey, parentKey }: IncomingEntry) {
  return {
    ...(text !== undefined && { text }),
    ...(author !== undefined && { author }),
    ...(organisation !== undefined && { organisation }),
    ...(encounterKey !== undefined && { encounterKey }),
    ...(parentKey !== undefined && { parentKey }),
  }
}
