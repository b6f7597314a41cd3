import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textHash } from '#kernel/keyed-hash'
import type { LocalDate } from '#kernel/time'
import {
  allot,
  isAcceptable,
  type Allotted,
  type DrawEntrant,
  type DrawInputs,
  type DrawSlot,
  type Priority,
} from './allot.ts'

const days = ['2026-03-28', '2026-03-29', '2026-03-30'].map((day) => day as LocalDate)

function aSlot(given: Partial<DrawSlot> & { readonly slotId: string }): DrawSlot {
  return {
    startsAt: '2026-03-30T08:00:00.000Z',
    minutes: 10,
    deliveryChannel: 'in-person',
    ...given,
  }
}

function anEntrant(given: Partial<DrawEntrant> & { readonly entryId: string }): DrawEntrant {
  return {
    wishes: { days, fromTime: '00:00', untilTime: '23:59', deliveryChannels: ['in-person'] },
    meets: [],
    room: 2,
    busy: [],
    notFor: [],
    ...given,
  }
}

function drawOf(
  slots: readonly DrawSlot[],
  entries: readonly DrawEntrant[],
  priorities: readonly Priority[] = [],
): DrawInputs {
  return { slots, entries, priorities }
}

function of(result: readonly Allotted[], entryId: string): Allotted | undefined {
  return result.find((one) => one.entryId === entryId)
}

const seeds = Array.from({ length: 4000 }, (_, index) => textHash(`seed ${index}`))
const [seed = ''] = seeds

