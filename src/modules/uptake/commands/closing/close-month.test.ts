import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemProof } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aTelling, type Happening } from '../../../../../test/support/uptake-history.ts'
import type { Figures } from '../../domain/figures/figures.ts'
import { ownSupplier } from '../../domain/figures/figures.ts'
import { parseMonth, type Month } from '../../domain/months/month.ts'
import { lastOwnRevision } from '../../queries/counting/own-months.ts'
import { revisionsOf } from '../../queries/figures/practice-months.ts'
import { closeMonth } from './close-month.ts'

let database: TestDatabase
let made = 0

beforeAll(async () => {
  database = await makeDatabase(new Date('2026-08-15T08:00:00Z'))
})
afterAll(() => database.drop())

function aMonth(text: string): Month {
  const month = parseMonth(text)
  if (month === undefined) throw new Error(`${text} is not a month`)
  return month
}

async function aPracticeTold(happenings: readonly Happening[]) {
  made += 1
  const telling = await aTelling(database, `U${String(made).padStart(5, '0')}`)
  for (const happening of happenings) await telling.tell(happening)
  const proof = systemProof(telling.practice)
  return {
    ...telling,
    close: (month: string) => database.db.transaction(proof, (tx) => closeMonth(tx, aMonth(month))),
    figures: (month: string) =>
      database.db.transaction(proof, (tx) => lastOwnRevision(tx, aMonth(month), ownSupplier)),
    revisions: () => revisionsOf(database.db.figures, telling.practice),
  }
}

const at = (text: string) => new Date(text)
const begun: Happening = {
  kind: 'practice-switches',
  at: at('2026-01-05T09:00:00Z'),
  appts: true,
  presc: true,
  record: 'full',
}
const ann: readonly Happening[] = [
  { kind: 'registers', who: 0, at: at('2026-01-10T12:00:00Z') },
  {
    kind: 'switches',
    who: 0,
    at: at('2026-02-03T12:00:00Z'),
    appts: true,
    presc: true,
    record: 'summary',
  },
]

