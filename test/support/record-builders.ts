import type { OdsCode } from '#kernel/ods-code'
import { systemProof, type Database } from '#platform/db'
import type { PatientId } from '#modules/directory'
import {
  storeRecord,
  type IncomingEntry,
  type IncomingRecord,
  type StoreReport,
} from '#modules/record'

type Given = Partial<IncomingEntry> & Pick<IncomingEntry, 'sourceKey'>

const written = new Date('2026-02-20T09:00:00Z')

/** A weight, which the ruleset releases. */
export function aWeight(given: Given): IncomingEntry {
  return {
    kind: 'measurement',
    title: 'Body weight',
    value: { number: 80, unit: 'kg' },
    recordedAt: written,
    clinicalAt: written,
    clinicalPrecision: 'minute',
    ...given,
  }
}

/** A note in free text, which the ruleset holds. */
export function aNote(given: Given): IncomingEntry {
  return {
    kind: 'note',
    title: 'Comment',
    text: 'Neighbour rang, worried. zqheldwords',
    recordedAt: written,
    clinicalAt: written,
    clinicalPrecision: 'minute',
    ...given,
  }
}

/** A filed, final result of an ordinary test in its range, which the ruleset releases. */
export function aResult(given: Given): IncomingEntry {
  return {
    kind: 'result',
    title: 'Serum sodium level',
    codings: [{ system: 'http://snomed.info/sct', code: '1000661000000107' }],
    value: { number: 140, unit: 'mmol/L', low: 133, high: 146 },
    recordedAt: written,
    filedAt: written,
    clinicalAt: written,
    clinicalPrecision: 'minute',
    detail: { status: 'final' },
    ...given,
  }
}

/** A visit called only by its kind. */
export function aConsultation(given: Given): IncomingEntry {
  return {
    kind: 'consultation',
    title: 'GP surgery consultation',
    recordedAt: written,
    clinicalAt: written,
    clinicalPrecision: 'minute',
    author: 'Dr Ngozi Okafor',
    ...given,
  }
}

/** A whole record from one source. */
export function aRecord(
  entries: readonly IncomingEntry[],
  given: Partial<IncomingRecord> = {},
): IncomingRecord {
  return { source: 'test', isWhole: true, sections: [], entries, ...given }
}

/** Stores a record for a patient, as an import does. */
export function store(
  db: Database,
  practice: OdsCode,
  patientId: PatientId,
  record: IncomingRecord,
): Promise<StoreReport> {
  return db.transaction(systemProof(practice), (tx) => storeRecord(tx, patientId, record))
}
