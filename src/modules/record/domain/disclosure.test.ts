import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Id } from '#kernel/id'
import {
  disclose,
  writtenAt,
  type RecordGrant,
  type RecordLevel,
  type ReleasedEntry,
} from './disclosure.ts'
import { openingsOf } from './reading/openings.ts'
import { areaOf } from './sections.ts'
import type { EntryKind } from './entry.ts'

const levels: readonly RecordLevel[] = ['none', 'summary', 'detailed', 'documents', 'full']
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
  'other',
]
const anInstant = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2027-01-01'),
  noInvalidDate: true,
})
const aGrant: fc.Arbitrary<RecordGrant> = fc
  .record({
    a: fc.constantFrom(...levels),
    b: fc.constantFrom(...levels),
    effectiveFrom: anInstant,
  })
  .map(({ a, b, effectiveFrom }) => ({ current: a, historical: b, effectiveFrom }))
const anEntry: fc.Arbitrary<ReleasedEntry> = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom(...kinds),
    recordedAt: anInstant,
    filedAt: fc.option(anInstant, { nil: undefined }),
    typed: fc.constantFrom('typed words', ''),
  })
  .map(({ id, kind, recordedAt, filedAt, typed }) => ({
    entryId: id as Id<'Entry'>,
    source: 's',
    sourceKey: id,
    kind,
    title: 'A title',
    recordedAt,
    position: 0,
    detail: typed ? { type: 'repeat', status: 'stopped', stopReason: typed } : {},
    ...(filedAt && { filedAt }),
    ...(typed && { text: typed, valueText: typed }),
  }))

/** Everything that is shown, as one set of facts. */
function shown(entries: readonly ReleasedEntry[], grants: readonly RecordGrant[]): Set<string> {
  return new Set(
    disclose(entries, grants).flatMap((entry) =>
      Object.entries(entry).flatMap(([name, value]) =>
        name === 'detail'
          ? Object.entries(entry.detail).map(
              ([part, word]) => `${entry.entryId} detail.${part} ${String(word)}`,
            )
          : [`${entry.entryId} ${name} ${String(value)}`],
      ),
    ),
  )
}

const anyLower = (level: RecordLevel, by: number): RecordLevel =>
  levels[Math.max(0, levels.indexOf(level) - by)] ?? 'none'

