import { describe, expect, test } from 'vitest'
import {
  aBundle,
  aConcept,
  aList,
  aPatientResource,
  aReference,
  aResource,
  entryOf,
  notesOf,
  readStructured,
} from './test-export.ts'
import { readExport } from './read-export.ts'

const stu3 = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-'

const aPrescriptionType = (code: string) => ({
  url: `${stu3}PrescriptionType-1`,
  valueCodeableConcept: { coding: [{ code }] },
})

const aPlan = (given: Record<string, unknown> = {}) =>
  aResource('MedicationRequest', 'plan', {
    intent: 'plan',
    status: 'active',
    medicationReference: aReference('Medication/m'),
    authoredOn: '2025-11-03T10:00:00+00:00',
    extension: [
      aPrescriptionType('repeat'),
      {
        url: `${stu3}MedicationRepeatInformation-1`,
        extension: [
          { url: 'numberOfRepeatPrescriptionsAllowed', valueUnsignedInt: 6 },
          { url: 'numberOfRepeatPrescriptionsIssued', valueUnsignedInt: 2 },
          { url: 'authorisationExpiryDate', valueDateTime: '2026-11-03' },
        ],
      },
    ],
    dosageInstruction: [{ text: 'One each morning', patientInstruction: 'With water' }],
    dispenseRequest: {
      validityPeriod: { start: '2025-11-03' },
      quantity: { value: 28, unit: 'tablet' },
      expectedSupplyDuration: { value: 28, code: 'd' },
    },
    ...given,
  })

const aMedication = { resourceType: 'Medication', id: 'm', code: aConcept('Ramipril 5mg capsules') }

const aStatement = aResource('MedicationStatement', 's', {
  status: 'active',
  basedOn: [aReference('MedicationRequest/plan')],
  medicationReference: aReference('Medication/m'),
  effectivePeriod: { start: '2025-11-03' },
  extension: [{ url: `${stu3}MedicationStatementLastIssueDate-1`, valueDateTime: '2026-01-05' }],
})

const anOrder = (id: string, day: string) =>
  aResource('MedicationRequest', id, {
    intent: 'order',
    status: 'completed',
    basedOn: [aReference('MedicationRequest/plan')],
    medicationReference: aReference('Medication/m'),
    authoredOn: day,
    dispenseRequest: { validityPeriod: { start: day }, quantity: { value: 28, unit: 'tablet' } },
  })

