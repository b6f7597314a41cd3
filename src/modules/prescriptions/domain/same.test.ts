import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#kernel/time'
import { isInFlight, isOpen, itemStates, type ItemState } from './item.ts'
import type { MedicationId, Medicine } from './medicine.ts'
import { decideOrder, type ShownMedicine } from './order.ts'
import { defaultOrderRules } from './orderable.ts'
import { isSame } from './same.ts'

const today = '2026-04-01' as LocalDate
const first = 'first' as MedicationId
const second = 'second' as MedicationId

function shown(
  given: Partial<Medicine> & { readonly medicationId: MedicationId },
  requests: ShownMedicine['requests'] = [],
): ShownMedicine {
  const medicine: Medicine = {
    name: 'Levothyroxine sodium 25microgram tablets',
    type: 'repeat',
    status: 'active',
    ...given,
  }
  return { medicine, requests }
}

const order = (
  medicationIds: readonly MedicationId[],
  medicines: readonly ShownMedicine[],
  given: { readonly needsMore?: boolean; readonly kind?: 'acute'; readonly note?: string } = {},
) =>
  decideOrder(
    { medicationIds, note: '', ...given },
    medicines,
    { ...defaultOrderRules, acuteRequests: true },
    today,
  )

describe('isSame', () => {
  test.each([
    ['by name, whatever its case and spaces', { name: ' metformin  500MG tablets' }, true],
    ['not by name in another strength', { name: 'Metformin 850mg tablets' }, false],
    ['by one code', { name: 'Glucophage 500mg', codes: ['1', '325278007'] }, true],
    ['not by no codes', { name: 'Glucophage 500mg', codes: [] }, false],
  ])('knows a medicine %s', (_, other, is) => {
    const one = { name: 'Metformin 500mg tablets', codes: ['325278007'] }
    expect(isSame(one, other)).toBe(is)
    expect(isSame({ ...one, codes: undefined }, { name: 'Other' })).toBe(false)
  })
})

describe('a medicine that is recorded as two repeats', () => {
  const both = [shown({ medicationId: first }), shown({ medicationId: second })]

  test('is not ordered twice at once unless the person says that they need both', () => {
    expect(order([first], both).ok).toBe(true)
    expect(order([first, second], both)).toMatchObject({
      refusal: { faults: [{ fault: 'same-twice', medicine: { medicationId: second } }] },
    })
    expect(order([first, second], both, { needsMore: true }).ok).toBe(true)
  })

  test('is not ordered while the other waits, or for 30 days after it was approved', () => {
    const after = (state: ItemState, days: number) => {
      const on = addDays(today, -days)
      const other = shown({ medicationId: second }, [{ state, requestedOn: on, decidedOn: on }])
      return order([first], [shown({ medicationId: first }), other])
    }
    expect(after('asked', 90)).toMatchObject({
      refusal: { faults: [{ fault: 'same-requested', same: { isApproved: false } }] },
    })
    expect(after('sent', 29)).toMatchObject({
      refusal: { faults: [{ fault: 'same-requested', same: { isApproved: true } }] },
    })
    expect(after('sent', 30).ok).toBe(true)
    expect(after('rejected', 1).ok).toBe(true)
    expect(after('collected', 1).ok).toBe(true)
  })

  test('is never open or on its way twice, whatever came before, without a word about it', () => {
    const aRequest = fc.record({
      state: fc.constantFrom(...itemStates),
      requestedOn: fc.integer({ min: 0, max: 29 }).map((days) => addDays(today, -days)),
    })
    fc.assert(
      fc.property(fc.array(aRequest), fc.boolean(), (requests, chooseBoth) => {
        const medicines = [
          shown({ medicationId: first }),
          shown({ medicationId: second }, requests),
        ]
        const isGoing = requests.some(({ state }) => isOpen(state) || isInFlight(state))
        const decision = order(chooseBoth ? [first, second] : [first], medicines)
        expect(decision.ok && (chooseBoth || isGoing)).toBe(false)
      }),
    )
  })
})

describe('a past medicine that is recorded twice', () => {
  const past = { status: 'completed', type: 'acute' } as const
  const asking = { kind: 'acute', note: 'A cough since Monday' } as const

  test('is not asked for while it is asked for under the other entry, and no tick changes that', () => {
    const other = shown({ medicationId: second, ...past }, [
      { state: 'requested', requestedOn: today },
    ])
    const medicines = [shown({ medicationId: first, ...past }), other]
    for (const needsMore of [false, true]) {
      expect(order([first], medicines, { ...asking, needsMore })).toMatchObject({
        refusal: { faults: [{ fault: 'not-askable', why: { reason: 'already-requested' } }] },
      })
    }
  })

  test('is not asked for twice at once', () => {
    const medicines = [first, second].map((medicationId) => shown({ medicationId, ...past }))
    expect(order([first, second], medicines, { ...asking, needsMore: true })).toMatchObject({
      refusal: { faults: [{ fault: 'same-twice' }] },
    })
  })
})