describe('closeMonth', () => {
  test('counts from midnight to midnight in England, across the clock change', async () => {
    const order = (time: string): Happening => ({ kind: 'orders', who: 0, at: at(time) })
    const told = await aPracticeTold([
      begun,
      ...ann,
      order('2026-03-31T22:59:59Z'),
      order('2026-03-31T23:00:00Z'),
      order('2026-04-30T22:59:59Z'),
      order('2026-04-30T23:00:00Z'),
    ])
    for (const month of ['2026-03', '2026-04', '2026-05']) await told.close(month)
    expect((await told.figures('2026-03'))?.prescUse).toBe(1)
    expect((await told.figures('2026-04'))?.prescUse).toBe(2)
    expect((await told.figures('2026-05'))?.prescUse).toBe(1)
  })

  test('counts a person once, however much they do, and as new in the month they first could', async () => {
    const told = await aPracticeTold([
      begun,
      ...ann,
      { kind: 'books', who: 0, at: at('2026-03-02T12:00:00Z'), isOnline: true },
      { kind: 'books', who: 0, at: at('2026-03-03T12:00:00Z'), isOnline: true },
      { kind: 'orders', who: 0, at: at('2026-03-04T12:00:00Z') },
      { kind: 'reads', who: 0, at: at('2026-03-05T12:00:00Z'), letter: false },
    ])
    await told.close('2026-02')
    await told.close('2026-03')
    expect(await told.figures('2026-02')).toMatchObject({ newEnabled: 1, active: 0, canUse: 1 })
    expect(await told.figures('2026-03')).toMatchObject({
      newEnabled: 0,
      active: 1,
      canUse: 1,
      booked: 2,
      apptsUse: 2,
      prescUse: 1,
      // A summary record is no detailed coded one: the look counts in the total alone.
      recordEnabled: 0,
      recordUse: 0,
      totalUse: 4,
    })
  })

  test('keeps apart who has a switch on and who can use anything, where the practice is off', async () => {
    const told = await aPracticeTold([
      begun,
      ...ann,
      {
        kind: 'practice-switches',
        at: at('2026-03-20T12:00:00Z'),
        appts: false,
        presc: false,
        record: 'none',
      },
    ])
    await told.close('2026-03')
    expect(await told.figures('2026-03')).toMatchObject({
      apptsState: 1,
      prescState: 1,
      recordState: 1,
      apptsEnabled: 1,
      totalEnabled: 1,
      canUse: 0,
    })
  })

  test('closes no month from before the practice began', async () => {
    const told = await aPracticeTold([begun, ...ann])
    expect(await told.close('2025-12')).toBe('not-begun')
    expect(await told.revisions()).toEqual([])
  })

  test('writes nothing the second time, and a correction beside the first where something came late', async () => {
    const told = await aPracticeTold([begun, ...ann])
    expect(await told.close('2026-03')).toBe('closed')
    expect(await told.close('2026-03')).toBe('unchanged')
    await told.tell({ kind: 'orders', who: 0, at: at('2026-03-09T12:00:00Z') })
    expect(await told.close('2026-03')).toBe('corrected')
    const revisions = await told.revisions()
    expect(revisions.map(({ revision, reason, prescUse }) => [revision, reason, prescUse])).toEqual(
      [
        [2, 'late', 1],
        [1, 'closed', 0],
      ],
    )
  })

  test('counts whoever left and came back in both times, and not between them', async () => {
    const told = await aPracticeTold([
      begun,
      ...ann,
      { kind: 'leaves', who: 0, at: at('2026-03-10T12:00:00Z') },
      { kind: 'registers', who: 0, at: at('2026-05-06T12:00:00Z') },
    ])
    const sizes: (number | undefined)[] = []
    for (const month of ['2026-02', '2026-03', '2026-04', '2026-05']) {
      await told.close(month)
      sizes.push((await told.figures(month))?.listSize)
    }
    expect(sizes).toEqual([1, 0, 0, 1])
  })

  test('adds up to what happened, told late, twice, corrected or in any order', async () => {
    await fc.assert(
      fc.asyncProperty(someHistory(), async ({ people, doings, late }) => {
        const told = await aPracticeTold([begun, ...people, ...doings])
        const months = ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06']
        const all = [begun, ...people, ...doings]
        for (const month of months) {
          await told.close(month)
          expect(await told.figures(month), month).toMatchObject(recount(all, month))
        }
        for (const happening of late) await told.tell(happening)
        for (const month of months.toReversed()) {
          await told.close(month)
          expect(await told.figures(month), month).toMatchObject(recount([...all, ...late], month))
        }
      }),
      { numRuns: 30 },
    )
  }, 60_000)
})

/** Histories from January to July 2026 of up to four people; `people` is told in the order of time. */
function someHistory() {
  const start = Date.parse('2026-01-06T00:00:00Z')
  // Half hours, so that the hour between the two midnights of summer is met.
  const time = fc.nat(48 * 185).map((half) => new Date(start + half * 1_800_000))
  const who = fc.nat(3)
  const level = fc.constantFrom<'none' | 'summary' | 'detailed' | 'full'>(
    'none',
    'summary',
    'detailed',
    'full',
  )
  const switches = { appts: fc.boolean(), presc: fc.boolean(), record: level }
  const doing = fc.oneof(
    fc.record({
      kind: fc.constant('books' as const),
      who,
      at: time,
      isOnline: fc.boolean(),
    }),
    fc.tuple(who, time, fc.boolean(), fc.nat(2000)).map(([one, on, isOnline, after]) => ({
      kind: 'books' as const,
      who: one,
      at: on,
      isOnline,
      cancelledAt: new Date(on.getTime() + after * 1_800_000),
    })),
    fc.record({ kind: fc.constant('orders' as const), who, at: time }),
    fc.record({ kind: fc.constant('reads' as const), who, at: time, letter: fc.boolean() }),
    fc.record({ kind: fc.constant('switches' as const), who, at: time, ...switches }),
    fc.record({ kind: fc.constant('practice-switches' as const), at: time, ...switches }),
  )
  const registrations = fc
    .tuple(
      ...[0, 1, 2, 3].map((one) =>
        fc.tuple(fc.constant(one), fc.uniqueArray(fc.nat(180), { minLength: 1, maxLength: 4 })),
      ),
    )
    .map((each) =>
      each.flatMap(([one, days]) =>
        days
          .toSorted((a, b) => a - b)
          .map((day, turn) => ({
            kind: turn % 2 === 0 ? ('registers' as const) : ('leaves' as const),
            who: one,
            at: new Date(start + day * 86_400_000 + 43_200_000),
          })),
      ),
    )
  const distinct = { maxLength: 14, selector: ({ at: when }: Happening) => when.getTime() }
  return fc.record({
    people: registrations,
    doings: fc.uniqueArray(doing, distinct),
    late: fc.uniqueArray(doing, { ...distinct, maxLength: 5 }),
  })
}