describe('medicines', () => {
  test('a plan, its statement and its product are one medicine, with its issues below it', () => {
    const reading = readStructured([
      aMedication,
      aPlan(),
      aStatement,
      anOrder('o1', '2025-12-01'),
      anOrder('o2', '2026-01-05'),
    ])
    expect(entryOf(reading, 'MedicationRequest/plan')).toMatchObject({
      kind: 'medication',
      title: 'Ramipril 5mg capsules',
      detail: {
        type: 'repeat',
        status: 'active',
        dose: 'One each morning',
        patientInstruction: 'With water',
        quantity: '28 tablet',
        durationDays: 28,
        issuesAllowed: 6,
        issuesMade: 2,
        startedOn: '2025-11-03',
        lastIssuedOn: '2026-01-05',
        authorisedUntil: '2026-11-03',
      },
    })
    expect(entryOf(reading, 'MedicationRequest/o2')).toMatchObject({
      kind: 'issue',
      parentKey: 'MedicationRequest/plan',
      detail: { issuedOn: '2026-01-05', quantity: '28 tablet' },
    })
    expect(reading.tally).toEqual({ entry: 3, merged: 2, people: 1, quarantined: 0 })
  })

  test('an unknown kind of prescription is acute, so that it cannot be ordered again', () => {
    const reading = readStructured([
      aMedication,
      aPlan({ extension: [aPrescriptionType('invalid')] }),
    ])
    expect(entryOf(reading, 'MedicationRequest/plan').detail).toMatchObject({ type: 'acute' })
    expect(notesOf(reading)).toContain(
      'the kind of prescription is unknown, so it is taken as acute',
    )
  })

  test.each([
    ['repeat-dispensing', 'repeat-dispensing'],
    ['delayed-prescribing', 'delayed'],
    ['acute', 'acute'],
    ['repeat', 'repeat'],
  ])('the prescription type %s is %s', (code, type) => {
    const reading = readStructured([aMedication, aPlan({ extension: [aPrescriptionType(code)] })])
    expect(entryOf(reading, 'MedicationRequest/plan').detail).toMatchObject({ type })
  })

  test('a stopped medicine says when and why, whatever its statement says', () => {
    const extension = [
      aPrescriptionType('repeat'),
      {
        url: `${stu3}MedicationStatusReason-1`,
        extension: [
          { url: 'statusReason', valueCodeableConcept: { text: 'Cough' } },
          { url: 'statusChangeDate', valueDateTime: '2026-01-09T08:00:00Z' },
        ],
      },
    ]
    const reading = readStructured([
      aMedication,
      aPlan({ status: 'stopped', extension }),
      aStatement,
    ])
    expect(entryOf(reading, 'MedicationRequest/plan').detail).toMatchObject({
      status: 'stopped',
      stoppedOn: '2026-01-09',
      stopReason: 'Cough',
    })
  })

  test.each(['unknown', 'on-hold', undefined])('a status of %s is never active', (status) => {
    const reading = readStructured([aMedication, aPlan({ status })])
    expect(entryOf(reading, 'MedicationRequest/plan').detail).not.toMatchObject({
      status: 'active',
    })
  })

  test('what was only proposed is a draft', () => {
    const reading = readStructured([aMedication, aPlan({ intent: 'proposal' })])
    expect(entryOf(reading, 'MedicationRequest/plan').markers).toEqual(['draft'])
  })

  test('an issue whose plan is not in the file is a medicine of its own, and never a repeat by guess', () => {
    const reading = readStructured([aMedication, anOrder('o1', '2026-01-05')])
    expect(entryOf(reading, 'MedicationRequest/o1')).toMatchObject({
      kind: 'medication',
      detail: { type: 'acute', lastIssuedOn: '2026-01-05' },
    })
  })

  test('plain R4 counts repeats after the first issue', () => {
    const plan = aResource('MedicationRequest', 'x', {
      intent: 'plan',
      status: 'active',
      medicationCodeableConcept: { text: 'Aspirin' },
      courseOfTherapyType: { coding: [{ code: 'continuous' }] },
      dispenseRequest: { numberOfRepeatsAllowed: 5 },
    })
    const reading = readExport([aBundle([aPatientResource(), plan])])
    expect(entryOf(reading, 'MedicationRequest/x').detail).toMatchObject({
      type: 'repeat',
      issuesAllowed: 6,
    })
  })

  test('notes for the pharmacy are not the text of the medicine', () => {
    const reading = readStructured([
      aMedication,
      aPlan({ note: [{ text: 'Blister pack please' }] }),
    ])
    expect(entryOf(reading, 'MedicationRequest/plan').text).toBeUndefined()
  })
})

