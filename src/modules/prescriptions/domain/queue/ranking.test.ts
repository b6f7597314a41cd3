import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, startOfDay, type LocalDate } from '#kernel/time'
import { rankPatients, riskOf, weightOf, type RankedItem } from './ranking.ts'

const today = '2026-04-10' as LocalDate
const facts = { today, lateAfterDays: 5 }
const noFlag = {
  isControlled: false,
  isSpecialist: false,
  alwaysReview: false,
  needsConversation: false,
}

function anItem(waited: number, given: Partial<RankedItem> = {}): RankedItem {
  const requestedOn = addDays(today, -waited)
  return {
    itemId: `item-${waited}`,
    patientId: `patient-${waited}`,
    requestedAt: startOfDay(requestedOn),
    requestedOn,
    flags: [],
    hasNote: false,
    ...given,
  }
}

const order = (items: readonly RankedItem[]) =>
  rankPatients(items, facts).map((one) => one.patientId)

describe('rankPatients', () => {
  test('puts the longest wait first where nothing is riskier', () => {
    expect(order([anItem(1), anItem(3), anItem(2)])).toEqual([
      'patient-3',
      'patient-2',
      'patient-1',
    ])
  })

  test('puts a controlled drug of today before a plain request of yesterday', () => {
    const controlled = anItem(0, { flags: [{ ...noFlag, isControlled: true }] })
    expect(order([anItem(1), controlled])).toEqual(['patient-0', 'patient-1'])
    expect(order([anItem(2), controlled])).toEqual(['patient-2', 'patient-0'])
  })

  test('puts what is used faster than prescribed before what is used slower, and that before the rest', () => {
    const used = (patientId: string, use?: RankedItem['use']) => anItem(1, { patientId, use })
    expect(
      order([used('plain', 'as-expected'), used('less', 'under'), used('more', 'over')]),
    ).toEqual(['more', 'less', 'plain'])
  })

  test('puts whatever is late before whatever is not, however risky', () => {
    const risky = anItem(5, {
      flags: [{ ...noFlag, isControlled: true, monitoring: { test: 'x', days: 1 } }],
      hasNote: true,
    })
    expect(order([risky, anItem(6)])).toEqual(['patient-6', 'patient-5'])
  })

  test('groups a patient by the weightiest of their items, oldest first inside', () => {
    const own = { patientId: 'ann' }
    const ranked = rankPatients(
      [anItem(0, own), anItem(4, { patientId: 'bo' }), anItem(6, own)],
      facts,
    )
    expect(
      ranked.map(({ patientId, items }) => [patientId, items.map((one) => one.itemId)]),
    ).toEqual([
      ['ann', ['item-6', 'item-0']],
      ['bo', ['item-4']],
    ])
  })

  test('ranks somebody who has run out before somebody who has not', () => {
    const out = anItem(1, {
      patientId: 'out',
      lastIssuedOn: addDays(today, -28),
      days: 28,
    })
    const left = anItem(1, { patientId: 'left', lastIssuedOn: addDays(today, -27), days: 28 })
    expect(order([left, out])).toEqual(['out', 'left'])
  })
})

const anyItem = fc
  .record({
    waited: fc.integer({ min: 0, max: 40 }),
    patient: fc.integer({ min: 0, max: 8 }),
    controlled: fc.boolean(),
    note: fc.boolean(),
    id: fc.uuid(),
  })
  .map(({ waited, patient, controlled, note, id }) =>
    anItem(waited, {
      itemId: id,
      patientId: `patient-${patient}`,
      hasNote: note,
      flags: controlled ? [{ ...noFlag, isControlled: true }] : [],
    }),
  )

describe('whatever waits', () => {
  test('is ranked once, in one order, none lost', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyItem, { selector: (item) => item.itemId }), (items) => {
        const ranked = rankPatients(items, facts)
        const shown = ranked.flatMap((one) => one.items)
        expect(shown.map((one) => one.itemId).toSorted()).toEqual(
          items.map((one) => one.itemId).toSorted(),
        )
        expect(new Set(ranked.map((one) => one.patientId)).size).toBe(ranked.length)
        expect(rankPatients(items.toReversed(), facts)).toEqual(ranked)
      }),
    )
  })

  test('never weighs less for waiting longer, nor for more risk', () => {
    fc.assert(
      fc.property(anyItem, fc.integer({ min: 1, max: 30 }), (item, days) => {
        const requestedOn = addDays(item.requestedOn, -days)
        expect(weightOf({ ...item, requestedOn }, facts)).toBeGreaterThan(weightOf(item, facts))
        const noted = riskOf({ ...item, hasNote: true }, today)
        expect(noted).toBeGreaterThanOrEqual(riskOf(item, today))
      }),
    )
  })
})