const london = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' })
const dayOf = (when: Date) => london.format(when)
const monthOf = (when: Date) => dayOf(when).slice(0, 7)

/** The figures of a month worked out another way: by going through everything that happened. */
function recount(
  happenings: readonly Happening[],
  month: string,
): Figures & { readonly summary: object } {
  const upTo = happenings
    .filter(({ at: when }) => monthOf(when) <= month)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const inMonth = upTo.filter(({ at: when }) => monthOf(when) === month)
  const practice = upTo.findLast((one) => one.kind === 'practice-switches')
  const listed = [0, 1, 2, 3].filter((who) => {
    const own = upTo.filter(
      (one) => (one.kind === 'registers' || one.kind === 'leaves') && one.who === who,
    )
    return own.at(-1)?.kind === 'registers'
  })
  const switchesOf = (who: number, list = upTo) =>
    list.filter((one) => one.kind === 'switches').filter((one) => one.who === who)
  const now = listed.flatMap((who) => switchesOf(who).at(-1) ?? [])
  const isDetailed = (level: string) => level === 'detailed' || level === 'full'
  const isAny = (one: { appts: boolean; presc: boolean; record: string }) =>
    one.appts || one.presc || one.record !== 'none'
  const books = happenings.filter((one) => one.kind === 'books')
  const booked = books.filter((one) => one.isOnline && monthOf(one.at) === month)
  // Past appointments are cancelled by their patients.
  const cancelled = books.filter((one) => one.cancelledAt && monthOf(one.cancelledAt) === month)
  const orders = inMonth.filter((one) => one.kind === 'orders')
  const reads = inMonth.filter((one) => one.kind === 'reads')
  const detailedReads = reads.filter((look) => {
    const before = switchesOf(look.who).filter((one) => one.at <= look.at)
    const last = before.at(-1)
    return last !== undefined && isDetailed(last.record)
  })
  const firstAble = (who: number) =>
    switchesOf(
      who,
      happenings.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    ).find(isAny)
  const active = new Set([...booked, ...cancelled, ...orders, ...reads].map((one) => one.who))
  return {
    listSize: listed.length,
    apptsState: practice?.appts ? 2 : 1,
    prescState: practice?.presc ? 2 : 1,
    recordState: practice && isDetailed(practice.record) ? 2 : 1,
    apptsEnabled: now.filter((one) => one.appts).length,
    prescEnabled: now.filter((one) => one.presc).length,
    recordEnabled: now.filter((one) => isDetailed(one.record)).length,
    totalEnabled: now.filter(isAny).length,
    canUse: now.filter(
      (one) =>
        practice &&
        ((one.appts && practice.appts) ||
          (one.presc && practice.presc) ||
          (one.record !== 'none' && practice.record !== 'none')),
    ).length,
    newEnabled: listed.filter((who) => {
      const first = firstAble(who)
      return first !== undefined && monthOf(first.at) === month
    }).length,
    booked: booked.length,
    cancelled: cancelled.length,
    apptsUse: booked.length + cancelled.length,
    prescUse: orders.length,
    recordUse: detailedReads.length,
    totalUse: booked.length + cancelled.length + orders.length + reads.length,
    active: active.size,
    summary: {
      appointment_scheduled_count: books.filter((one) => monthOf(one.at) === month).length,
      online_record_letter_view_count: reads.filter((one) => one.letter).length,
      online_patient_letter_view_count: new Set(
        reads.filter((one) => one.letter).map((one) => one.who),
      ).size,
      unique_online_patient_record_trans_count: new Set(reads.map((one) => one.who)).size,
    },
  }
}
