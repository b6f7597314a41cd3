import { systemProof } from '#platform/db'
import { parseId } from '#kernel/id'
import type { DemoPerson } from '#modules/demo'
import { storeRecord, type IncomingEntry } from '#modules/record'
import { openSite } from '../support/site.ts'
import { aConsultation, aNote, aRecord, aResult } from '../support/record-builders.ts'

/** Adds entries to somebody's record, as an import does. */
export async function addToRecord(
  person: DemoPerson,
  entries: readonly IncomingEntry[],
): Promise<void> {
  const { db } = await openSite()
  const patientId = parseId<'Patient'>(person.subjectId)
  if (!patientId) throw new Error('Not a patient')
  const record = aRecord(entries, { source: 'e2e', isWhole: false })
  await db.transaction(systemProof(person.practice), (tx) => storeRecord(tx, patientId, record))
}

/** Sodium over the years, within its range, which the ruleset releases; the last is the newest. */
export function sodiumOverYears(...values: readonly number[]): readonly IncomingEntry[] {
  return values.map((number, place) => {
    const takenAt = new Date(Date.UTC(2026 - values.length + place, 9, 12, 9, 30))
    return aResult({
      sourceKey: `sodium-${place}`,
      value: { number, unit: 'mmol/L', low: 133, high: 146 },
      clinicalAt: takenAt,
      recordedAt: takenAt,
      filedAt: takenAt,
    })
  })
}

/** A visit with one note under it, which a person must release. */
export function aVisit(title: string, text: string): readonly IncomingEntry[] {
  return [
    aConsultation({ sourceKey: 'visit', title }),
    aNote({ sourceKey: 'visit-note', text, encounterKey: 'visit', parentKey: 'visit' }),
  ]
}

/** A letter in plain text, which a person must release. */
export function aLetter(title: string, words: string): IncomingEntry {
  const bytes = Buffer.from(words)
  return {
    sourceKey: title,
    kind: 'document',
    title,
    recordedAt: new Date('2026-02-20T09:00:00Z'),
    filedAt: new Date('2026-02-20T09:00:00Z'),
    clinicalAt: new Date('2026-02-18T00:00:00Z'),
    clinicalPrecision: 'day',
    organisation: 'Leeds General Infirmary',
    detail: { contentType: 'text/plain', sizeBytes: bytes.length },
    content: { contentType: 'text/plain', bytes },
  }
}
