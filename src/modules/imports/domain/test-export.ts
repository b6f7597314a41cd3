import type { DraftEntry } from './draft-entry.ts'
import { readExport, type ExportReading, type ReadOptions } from './read-export.ts'

type Json = Readonly<Record<string, unknown>>

const snomed = 'http://snomed.info/sct'

/** A CodeableConcept with one SNOMED CT code. */
export function aConcept(display: string, code = '100000000'): Json {
  return { coding: [{ system: snomed, code, display }] }
}

/** A Reference. */
export function aReference(reference: string): Json {
  return { reference }
}

/** A Patient with a valid test number. */
export function aPatientResource(given: Json = {}): Json {
  return {
    resourceType: 'Patient',
    id: 'p1',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
    name: [{ use: 'official', prefix: ['Mrs'], given: ['Ann', 'Jo'], family: 'Patel' }],
    gender: 'female',
    birthDate: '1961-05-04',
    ...given,
  }
}

/** A resource about the patient of `aPatientResource`. */
export function aResource(resourceType: string, id: string, given: Json = {}): Json {
  const who = ['AllergyIntolerance', 'Immunization', 'FamilyMemberHistory'].includes(resourceType)
    ? 'patient'
    : 'subject'
  return { resourceType, id, [who]: aReference('Patient/p1'), ...given }
}

/** A List of a structured record, with these references in it. */
export function aList(code: string, references: readonly string[], given: Json = {}): Json {
  return aResource('List', given['id'] as string, {
    status: 'current',
    code: aConcept('A list', code),
    date: '2026-02-01T09:00:00+00:00',
    entry: references.map((reference) => ({ item: { reference } })),
    ...given,
  })
}

/** A structured record as GP systems give it: STU3, no addresses on its entries. */
export function aStructuredRecord(resources: readonly Json[], given: Json = {}): Json {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    meta: {
      profile: ['https://fhir.nhs.uk/STU3/StructureDefinition/GPConnect-StructuredRecord-Bundle-1'],
    },
    entry: [aPatientResource(), ...resources].map((resource) => ({ resource })),
    ...given,
  }
}

/** A bundle of plain R4. */
export function aBundle(resources: readonly Json[], type = 'collection'): Json {
  return { resourceType: 'Bundle', type, entry: resources.map((resource) => ({ resource })) }
}

/** Reads a structured record of these resources. */
export function readStructured(resources: readonly Json[], options?: ReadOptions): ExportReading {
  return readExport([aStructuredRecord(resources)], options)
}

/** The entry of that key; throws where there is none. */
export function entryOf(reading: ExportReading, key: string): DraftEntry {
  const found = reading.patients
    .flatMap((part) => part.entries)
    .find((entry) => entry.sourceKey === key)
  if (!found) throw new Error(`No entry ${key}`)
  return found
}

/** All that the reading notes, of every patient and of the file. */
export function notesOf(reading: ExportReading): readonly string[] {
  return [...reading.notes, ...reading.patients.flatMap((part) => part.notes)].map(
    (note) => note.what,
  )
}
