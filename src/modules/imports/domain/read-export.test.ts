import { describe, expect, test } from 'vitest'
import { addsUp, readExport } from './read-export.ts'
import {
  aBundle,
  aConcept,
  aList,
  aPatientResource,
  aReference,
  aResource,
  aStructuredRecord,
  entryOf,
  notesOf,
  readStructured,
} from './test-export.ts'

const nopat = { security: [{ system: 'http://hl7.org/fhir/v3/ActCode', code: 'NOPAT' }] }

const aConsultation = (status = 'finished') => [
  aResource('Encounter', 'e1', {
    status,
    type: [{ text: 'GP Surgery' }],
    period: { start: '2026-01-05T09:10:00+00:00' },
  }),
  aList('325851000000107', ['List/t1'], {
    id: 'c1',
    title: 'GP Surgery',
    encounter: aReference('Encounter/e1'),
  }),
  aList('25851000000105', ['List/h1', 'List/h2'], { id: 't1', title: 'Sore knee' }),
  aList('24781000000107', ['Observation/o1', 'Observation/o2'], { id: 'h1', title: 'History' }),
  aList('24781000000107', ['Observation/o3'], { id: 'h2', title: 'Plan' }),
  aResource('Observation', 'o1', {
    status: 'final',
    code: aConcept('Knee pain'),
    issued: '2026-01-05T09:20:00+00:00',
  }),
  aResource('Observation', 'o2', {
    status: 'final',
    code: aConcept('Comment note', '37331000000100'),
    comment: 'worse on stairs',
    issued: '2026-01-05T09:20:00+00:00',
  }),
  aResource('Observation', 'o3', {
    status: 'final',
    code: aConcept('Advice given'),
    issued: '2026-01-05T09:20:00+00:00',
  }),
]