describe('disclose', () => {
  test('never shows more after a level is lowered or a grant taken away', () => {
    fc.assert(
      fc.property(
        fc.array(anEntry),
        fc.array(aGrant),
        fc.array(aGrant),
        fc.nat(4),
        fc.nat(4),
        (entries, grants, others, c, h) => {
          const before = shown(entries, [...grants, ...others])
          const lowered = grants.map((grant) => ({
            ...grant,
            current: anyLower(grant.current, c),
            historical: anyLower(grant.historical, h),
          }))
          expect(shown(entries, lowered).isSubsetOf(before)).toBe(true)
        },
      ),
    )
  })

  test('never shows more after the effective date moves later, where the past is open no wider', () => {
    fc.assert(
      fc.property(fc.array(anEntry), aGrant, fc.nat(5_000), (entries, grant, days) => {
        const narrow =
          levels.indexOf(grant.historical) <= levels.indexOf(grant.current)
            ? grant
            : { ...grant, historical: grant.current }
        const later = {
          ...narrow,
          effectiveFrom: new Date(narrow.effectiveFrom.getTime() + days * 86_400_000),
        }
        expect(shown(entries, [later]).isSubsetOf(shown(entries, [narrow]))).toBe(true)
      }),
    )
  })

  test('opens in the database exactly what it discloses', () => {
    fc.assert(
      fc.property(fc.array(anEntry), aGrant, (entries, grant) => {
        const opened = openingsOf(kinds, grant)
        const open = entries.filter((entry) =>
          (writtenAt(entry) >= opened.from ? opened.current : opened.historical).includes(
            entry.kind,
          ),
        )
        expect(disclose(entries, [grant]).map((entry) => entry.entryId)).toEqual(
          open.map((entry) => entry.entryId),
        )
      }),
    )
  })

  test('shows nothing of a part that is withheld, a note of a consultation with consultations', () => {
    const withheld = ['consultations'] as const
    const grant = { current: 'full', historical: 'full', effectiveFrom: new Date(0) } as const
    fc.assert(
      fc.property(fc.array(anEntry), (entries) => {
        const shownWith = disclose(entries, [{ ...grant, withheld }])
        expect(shownWith).toEqual(
          disclose(entries, [grant]).filter((entry) => areaOf(entry) !== 'consultations'),
        )
      }),
    )
    const note = { ...entry({ kind: 'note' }), encounterKey: 'v' }
    expect(disclose([note, entry({ kind: 'note' })], [{ ...grant, withheld }])).toHaveLength(1)
  })

  const from = new Date('2026-03-02T09:00:00.000Z')
  const grant = { current: 'full', historical: 'none', effectiveFrom: from } as const
  const entry = (members: Partial<ReleasedEntry>): ReleasedEntry => ({
    entryId: 'e' as Id<'Entry'>,
    source: 's',
    sourceKey: 'e',
    kind: 'problem',
    title: 'Asthma',
    recordedAt: from,
    position: 0,
    detail: {},
    ...members,
  })

  test('counts what was written at the very moment of the effective date as current, and a millisecond earlier as past', () => {
    expect(disclose([entry({})], [grant])).toHaveLength(1)
    expect(disclose([entry({ recordedAt: new Date(from.getTime() - 1) })], [grant])).toHaveLength(0)
  })

  test('goes by when a letter was filed, not by its date or when it came in', () => {
    const old = {
      kind: 'document',
      clinicalAt: new Date('2019-01-01'),
      recordedAt: new Date('2025-01-01'),
    } as const
    expect(disclose([entry({ ...old, filedAt: from })], [grant])).toHaveLength(1)
    expect(disclose([entry({ ...old, filedAt: new Date('2025-02-01') })], [grant])).toHaveLength(0)
  })

  test.each([
    ['none', []],
    ['summary', ['medication', 'issue', 'allergy']],
    ['detailed', ['medication', 'issue', 'allergy', 'problem', 'consultation']],
    ['documents', ['medication', 'issue', 'allergy', 'problem', 'consultation', 'document']],
    ['full', ['medication', 'issue', 'allergy', 'problem', 'consultation', 'document', 'note']],
  ] as const)('shows at level %s no other kinds than it should', (level, expected) => {
    const all = (
      ['medication', 'issue', 'allergy', 'problem', 'consultation', 'document', 'note'] as const
    ).map((kind) => entry({ kind }))
    const seen = disclose(all, [{ current: level, historical: level, effectiveFrom: from }])
    expect(seen.map((one) => one.kind)).toEqual(expected)
  })

  test('takes free text out below full, and leaves a result in words', () => {
    const detailed = { current: 'documents', historical: 'none', effectiveFrom: from } as const
    const [result] = disclose(
      [entry({ kind: 'result', valueText: 'Negative', text: 'phoned patient' })],
      [detailed],
    )
    expect(result).toMatchObject({ valueText: 'Negative' })
    expect(result).not.toHaveProperty('text')
    const [medicine] = disclose(
      [
        entry({
          kind: 'medication',
          text: 'note',
          detail: {
            type: 'acute',
            status: 'stopped',
            dose: 'One daily',
            stopReason: 'side effects at work',
          },
        }),
      ],
      [detailed],
    )
    expect(medicine?.detail).toEqual({ type: 'acute', status: 'stopped', dose: 'One daily' })
    expect(disclose([entry({ kind: 'problem', text: 'note' })], [grant])[0]?.text).toBe('note')
  })
})
