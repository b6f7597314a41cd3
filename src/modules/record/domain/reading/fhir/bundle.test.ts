import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { parseLocalDate } from '#kernel/time'
import { hasShared } from '../../../../../../test/support/shared-data.ts'
import { ukCoreFaults } from '../../../../../../test/support/uk-core.ts'
import { disclose, type DisclosedEntry, type ReleasedEntry } from '../../disclosure.ts'
import type { EntryKind } from '../../entry.ts'
import { bundleOf, type ExportedPatient } from './bundle.ts'

const now = new Date('2026-03-02T09:00:00Z')
const bornOn = parseLocalDate('1961-04-12')
if (bornOn === undefined) throw new Error('Not a day')
const patient: ExportedPatient = {
  patientId: newId(now),
  givenName: 'Ann',
  familyName: 'Patel',
  bornOn,
  sex: 'female',
  nhsNumber: '9991234560',
}

const kinds: readonly EntryKind[] = [
  'allergy',
  'medication',
  'issue',
  'problem',
  'immunisation',
  'result',
  'result-group',
  'report',
  'measurement',
  'observation',
  'consultation',
  'topic',
  'heading',
  'note',
  'referral',
  'document',
  'procedure',
  'family-history',
  'request',
  'other',
]

function aDisclosed(given: Partial<ReleasedEntry> & Pick<ReleasedEntry, 'kind'>): DisclosedEntry {
  const released: ReleasedEntry = {
    entryId: newId(now),
    source: 'test',
    sourceKey: `${given.kind}/1`,
    title: `A ${given.kind}`,
    recordedAt: now,
    clinicalAt: new Date('2019-03-02T00:00:00Z'),
    clinicalPrecision: 'month',
    position: 0,
    detail: {},
    ...given,
  }
  const [disclosed] = disclose(
    [released],
    [{ current: 'full', historical: 'full', effectiveFrom: new Date(0) }],
  )
  if (!disclosed) throw new Error('Nothing was disclosed')
  return disclosed
}

/** One of every kind, as full and as bare as they come. */
const full = [
  ...kinds.map((kind) =>
    aDisclosed({
      kind,
      text: 'Comment',
      author: 'Dr Okafor',
      encounterKey: 'consultation/1',
      code: '1000661000000107',
      codeSystem: 'http://snomed.info/sct',
      ...(kind === 'result' && {
        parentKey: 'report/1',
        valueNumber: 4.2,
        unit: 'mmol/L',
        rangeLow: 3,
        rangeHigh: 5,
      }),
      detail: detailOf(kind),
    }),
  ),
  ...kinds.map((kind) =>
    aDisclosed({ kind, sourceKey: `${kind}/2`, title: 'Bare', codeSystem: 'local', code: 'x' }),
  ),
]

function detailOf(kind: EntryKind): ReleasedEntry['detail'] {
  switch (kind) {
    case 'medication':
      return {
        type: 'repeat',
        status: 'stopped',
        dose: 'One a day',
        patientInstruction: 'With food',
        startedOn: '2019-03-02',
        stoppedOn: '2020-01-01',
        stopReason: 'No longer needed',
      }
    case 'allergy':
      return { status: 'resolved', reactions: ['Rash'], endedOn: '2020-01-01', endReason: 'Tested' }
    case 'problem':
      return { status: 'past', endedOn: '2020-01-01' }
    case 'immunisation':
      return {
        given: true,
        vaccine: 'Influenza vaccine',
        doseNumber: 1,
        batch: 'AB12',
        site: 'Left arm',
      }
    case 'referral':
      return { to: 'Physiotherapy', reason: 'Knee', priority: 'Routine' }
    case 'result':
      return { status: 'final' }
    default:
      return {}
  }
}

describe('bundleOf', () => {
  test('refers only to what is in it, and to everything by an address of its own', () => {
    const text = JSON.stringify(bundleOf(patient, full, now))
    const bundle: unknown = JSON.parse(text)
    const names = [...text.matchAll(/"fullUrl":"([^"]+)"/g)].map((found) => found[1])
    const references = [...text.matchAll(/"reference":"([^"]+)"/g)].map((found) => found[1])
    expect(new Set(names).size).toBe(names.length)
    expect(references.length).toBeGreaterThan(kinds.length)
    expect(references.filter((reference) => !names.includes(reference))).toEqual([])
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'collection' })
  })

  test('says nothing of a consultation or a report that is not shown', () => {
    const [result] = full.filter((entry) => entry.kind === 'result')
    if (!result) throw new Error('No result')
    const text = JSON.stringify(bundleOf(patient, [result], now))
    expect(text).not.toContain('encounter')
    expect(text).not.toContain('report/1')
    expect(text).not.toContain('consultation/1')
  })

  test('leaves the NHS number out where the reader is not told it', () => {
    const { nhsNumber: _, ...unnamed } = patient
    expect(JSON.stringify(bundleOf(unnamed, full, now))).not.toContain('nhs-number')
  })

  test.skipIf(!hasShared('ukcore-r4'))(
    'is sound by R4 and by UK Core (needs ../shared)',
    { timeout: 60_000 },
    async () => {
      const bundle = JSON.parse(JSON.stringify(bundleOf(patient, full, now))) as {
        readonly entry: readonly { readonly resource: unknown }[]
      }
      expect(bundle.entry).toHaveLength(1 + full.length - 6)
      const faults: string[] = []
      for (const { resource } of bundle.entry) {
        for (const fault of await ukCoreFaults(resource))
          faults.push(`${String(Reflect.get(Object(resource), 'resourceType'))}: ${fault}`)
      }
      expect(faults).toEqual([])
    },
  )
})
