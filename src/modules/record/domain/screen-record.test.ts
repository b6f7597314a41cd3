import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LocalDate } from '#kernel/time'
import type { Id } from '#kernel/id'
import type { RecordItem, Standing } from './decision.ts'
import type { EntryKind, IncomingEntry, Marker } from './entry.ts'
import { familyOf } from './family.ts'
import { screenRecord } from './screen-record.ts'

const patient = {
  bornOn: '1980-01-01' as LocalDate,
  today: '2026-03-02' as LocalDate,
  age: 46,
  enhancedReview: false,
}
const recordedAt = new Date('2026-02-20T09:00:00Z')
const markers: readonly Marker[] = [
  'nopat',
  'confidential',
  'draft',
  'diary',
  'unfiled',
  'unreviewed',
  'entered-in-error',
  'administrative',
  'restricted-context',
]
const size = 12
const aKey = fc.nat(size - 1).map(String)
const plain: Partial<Record<EntryKind, Partial<IncomingEntry>>> = {
  consultation: { title: 'GP surgery consultation' },
  heading: { title: 'Examination' },
  measurement: { title: 'Body weight', value: { number: 80, unit: 'kg' } },
  note: { title: 'Comment', text: 'typed' },
  medication: { title: 'Amlodipine 5mg tablets', detail: { type: 'repeat', status: 'active' } },
}
const kinds = Object.keys(plain) as readonly EntryKind[]

const aRecord: fc.Arbitrary<readonly IncomingEntry[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      encounterKey: fc.option(aKey, { nil: undefined }),
      parentKey: fc.option(aKey, { nil: undefined }),
      link: fc.option(aKey, { nil: undefined }),
    }),
    { minLength: 1, maxLength: size },
  )
  .map((rows) =>
    rows.map(({ kind, encounterKey, parentKey, link }, index) => ({
      sourceKey: String(index),
      kind,
      title: '',
      recordedAt,
      ...plain[kind],
      ...(encounterKey !== undefined && { encounterKey }),
      ...(parentKey !== undefined && { parentKey }),
      ...(link !== undefined && { links: [{ relation: 'related' as const, key: link }] }),
    })),
  )

function shownOf(
  entries: readonly IncomingEntry[],
  standings: ReadonlyMap<string, Standing> = new Map(),
) {
  const items = entries.map((entry): RecordItem => {
    const standing = standings.get(entry.sourceKey)
    return { entry, isChanged: standing === undefined, ...(standing && { standing }) }
  })
  const decisions = screenRecord(items, patient)
  return new Set(
    items
      .filter(({ entry, standing }) => {
        const outcome = (decisions.get(entry.sourceKey) ?? standing)?.outcome
        return outcome === 'released' && (entry.markers ?? []).length === 0
      })
      .map(({ entry }) => entry.sourceKey),
  )
}

const marked = (entries: readonly IncomingEntry[], keys: readonly string[], marker: Marker) =>
  entries.map((entry) => (keys.includes(entry.sourceKey) ? { ...entry, markers: [marker] } : entry))

describe('screenRecord', () => {
  test('never shows more after a marker is added, whatever belongs to what', () => {
    fc.assert(
      fc.property(aRecord, fc.array(aKey), fc.constantFrom(...markers), (entries, keys, marker) => {
        expect(shownOf(marked(entries, keys, marker)).isSubsetOf(shownOf(entries))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('never shows more after something is withheld', () => {
    const withheld: Standing = {
      outcome: 'withheld',
      decidedBy: 'staff',
      decisionNo: 2,
      reasons: [],
      staffId: 's' as Id<'Staff'>,
      ground: 'third-party',
      reviewOn: '2026-09-01' as LocalDate,
    }
    fc.assert(
      fc.property(aRecord, aKey, (entries, key) => {
        const after = shownOf(entries, new Map([[key, withheld]]))
        expect(after.isSubsetOf(shownOf(entries))).toBe(true)
        expect(after.has(key)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  test('shows nothing of a consultation in which anything is marked as not for the patient', () => {
    fc.assert(
      fc.property(aRecord, aKey, (entries, key) => {
        const inside = entries.map((entry) => ({ ...entry, encounterKey: 'visit' }))
        const shown = shownOf(marked(inside, [key], 'nopat'))
        if (inside.some((entry) => entry.sourceKey === key)) expect(shown.size).toBe(0)
      }),
    )
  })

  test('shows no ring of containers that hold one another', () => {
    const ring = ['0', '1'].map((sourceKey): IncomingEntry => ({
      sourceKey,
      kind: 'heading',
      title: 'Examination',
      recordedAt,
      parentKey: sourceKey === '0' ? '1' : '0',
    }))
    expect(shownOf(ring).size).toBe(0)
  })
})

describe('familyOf', () => {
  test('ends whatever links to what, and never holds the entry itself', () => {
    fc.assert(
      fc.property(aRecord, (entries) => {
        const all = entries.map((entry) => ({ entry }))
        for (const one of all) expect(familyOf(one, all)).not.toContain(one)
      }),
    )
  })
})