describe('allot', () => {
  test('gives the first slot by time that suits, by the clock in England across a clock change', () => {
    const slots = [
      aSlot({ slotId: 'saturday', startsAt: '2026-03-28T09:00:00.000Z' }),
      aSlot({ slotId: 'sunday', startsAt: '2026-03-29T08:00:00.000Z' }),
    ]
    const nine = anEntrant({
      entryId: 'a',
      wishes: {
        days: ['2026-03-29' as LocalDate],
        fromTime: '09:00',
        untilTime: '09:00',
        deliveryChannels: ['in-person'],
      },
    })
    expect(of(allot(drawOf(slots, [nine]), seed), 'a')?.slotId).toBe('sunday')
    const early = { ...nine, wishes: { ...nine.wishes, fromTime: '08:00', untilTime: '08:59' } }
    expect(of(allot(drawOf(slots, [early]), seed), 'a')?.whyUnplaced).toBe('none-suits')
  })

  test('says why an entry has nothing', () => {
    const slots = [aSlot({ slotId: 's' })]
    const why = (given: Partial<DrawEntrant>) =>
      of(allot(drawOf(slots, [anEntrant({ entryId: 'a', ...given })]), seed), 'a')?.whyUnplaced
    expect(why({ room: 0 })).toBe('limit')
    expect(why({ notFor: ['s'] })).toBe('not-eligible')
    expect(why({ busy: [{ from: '2026-03-30T07:51:00Z', until: '2026-03-30T08:01:00Z' }] })).toBe(
      'none-suits',
    )
    expect(why({ busy: [{ from: '2026-03-30T07:50:00Z', until: '2026-03-30T08:00:00Z' }] })).toBe(
      undefined,
    )
    const two = [anEntrant({ entryId: 'a' }), anEntrant({ entryId: 'b' })]
    const result = allot(drawOf(slots, two), seed)
    expect(result.map((one) => one.whyUnplaced)).toEqual([undefined, 'none-left'])
  })

  test('puts whoever meets an earlier priority before all who do not, whatever the seed', () => {
    const slots = [aSlot({ slotId: 's1' }), aSlot({ slotId: 's2' })]
    const entries = [
      anEntrant({ entryId: 'nobody' }),
      anEntrant({ entryId: 'carer', meets: ['carer'] }),
      anEntrant({ entryId: 'both', meets: ['carer', 'recall'] }),
      anEntrant({ entryId: 'invited', meets: ['invited'] }),
    ]
    for (const one of seeds.slice(0, 50)) {
      const order = allot(drawOf(slots, entries, ['recall', 'carer']), one).map(
        ({ entryId }) => entryId,
      )
      expect(order.slice(0, 2)).toEqual(['both', 'carer'])
    }
  })

  test('treats all alike where the practice set no priority', () => {
    const slots = [aSlot({ slotId: 's' })]
    const entries = [anEntrant({ entryId: 'a', meets: ['recall'] }), anEntrant({ entryId: 'b' })]
    const wins = seeds.filter((one) => of(allot(drawOf(slots, entries), one), 'a')?.slotId)
    expect(wins.length).toBeGreaterThan(1800)
    expect(wins.length).toBeLessThan(2200)
  })

  test('favours nobody: over many seeds each of ten wins as often as chance lets expect', () => {
    const entries = Array.from({ length: 10 }, (_, index) =>
      anEntrant({ entryId: `0197${index}000-0000-7000-8000-00000000000${index}` }),
    )
    const slots = ['a', 'b', 'c'].map((slotId) => aSlot({ slotId }))
    const firsts = new Map<string, number>()
    const wins = new Map<string, number>()
    for (const one of seeds) {
      for (const { entryId, slotId, turn } of allot(drawOf(slots, entries), one)) {
        if (turn === 1) firsts.set(entryId, (firsts.get(entryId) ?? 0) + 1)
        if (slotId) wins.set(entryId, (wins.get(entryId) ?? 0) + 1)
      }
    }
    const chiSquared = (counts: ReadonlyMap<string, number>, expected: number) =>
      entries.reduce(
        (sum, { entryId }) => sum + ((counts.get(entryId) ?? 0) - expected) ** 2 / expected,
        0,
      )
    // 9 degrees of freedom: a fair draw is above 21.67 once in a hundred.
    expect(chiSquared(firsts, seeds.length / 10)).toBeLessThan(21.67)
    // Three win together, which makes the counts lie closer together than if they were apart.
    expect(chiSquared(wins, (seeds.length * 3) / 10)).toBeLessThan(21.67)
  })

  const channels = fc.constantFrom('in-person', 'telephone', 'video')
  const slotLists = fc
    .array(
      fc.record({
        quarter: fc.nat(40),
        deliveryChannel: channels,
        minutes: fc.constantFrom(10, 20),
      }),
      { maxLength: 8 },
    )
    .map((list) =>
      list.map(({ quarter, ...slot }, index) => ({
        slotId: `slot-${index}`,
        startsAt: new Date(Date.UTC(2026, 2, 28, 20) + quarter * 900_000).toISOString(),
        ...slot,
      })),
    )
  const entryLists = fc
    .array(
      fc.record({
        wished: fc.subarray(days, { minLength: 1 }),
        deliveryChannels: fc.subarray(['in-person', 'telephone', 'video'] as const, {
          minLength: 1,
        }),
        fromTime: fc.constantFrom('00:00', '01:00', '05:00'),
        untilTime: fc.constantFrom('02:00', '22:30', '23:59'),
        meets: fc.subarray(['recall', 'invited', 'carer'] as const),
        room: fc.nat(2),
        notFor: fc.subarray(['slot-0', 'slot-1']),
        busyAt: fc.option(fc.nat(40), { nil: undefined }),
      }),
      { maxLength: 10 },
    )
    .map((list) =>
      list.map(({ wished, deliveryChannels, fromTime, untilTime, busyAt, ...entry }, index) => {
        const from = Date.UTC(2026, 2, 28, 20) + (busyAt ?? 0) * 900_000
        const until = new Date(from + 900_000).toISOString()
        return {
          entryId: `entry-${index}`,
          ...entry,
          wishes: { days: wished, deliveryChannels, fromTime, untilTime },
          busy: busyAt === undefined ? [] : [{ from: new Date(from).toISOString(), until }],
        }
      }),
    )
  const draws = fc.record({
    slots: slotLists,
    entries: entryLists,
    priorities: fc.subarray(['recall', 'invited', 'carer'] as const),
  })

  test('gives only what was asked, one each, and leaves nobody out for whom there was one', () => {
    let placed = 0
    fc.assert(
      fc.property(draws, fc.nat(3999), (draw, index) => {
        const result = allot(draw, seeds[index] ?? '')
        const given = result.flatMap(({ slotId }) => slotId ?? [])
        placed += given.length
        expect(new Set(given).size).toBe(given.length)
        expect(result.map((one) => one.entryId).toSorted()).toEqual(
          draw.entries.map((one) => one.entryId).toSorted(),
        )
        const left = draw.slots.filter((slot) => !given.includes(slot.slotId))
        for (const entrant of draw.entries) {
          const { slotId, whyUnplaced } = of(result, entrant.entryId) ?? {}
          const slot = draw.slots.find((one) => one.slotId === slotId)
          expect(slot !== undefined).toBe(whyUnplaced === undefined)
          if (slot) expect(isAcceptable(slot, entrant)).toBe(true)
          else expect(left.some((one) => isAcceptable(one, entrant))).toBe(false)
        }
      }),
      { numRuns: 400 },
    )
    expect(placed).toBeGreaterThan(200)
  })

  test('is the same again from what was recorded, in whatever order it is listed', () => {
    fc.assert(
      fc.property(draws, fc.nat(3999), fc.nat(10), (draw, index, turn) => {
        const one = seeds[index] ?? ''
        const recorded = JSON.parse(JSON.stringify(draw)) as DrawInputs
        const turned = <Item>(list: readonly Item[]) => [
          ...list.slice(turn).toReversed(),
          ...list.slice(0, turn),
        ]
        const shuffled = {
          ...recorded,
          slots: turned(recorded.slots),
          entries: turned(recorded.entries),
        }
        expect(allot(shuffled, one)).toEqual(allot(draw, one))
      }),
      { numRuns: 200 },
    )
  })
})