describe('results', () => {
  const report = aResource('DiagnosticReport', 'r', {
    status: 'final',
    code: aConcept('Diagnostic studies report'),
    issued: '2026-01-08T10:00:00Z',
    conclusion: 'On azathioprine',
    specimen: [aReference('Specimen/s')],
    result: [aReference('Observation/g')],
  })
  const specimen = aResource('Specimen', 's', {
    type: { text: 'VENOUS BLOOD' },
    collection: { collectedDateTime: '2026-01-07' },
  })
  const group = aResource('Observation', 'g', {
    status: 'final',
    code: aConcept('Full blood count'),
    specimen: aReference('Specimen/s'),
    related: [
      { type: 'has-member', target: aReference('Observation/a') },
      { type: 'has-member', target: aReference('Observation/n') },
    ],
  })
  const result = aResource('Observation', 'a', {
    status: 'final',
    code: aConcept('Haemoglobin'),
    specimen: aReference('Specimen/s'),
    comment: 'Repeat in a month',
    valueQuantity: { value: 109, comparator: '<', unit: 'g/L' },
    referenceRange: [{ low: { value: 115 }, high: { value: 165 }, text: 'women' }],
    interpretation: { coding: [{ display: 'Below low reference limit' }] },
  })
  const note = aResource('Observation', 'n', {
    status: 'final',
    code: aConcept('Comment note', '37331000000100'),
    comment: '(q) - Abnormal',
  })

  test('a result keeps its group, report, range, comment and specimen', () => {
    const reading = readStructured([report, specimen, group, result, note])
    expect(entryOf(reading, 'Observation/a')).toMatchObject({
      kind: 'result',
      parentKey: 'Observation/g',
      position: 0,
      text: 'Repeat in a month',
      clinicalPrecision: 'day',
      clinicalAt: new Date('2026-01-07T00:00:00Z'),
      value: { number: 109, comparator: '<', unit: 'g/L', low: 115, high: 165, rangeText: 'women' },
      detail: {
        status: 'final',
        interpretation: 'Below low reference limit',
        specimen: 'VENOUS BLOOD',
      },
    })
    expect(entryOf(reading, 'Observation/g')).toMatchObject({
      kind: 'result-group',
      parentKey: 'DiagnosticReport/r',
    })
    expect(entryOf(reading, 'Observation/n')).toMatchObject({
      kind: 'note',
      parentKey: 'Observation/g',
      position: 1,
    })
    expect(entryOf(reading, 'DiagnosticReport/r')).toMatchObject({
      kind: 'report',
      text: 'On azathioprine',
    })
    expect(reading.tally.merged).toBe(1)
  })

  test('a blood pressure is one measurement, without a range', () => {
    const part = (code: string, name: string, value: number) => ({
      code: aConcept(name, code),
      valueQuantity: { value, unit: 'mm[Hg]' },
    })
    const reading = readStructured([
      aResource('Observation', 'bp', {
        code: aConcept('O/E - blood pressure reading'),
        referenceRange: [{ high: { value: 140 } }],
        component: [
          part('72313002', 'Systolic arterial pressure', 128),
          part('1091811000000102', 'Diastolic arterial pressure', 76),
        ],
      }),
    ])
    expect(entryOf(reading, 'Observation/bp')).toMatchObject({
      kind: 'measurement',
      value: { text: '128/76', unit: 'mmHg' },
    })
    expect(entryOf(reading, 'Observation/bp').value).not.toHaveProperty('high')
  })

  test.each([
    [{ valueString: 'Negative' }, { text: 'Negative' }],
    [{ valueCodeableConcept: { text: 'Trace' } }, { text: 'Trace' }],
    [{ valueInteger: 4 }, { text: '4' }],
    [{ valueBoolean: false }, { text: 'false' }],
    [{ valueQuantity: { value: '7.25', unit: '%' } }, { number: 7.25, unit: '%' }],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 64 } } }, { text: '1:64' }],
    [{ valueQuantity: { value: 'clotted' } }, { text: 'clotted' }],
  ])('reads the value %j', (given, value) => {
    const reading = readStructured([
      aResource('Observation', 'o', { code: aConcept('Test'), ...given }),
    ])
    expect(entryOf(reading, 'Observation/o').value).toEqual(value)
  })
})