describe('readExport', () => {
  test('accounts for every resource of a file exactly once', () => {
    const reading = readStructured([
      ...aConsultation(),
      { resourceType: 'Practitioner', id: 'd1', name: [{ family: 'Okafor' }] },
      { resourceType: 'Frobnication', id: 'x' },
      aResource('Condition', 'nameless', {}),
    ])
    expect(reading.tally).toEqual({ entry: 7, merged: 1, people: 2, quarantined: 2 })
    expect(reading.counted).toBe(12)
    expect(addsUp(reading)).toBe(true)
  })

  test('names what it sets aside, where it stood and why', () => {
    const reading = readStructured([
      aResource('Condition', 'nameless', {}),
      { resourceType: 'Frobnication', id: 'x' },
    ])
    expect(reading.patients[0]?.quarantined).toMatchObject([
      {
        sourceKey: 'Condition/nameless',
        path: 'entry[1]',
        reason: 'it has no words to name it by',
      },
    ])
    expect(reading.unassigned).toMatchObject([{ sourceKey: 'Frobnication/x', path: 'entry[2]' }])
  })

  test('keeps a consultation as its topics, headings and items in order', () => {
    const reading = readStructured(aConsultation())
    const placed = (key: string) => {
      const { encounterKey, parentKey, position } = entryOf(reading, key)
      return [encounterKey, parentKey, position]
    }
    expect(placed('List/t1')).toEqual(['Encounter/e1', 'Encounter/e1', 0])
    expect(placed('List/h1')).toEqual(['Encounter/e1', 'List/t1', 0])
    expect(placed('List/h2')).toEqual(['Encounter/e1', 'List/t1', 1])
    expect(placed('Observation/o1')).toEqual(['Encounter/e1', 'List/h1', 0])
    expect(placed('Observation/o2')).toEqual(['Encounter/e1', 'List/h1', 1])
    expect(placed('Observation/o3')).toEqual(['Encounter/e1', 'List/h2', 0])
    expect(entryOf(reading, 'Observation/o2')).toMatchObject({
      kind: 'note',
      text: 'worse on stairs',
    })
    expect(entryOf(reading, 'Encounter/e1').recordedAt).toEqual(new Date('2026-02-01T09:00:00Z'))
  })

  test('puts what stands under an untitled topic straight into the consultation', () => {
    const untitled = aConsultation().map((resource) =>
      'id' in resource && resource['id'] === 't1' ? { ...resource, title: undefined } : resource,
    )
    const reading = readStructured(untitled)
    expect(entryOf(reading, 'List/h2')).toMatchObject({ parentKey: 'Encounter/e1', position: 1 })
    expect(addsUp(reading)).toBe(true)
  })

  test('cuts a circle of lists and of results', () => {
    const reading = readStructured([
      aList('24781000000107', ['List/b'], { id: 'a', title: 'A' }),
      aList('24781000000107', ['List/a'], { id: 'b', title: 'B' }),
      aResource('Observation', 'x', {
        code: aConcept('X'),
        related: [{ type: 'has-member', target: aReference('Observation/y') }],
      }),
      aResource('Observation', 'y', {
        code: aConcept('Y'),
        related: [{ type: 'has-member', target: aReference('Observation/x') }],
      }),
    ])
    expect(addsUp(reading)).toBe(true)
    expect([
      entryOf(reading, 'Observation/x').parentKey,
      entryOf(reading, 'Observation/y').parentKey,
    ]).toEqual([undefined, 'Observation/x'])
  })

  test('keeps an entry whose references are sentences or lead nowhere, and says so', () => {
    const reading = readStructured([
      aResource('Condition', 'k', {
        code: aConcept('Asthma'),
        context: aReference('Encounter/gone'),
        asserter: aReference('Referral items are not supported by the provider system'),
      }),
    ])
    expect(entryOf(reading, 'Condition/k')).toMatchObject({ kind: 'problem', title: 'Asthma' })
    expect(entryOf(reading, 'Condition/k').encounterKey).toBeUndefined()
    expect(notesOf(reading)).toContain('a reference is a sentence and not an address')
    expect(notesOf(reading)).toContain('it names something that is not in the file')
  })

  test('reads a misspelt extension as what it plainly means', () => {
    const misspelt = {
      coding: [
        {
          system: 'http://snomed.info/sct',
          code: '1',
          display: 'Asthma (disorder)',
          extension: [
            {
              url: 'http://example.org/Extension-coding-sctdecsid',
              extension: [{ url: 'descriptionDisplay', valueString: 'Bronchial asthma' }],
            },
          ],
        },
      ],
    }
    const reading = readStructured([aResource('Condition', 'k', { code: misspelt })])
    expect(entryOf(reading, 'Condition/k').title).toBe('Bronchial asthma')
    expect(notesOf(reading)).toContain('a misspelt extension was read as what it plainly means')
  })

  test('says which sections are recorded as empty, and which may be incomplete and why', () => {
    const warning = {
      url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-ListWarningCode-1',
      valueCode: 'confidential-items',
    }
    const emptyReason = { coding: [{ code: 'no-content-recorded' }] }
    const reading = readStructured([
      aList('886921000000105', [], { emptyReason }),
      aList('1103671000000101', [], { emptyReason }),
      aList('717711000000103', ['Condition/k'], { extension: [warning] }),
      aResource('Condition', 'k', { code: aConcept('Asthma') }),
    ])
    expect(reading.patients[0]?.sections).toEqual([
      { section: 'allergies', state: 'empty', reason: 'no-content-recorded' },
      { section: 'problems', state: 'incomplete', reason: 'confidential-items' },
    ])
  })

  test('does not take a list of ended allergies that is empty for no allergies', () => {
    const reading = readStructured([
      aList('1103671000000101', [], { emptyReason: { coding: [{ code: 'no-content-recorded' }] } }),
    ])
    expect(reading.patients[0]?.sections).toEqual([])
  })

  test('is the whole record only where its lists cover every section', () => {
    const codes = [
      '886921000000105',
      '933361000000108',
      '1102181000000102',
      '717711000000103',
      '1149501000000101',
      '826501000000100',
      '887191000000108',
    ]
    expect(readStructured(codes.map((code) => aList(code, []))).isWhole).toBe(true)
    expect(readStructured(codes.slice(1).map((code) => aList(code, []))).isWhole).toBe(false)
    expect(readExport([aBundle([aPatientResource()])]).isWhole).toBe(false)
  })

  test('dates an export by its bundle, else by the newest of its section lists', () => {
    const lists = [
      aList('886921000000105', []),
      aList('933361000000108', [], { date: '2026-02-03T10:00:00Z' }),
    ]
    expect(readStructured(lists).exportedAt).toEqual(new Date('2026-02-03T10:00:00Z'))
    const dated = aStructuredRecord(lists, { meta: { lastUpdated: '2026-01-01T00:00:00Z' } })
    expect(readExport([dated]).exportedAt).toEqual(new Date('2026-01-01T00:00:00Z'))
  })

  test('keeps the same resource standing twice once, and sets aside one that says something else', () => {
    const twice = aResource('Condition', 'k', { code: aConcept('Asthma') })
    const other = aResource('Condition', 'k', { code: aConcept('Eczema') })
    const reading = readStructured([twice, twice, other])
    expect(reading.tally).toEqual({ entry: 1, merged: 1, people: 1, quarantined: 1 })
    expect(entryOf(reading, 'Condition/k').title).toBe('Asthma')
  })

  describe('markers', () => {
    test('a NOPAT item restricts the whole consultation that holds it', () => {
      const marked = aConsultation().map((resource) =>
        'id' in resource && resource['id'] === 'o1' ? { ...resource, meta: nopat } : resource,
      )
      const reading = readStructured(marked)
      expect(entryOf(reading, 'Observation/o1').markers).toEqual(['nopat'])
      for (const key of [
        'Encounter/e1',
        'List/t1',
        'List/h1',
        'List/h2',
        'Observation/o2',
        'Observation/o3',
      ]) {
        expect(entryOf(reading, key).markers, key).toEqual(['restricted-context'])
      }
    })

    test('a NOPAT label on a document counts wherever it stands', () => {
      const content = [{ attachment: { contentType: 'text/plain' } }]
      const type = { text: 'Letter' }
      const reading = readStructured([
        aResource('DocumentReference', 'a', { type, content, meta: nopat }),
        aResource('DocumentReference', 'b', {
          type,
          content,
          securityLabel: [{ coding: nopat.security }],
        }),
      ])
      expect(entryOf(reading, 'DocumentReference/a').markers).toEqual(['nopat'])
      expect(entryOf(reading, 'DocumentReference/b').markers).toEqual(['nopat'])
    })

    test('a draft consultation makes drafts of all in it', () => {
      for (const status of ['unknown', 'in-progress', 'planned']) {
        const reading = readStructured(aConsultation(status))
        expect(
          reading.patients[0]?.entries.every((entry) => entry.markers?.includes('draft')),
        ).toBe(true)
      }
    })

    test('diary entries are marked, and a heading with nothing else is not shown', () => {
      const reading = readStructured([
        ...aConsultation().slice(0, 3),
        aList('24781000000107', ['ProcedureRequest/d'], { id: 'h1', title: 'Follow up' }),
        aResource('ProcedureRequest', 'd', {
          intent: 'order',
          code: aConcept('Asthma review due'),
        }),
        aResource('ProcedureRequest', 'plan', { intent: 'plan', code: aConcept('Recall') }),
        aList('714311000000108', ['ProcedureRequest/d']),
      ])
      expect(entryOf(reading, 'ProcedureRequest/d').markers).toEqual(['diary'])
      expect(entryOf(reading, 'ProcedureRequest/plan').markers).toEqual(['diary'])
      expect(entryOf(reading, 'List/h1').markers).toEqual(['restricted-context'])
      expect(entryOf(reading, 'Encounter/e1').markers).toBeUndefined()
    })

    test('an unfiled report is unfiled with all its results', () => {
      const reading = readStructured([
        aResource('DiagnosticReport', 'r', {
          status: 'registered',
          code: aConcept('Report'),
          result: [aReference('Observation/o')],
        }),
        aResource('Observation', 'o', { status: 'final', code: aConcept('Serum sodium') }),
      ])
      expect(entryOf(reading, 'Observation/o').markers).toEqual(['unfiled'])
    })

    test('what was entered in error, is confidential or not reviewed is marked so', () => {
      const reading = readStructured([
        aResource('Condition', 'a', {
          code: aConcept('A'),
          verificationStatus: 'entered-in-error',
        }),
        aResource('Condition', 'b', { code: aConcept('B'), meta: { security: [{ code: 'R' }] } }),
        aResource('DocumentReference', 'c', { type: { text: 'C' }, docStatus: 'preliminary' }),
        aResource('Condition', 'd', { code: aConcept('D'), meta: { security: [{ code: 'N' }] } }),
      ])
      expect(entryOf(reading, 'Condition/a').markers).toEqual(['entered-in-error'])
      expect(entryOf(reading, 'Condition/b').markers).toEqual(['confidential'])
      expect(entryOf(reading, 'DocumentReference/c').markers).toEqual(['unreviewed'])
      expect(entryOf(reading, 'Condition/d').markers).toBeUndefined()
    })

    test('what names a patient who is not in the file is kept and can never be shown', () => {
      const reading = readStructured([
        aResource('Condition', 'k', {
          code: aConcept('Asthma'),
          subject: aReference('Patient/other'),
        }),
      ])
      expect(entryOf(reading, 'Condition/k').markers).toEqual(['unreviewed'])
    })

    test('nothing of a person marked sensitive can be shown', () => {
      const reading = readExport([
        aBundle([
          aPatientResource({ meta: { security: [{ code: 'R' }] } }),
          aResource('Condition', 'k', { code: aConcept('Asthma') }),
        ]),
      ])
      expect(entryOf(reading, 'Condition/k').markers).toEqual(['confidential'])
    })
  })

  describe('patients', () => {
    test('two patients of one file keep what is theirs, and what is nobody’s is set aside', () => {
      const other = aPatientResource({ id: 'p2', identifier: [], birthDate: '1980-01-01' })
      const reading = readExport([
        aBundle([
          aPatientResource(),
          other,
          aResource('Condition', 'a', { code: aConcept('A') }),
          {
            ...aResource('Condition', 'b', { code: aConcept('B') }),
            subject: aReference('Patient/p2'),
          },
          { resourceType: 'Condition', id: 'c', code: aConcept('C') },
        ]),
      ])
      expect(reading.patients.map((part) => part.entries.map((entry) => entry.sourceKey))).toEqual([
        ['Condition/a'],
        ['Condition/b'],
      ])
      expect(reading.unassigned).toMatchObject([
        { sourceKey: 'Condition/c', reason: 'it does not say which patient it is about' },
      ])
      expect(addsUp(reading)).toBe(true)
    })

    test('two people who carry the same masked number are never made one', () => {
      const masked = {
        identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '1234567890' }],
      }
      const reading = readExport([
        aBundle([
          aPatientResource(masked),
          aPatientResource({ ...masked, id: 'p2', birthDate: '1980-01-01' }),
        ]),
      ])
      expect(reading.patients).toHaveLength(2)
    })

    test('resources that name an NHS number and no Patient are that person’s', () => {
      const subject = {
        identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' },
      }
      const reading = readExport([
        aBundle(
          [aBundle([{ resourceType: 'Condition', id: 'a', code: aConcept('A'), subject }])],
          'searchset',
        ),
      ])
      expect(reading.patients).toMatchObject([
        { nhsNumber: '9990000018', entries: [{ sourceKey: 'Condition/a' }] },
      ])
    })

    test('references by urn:uuid, by address and into what is contained are followed', () => {
      const reading = readExport([
        {
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [
            { fullUrl: 'urn:uuid:11', resource: aPatientResource({ id: undefined }) },
            {
              fullUrl: 'urn:uuid:22',
              resource: {
                resourceType: 'Encounter',
                status: 'finished',
                subject: aReference('urn:uuid:11'),
              },
            },
            {
              fullUrl: 'urn:uuid:33',
              resource: {
                resourceType: 'MedicationRequest',
                intent: 'order',
                status: 'active',
                subject: aReference('https://example.org/fhir/Patient/11'),
                encounter: aReference('urn:uuid:22'),
                contained: [
                  { resourceType: 'Medication', id: 'm', code: { text: 'Aspirin 75mg tablets' } },
                ],
                medicationReference: aReference('#m'),
              },
            },
          ],
        },
      ])
      expect(entryOf(reading, 'MedicationRequest/33')).toMatchObject({
        kind: 'medication',
        title: 'Aspirin 75mg tablets',
        encounterKey: 'Encounter/22',
      })
      expect(reading.tally).toEqual({ entry: 2, merged: 1, people: 1, quarantined: 0 })
    })
  })
})
