import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addsUp, readExport } from './read-export.ts'
import { formatReport } from './format-report.ts'
import { fileReport, patientReport } from './import-report.ts'
import { aConcept, aList, aReference, aResource, aStructuredRecord } from './test-export.ts'

type Change = {
  readonly at: number
  readonly how: 'delete' | 'swap' | 'number' | 'list' | 'null' | 'reference' | 'repeat' | 'type'
}

const seed = aStructuredRecord([
  aResource('Encounter', 'e1', {
    status: 'finished',
    type: [{ text: 'Visit' }],
    period: { start: '2026-01-05T09:10:00Z' },
    participant: [{ individual: aReference('Practitioner/d') }],
  }),
  aList('325851000000107', ['List/t1'], { id: 'c1', encounter: aReference('Encounter/e1') }),
  aList('25851000000105', ['List/h1', 'Observation/n'], { id: 't1', title: 'Knee' }),
  aList('24781000000107', ['Observation/o', 'MedicationRequest/plan'], {
    id: 'h1',
    title: 'History',
  }),
  aList('886921000000105', ['AllergyIntolerance/a'], {
    contained: [aResource('AllergyIntolerance', 'x', { code: aConcept('Nuts') })],
  }),
  aResource('AllergyIntolerance', 'a', {
    code: aConcept('Latex'),
    reaction: [{ manifestation: [aConcept('Rash')] }],
  }),
  aResource('Observation', 'o', {
    code: aConcept('FBC'),
    related: [{ type: 'has-member', target: aReference('Observation/p') }],
    specimen: aReference('Specimen/s'),
  }),
  aResource('Observation', 'p', {
    code: aConcept('Hb'),
    valueQuantity: { value: 12, unit: 'g/L' },
    referenceRange: [{ low: { value: 11 } }],
  }),
  aResource('Observation', 'n', { code: aConcept('Comment note', '37331000000100'), comment: 'x' }),
  aResource('DiagnosticReport', 'r', {
    status: 'final',
    code: aConcept('Report'),
    result: [aReference('Observation/o')],
    specimen: [aReference('Specimen/s')],
  }),
  aResource('Specimen', 's', { type: { text: 'Blood' } }),
  { resourceType: 'Medication', id: 'm', code: aConcept('Ramipril') },
  aResource('MedicationRequest', 'plan', {
    intent: 'plan',
    status: 'active',
    medicationReference: aReference('Medication/m'),
  }),
  aResource('MedicationRequest', 'order', {
    intent: 'order',
    basedOn: [aReference('MedicationRequest/plan')],
    medicationReference: aReference('Medication/m'),
  }),
  aResource('MedicationStatement', 'st', {
    basedOn: [aReference('MedicationRequest/plan')],
    medicationReference: aReference('Medication/m'),
  }),
  aResource('Condition', 'k', {
    code: aConcept('Asthma'),
    extension: [
      {
        url: 'https://x/Extension-CareConnect-RelatedClinicalContent-1',
        valueReference: aReference('Observation/p'),
      },
    ],
  }),
  aResource('DocumentReference', 'doc', {
    type: { text: 'Letter' },
    content: [{ attachment: { contentType: 'text/plain', data: 'SGk=' } }],
  }),
  aResource('QuestionnaireResponse', 'q', {
    parent: [aReference('Observation/o')],
    item: [{ answer: [{ valueReference: aReference('Observation/p') }] }],
  }),
  {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        fullUrl: 'urn:uuid:1',
        resource: aResource('Procedure', 'pr', { code: aConcept('Excision') }),
      },
    ],
  },
  { resourceType: 'Practitioner', id: 'd', name: [{ family: 'Okafor' }] },
])

/** Every member of a value, as its holder and name, in a lasting order. */
function members(value: unknown): readonly (readonly [Record<string, unknown>, string])[] {
  if (value === null || typeof value !== 'object') return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((name) => [[holder, name] as const, ...members(holder[name])])
}

function change(root: unknown, { at, how }: Change): void {
  const all = members(root)
  const [holder, name] = all[at % all.length] ?? [{}, '']
  const other = all[(at * 7 + 3) % all.length]
  if (how === 'delete' && Array.isArray(holder)) holder.splice(Number(name), 1)
  else if (how === 'delete') delete holder[name]
  else if (how === 'swap') holder[name] = structuredClone(other?.[0][other[1]])
  else if (how === 'number') holder[name] = at
  else if (how === 'list') holder[name] = [holder[name], null, 'x']
  else if (how === 'null') holder[name] = null
  else if (how === 'reference') holder[name] = { reference: 'Observation/p' }
  else if (how === 'repeat' && Array.isArray(holder))
    holder.push(structuredClone(holder[Number(name)]))
  else if (how === 'type')
    holder['resourceType'] = ['List', 'Bundle', 'Patient', 'constructor', '__proto__', 7][at % 6]
}

const aChange: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(100_000),
  how: fc.constantFrom('delete', 'swap', 'number', 'list', 'null', 'reference', 'repeat', 'type'),
})

test('however a file is damaged, reading it never fails and the report adds up', () => {
  fc.assert(
    fc.property(fc.array(aChange, { minLength: 1, maxLength: 12 }), (changes) => {
      const root = structuredClone(seed)
      for (const each of changes) change(root, each)

      const reading = readExport([root])

      expect(addsUp(reading)).toBe(true)
      for (const part of reading.patients) {
        const keys = part.entries.map((entry) => entry.sourceKey)
        expect(new Set(keys).size).toBe(keys.length)
        for (const entry of part.entries) {
          expect(entry.title).not.toBe('')
          if (entry.parentKey !== undefined) expect(keys).toContain(entry.parentKey)
        }
      }
      const patients = reading.patients.map((part) =>
        patientReport(part, undefined, { refused: 'only read' }),
      )
      const report = fileReport('a.json', reading, false, patients)
      expect(report.addsUp).toBe(true)
      expect(formatReport([report])).toContain('a.json')
    }),
    { numRuns: 400 },
  )
})

test('whatever JSON a file holds, reading it never fails and the report adds up', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 4 }), fc.boolean(), (values, inBundle) => {
      const roots = inBundle
        ? [{ resourceType: 'Bundle', entry: values.map((resource) => ({ resource })) }]
        : values
      expect(addsUp(readExport(roots))).toBe(true)
    }),
    { numRuns: 200 },
  )
})