describe('other entries', () => {
  test('an allergy that ended is contained in its list, and keeps its name', () => {
    const ended = {
      resourceType: 'AllergyIntolerance',
      id: '28',
      clinicalStatus: 'resolved',
      code: { text: 'Peanut allergy' },
      patient: aReference('Patient/p1'),
      extension: [
        {
          url: `${stu3}AllergyIntoleranceEnd-1`,
          extension: [
            { url: 'endDate', valueDateTime: '2016-11-01' },
            { url: 'reasonEnded', valueString: 'Desensitised' },
          ],
        },
      ],
      reaction: [{ severity: 'mild', manifestation: [aConcept('Rash')] }],
    }
    const reading = readStructured([aList('1103671000000101', ['#28'], { contained: [ended] })])
    expect(entryOf(reading, 'AllergyIntolerance/28').detail).toEqual({
      status: 'resolved',
      severity: 'mild',
      reactions: ['Rash'],
      endedOn: '2016-11-01',
      endReason: 'Desensitised',
    })
  })

  test('a problem keeps its significance and end, and is linked from what it is about', () => {
    const uk = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-'
    const reading = readStructured([
      aResource('Condition', 'k', {
        clinicalStatus: 'inactive',
        code: { text: 'Chest infection' },
        onsetDateTime: '2020-11',
        abatementDateTime: '2020-12-02',
        extension: [
          { url: `${uk}ProblemSignificance-1`, valueCode: 'minor' },
          { url: `${uk}RelatedClinicalContent-1`, valueReference: aReference('Observation/o') },
        ],
      }),
      aResource('Observation', 'o', { code: aConcept('Cough') }),
    ])
    expect(entryOf(reading, 'Condition/k')).toMatchObject({
      clinicalPrecision: 'month',
      detail: { status: 'past', significance: 'minor', endedOn: '2020-12-02' },
    })
    expect(entryOf(reading, 'Observation/o').links).toEqual([
      { relation: 'problem', key: 'Condition/k' },
    ])
  })

  test('an immunisation is led by its procedure, and an unknown vaccine is none', () => {
    const reading = readStructured([
      aResource('Immunization', 'i', {
        status: 'completed',
        notGiven: false,
        date: '2025-10-01',
        lotNumber: 'K1',
        site: { text: 'Left arm' },
        vaccineCode: { coding: [{ code: 'UNK', display: 'unknown' }] },
        vaccinationProtocol: [{ doseSequence: 2 }],
        extension: [
          {
            url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-VaccinationProcedure-1',
            valueCodeableConcept: aConcept('Influenza vaccination'),
          },
        ],
      }),
    ])
    expect(entryOf(reading, 'Immunization/i')).toMatchObject({
      title: 'Influenza vaccination',
      detail: { doseNumber: 2, batch: 'K1', site: 'Left arm', given: true },
    })
    expect(entryOf(reading, 'Immunization/i').detail).not.toHaveProperty('vaccine')
  })

  test('a document keeps its bytes where the file has them, else why it has none', () => {
    const data = Buffer.from('Dear Ann').toString('base64')
    const content = (attachment: object) => [{ attachment }]
    const reading = readStructured([
      aResource('DocumentReference', 'a', {
        type: { text: 'Letter' },
        content: content({ contentType: 'text/plain', data }),
      }),
      aResource('DocumentReference', 'b', {
        type: { text: 'Scan' },
        content: content({ contentType: 'image/tiff', url: 'https://x/Binary/z', size: 9 }),
      }),
      aResource('DocumentReference', 'c', {
        type: { text: 'Lost' },
        content: content({ title: 'File was too large to send' }),
      }),
    ])
    expect(
      Buffer.from(entryOf(reading, 'DocumentReference/a').content?.bytes ?? []).toString(),
    ).toBe('Dear Ann')
    expect(entryOf(reading, 'DocumentReference/b').detail).toEqual({
      contentType: 'image/tiff',
      sizeBytes: 9,
      missingReason: 'The export names the document but does not hold it',
    })
    expect(entryOf(reading, 'DocumentReference/c').detail).toEqual({
      missingReason: 'File was too large to send',
    })
  })

  test('a date that cannot be right leaves the entry undated, and is kept in the report', () => {
    const reading = readStructured([
      aResource('Condition', 'k', {
        code: aConcept('Asthma'),
        onsetDateTime: '0001-01-01',
        assertedDate: '2026-01-05',
      }),
    ])
    expect(entryOf(reading, 'Condition/k').clinicalAt).toBeUndefined()
    expect(reading.patients[0]?.notes).toContainEqual(
      expect.objectContaining({
        what: 'a date that cannot be right was left out',
        detail: '0001-01-01',
      }),
    )
  })

  test('bills and appointments are kept, and can never be shown', () => {
    const reading = readExport([
      aBundle([aPatientResource(), aResource('Claim', 'c', { patient: aReference('Patient/p1') })]),
    ])
    expect(entryOf(reading, 'Claim/c')).toMatchObject({
      kind: 'other',
      title: 'Claim',
      markers: ['administrative'],
    })
  })

  test('family history is told by its heading and by its comment', () => {
    const reading = readStructured([
      aList('24781000000107', ['Observation/a'], { id: 'h', title: 'Family History' }),
      aResource('Observation', 'a', { code: aConcept('Ischaemic heart disease') }),
      aResource('Observation', 'b', {
        code: aConcept('Diabetes mellitus'),
        comment: 'Family member : Father',
      }),
    ])
    expect(entryOf(reading, 'Observation/a').kind).toBe('family-history')
    expect(entryOf(reading, 'Observation/b').kind).toBe('family-history')
  })
})
