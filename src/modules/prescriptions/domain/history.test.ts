import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween, type LocalDate } from '#kernel/time'
import {
  decideMove,
  isOpen,
  isSupplied,
  itemMoves,
  itemStates,
  type ItemMove,
  type ItemState,
} from './item.ts'
import type { MedicationId, Medicine } from './medicine.ts'
import { decideOrder, type ShownMedicine } from './order.ts'
import { defaultOrderRules, type OrderRules } from './orderable.ts'

const firstDay = '2028-02-20' as LocalDate

interface Item {
  readonly medicationId: MedicationId
  readonly requestedOn: LocalDate
  readonly state: ItemState
  readonly decidedOn?: LocalDate
}

interface World {
  readonly today: LocalDate
  readonly medicines: readonly Medicine[]
  readonly items: readonly Item[]
}

type Step =
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'order'; readonly which: readonly number[] }
  | { readonly do: 'move'; readonly item: number; readonly move: ItemMove }
  | { readonly do: 'issue'; readonly which: number }

const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 14 }) }),
  fc.record({
    do: fc.constant('order' as const),
    which: fc.array(fc.nat(1), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    do: fc.constant('move' as const),
    item: fc.nat(5),
    move: fc.constantFrom(...(Object.keys(itemMoves) as ItemMove[])),
  }),
  fc.record({ do: fc.constant('issue' as const), which: fc.nat(1) }),
)

const theRules: fc.Arbitrary<OrderRules> = fc
  .nat(60)
  .map((earlyDays) => ({ ...defaultOrderRules, earlyDays }))

const theMedicines: fc.Arbitrary<readonly Medicine[]> = fc
  .array(
    fc.record({
      durationDays: fc.option(fc.constantFrom(7, 14, 28, 56, 84), { nil: undefined }),
      issuesAllowed: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
      issuesMade: fc.nat(3),
    }),
    { minLength: 2, maxLength: 2 },
  )
  .map((given) =>
    given.map((one, index) => ({
      ...one,
      medicationId: `m${index}` as MedicationId,
      name: `Medicine ${index}`,
      type: 'repeat' as const,
      status: 'active' as const,
    })),
  )

function shown(world: World): readonly ShownMedicine[] {
  return world.medicines.map((medicine) => ({
    medicine,
    requests: world.items.filter((item) => item.medicationId === medicine.medicationId),
  }))
}

function after(world: World, step: Step, rules: OrderRules): World {
  switch (step.do) {
    case 'wait':
      return { ...world, today: addDays(world.today, step.days) }
    case 'order': {
      const medicationIds = step.which.map((index) => `m${index}` as MedicationId)
      const decision = decideOrder({ medicationIds, note: '' }, shown(world), rules, world.today)
      if (!decision.ok) return world
      const added = decision.value.map(({ medicine }) => ({
        medicationId: medicine.medicationId,
        requestedOn: world.today,
        state: 'requested' as const,
      }))
      return { ...world, items: [...world.items, ...added] }
    }
    case 'move': {
      const items = world.items.map((item, index) => {
        const move = index === step.item ? decideMove(item.state, step.move) : undefined
        if (!move?.ok) return item
        const isDecided = step.move === 'approve' || step.move === 'reject'
        return { ...item, state: move.value, ...(isDecided && { decidedOn: world.today }) }
      })
      return { ...world, items }
    }
    case 'issue':
      return {
        ...world,
        medicines: world.medicines.map((medicine, index) =>
          index === step.which
            ? { ...medicine, lastIssuedOn: world.today, issuesMade: (medicine.issuesMade ?? 0) + 1 }
            : medicine,
        ),
      }
  }
}

function worldsOf(
  medicines: readonly Medicine[],
  steps: readonly Step[],
  rules: OrderRules,
): readonly World[] {
  const worlds: World[] = [{ today: firstDay, medicines, items: [] }]
  for (const step of steps) {
    const last = worlds.at(-1)
    if (last) worlds.push(after(last, step, rules))
  }
  return worlds
}

const histories = [
  theMedicines,
  fc.array(aStep, { minLength: 20, maxLength: 60, size: 'max' }),
  theRules,
] as const

describe('any history of orders and decisions', () => {
  test('moves items only as the table says, and loses none', () => {
    fc.assert(
      fc.property(...histories, (medicines, steps, rules) => {
        const worlds = worldsOf(medicines, steps, rules)
        for (const [index, world] of worlds.entries()) {
          const before = worlds[index - 1]?.items ?? []
          expect(world.items.length).toBeGreaterThanOrEqual(before.length)
          for (const [number, item] of world.items.entries()) {
            const earlier = before[number]?.state
            if (earlier === undefined) expect(item.state).toBe('requested')
            else if (earlier !== item.state) {
              const moves = Object.values(itemMoves)
              expect(
                moves.some((rule) => rule.from.includes(earlier) && rule.to === item.state),
              ).toBe(true)
            }
          }
        }
      }),
    )
  })

  test('never has two open requests for one medicine', () => {
    fc.assert(
      fc.property(...histories, (medicines, steps, rules) => {
        for (const { items } of worldsOf(medicines, steps, rules)) {
          const open = items.filter((item) => isOpen(item.state)).map((item) => item.medicationId)
          expect(new Set(open).size).toBe(open.length)
        }
      }),
    )
  })

  test('never lets a medicine be ordered again before its supply allows, nor beyond its issues', () => {
    fc.assert(
      fc.property(...histories, (medicines, steps, rules) => {
        const worlds = worldsOf(medicines, steps, rules)
        for (const [index, world] of worlds.entries()) {
          const before = worlds[index - 1]
          if (!before) continue
          for (const item of world.items.slice(before.items.length)) {
            const medicine = before.medicines.find((one) => one.medicationId === item.medicationId)
            const supplies = before.items
              .filter((one) => one.medicationId === item.medicationId && isSupplied(one.state))
              .map((one) => one.decidedOn ?? one.requestedOn)
            const last = supplies.toSorted().at(-1)
            const lasts = medicine?.durationDays
            if (last !== undefined) {
              const least = Math.max((lasts ?? 30) - rules.earlyDays, 1)
              expect(daysBetween(last, item.requestedOn)).toBeGreaterThanOrEqual(least)
            }
            if (medicine?.issuesAllowed !== undefined) {
              expect(medicine.issuesMade ?? 0).toBeLessThan(medicine.issuesAllowed)
            }
          }
        }
      }),
    )
  })
})

describe('the table of moves', () => {
  test('leads from a request to every state, and on from all but rejections and cancellations', () => {
    const moves = Object.values(itemMoves)
    const reached = new Set<ItemState>(['requested'])
    for (const _ of itemStates) {
      for (const rule of moves) {
        if (rule.from.some((state) => reached.has(state))) reached.add(rule.to)
      }
    }
    expect([...reached].toSorted()).toEqual(itemStates.toSorted())

    const ends = itemStates.filter((state) => !moves.some((rule) => rule.from.includes(state)))
    expect(ends).toEqual(['rejected', 'cancelled'])
  })
})
