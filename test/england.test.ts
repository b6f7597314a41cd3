import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capture } from '../src/bench/capture.ts'
import { compare, storedSince, type Stored } from '../src/bench/england/count.ts'
import { makeEngland, type England } from '../src/bench/england/given.ts'
import { inProportion, kinds, visitsInMonth, type Kind } from '../src/bench/england/mix.ts'
import { visit } from '../src/bench/england/visits.ts'
import { browserWithin } from '../src/bench/england/within.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'

describe('inProportion', () => {
  test('never strays two visits from the share of any kind, wherever it is stopped', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 500 }),
        (records, stop) => {
          const visits = visitsInMonth(records)
          const all = kinds.reduce((sum, kind) => sum + visits[kind], 0)
          const came = firstOf(stop, visits)
          for (const kind of kinds) {
            const many = came.filter((one) => one === kind).length
            expect(Math.abs(many - (stop * visits[kind]) / all)).toBeLessThan(2)
          }
        },
      ),
    )
  })

  test('gives twelve bookings to fourteen requests', () => {
    const came = firstOf(26, { ...visitsInMonth(1), record: 0 })
    expect(came.filter((kind) => kind === 'booking')).toHaveLength(12)
    expect(came.filter((kind) => kind === 'request')).toHaveLength(14)
  })
})

describe('compare', () => {
  const stored: readonly Stored[] = ['a', 'b', 'c'].map((id) => ({ id, slotId: `slot of ${id}` }))
  const right = { acknowledged: 3, lost: 0, doubled: 0, unasked: 0 }

  test('finds nothing where all that was told is there once', () => {
    expect(compare(['c', 'a', 'b'], stored)).toEqual(right)
  })

  test('finds what was told and is not there', () => {
    expect(compare(['a', 'b', 'c'], stored.slice(1))).toEqual({ ...right, lost: 1 })
  })

  test('finds one slot that two have, and one appointment that was told to two', () => {
    const twice = [...stored, { id: 'd', slotId: 'slot of a' }]
    expect(compare(['a', 'b', 'c', 'd'], twice)).toMatchObject({ doubled: 1, lost: 0 })
    expect(compare(['a', 'b', 'c', 'a'], stored)).toMatchObject({ doubled: 1, lost: 0 })
  })

  test('finds a booking that was made once more than anybody was told', () => {
    const more = [...stored, { id: 'd', slotId: 'slot of d' }]
    expect(compare(['a', 'b', 'c'], more)).toEqual({ ...right, unasked: 1 })
  })
})

describe('an England made of copies', () => {
  const size = { practices: 6, patients: 6 }
  let database: TestDatabase
  let england: England

  beforeAll(async () => {
    database = await makeDatabase(new Date())
    england = await makeEngland(database.db, database.settings, size)
  }, 60_000)
  afterAll(() => database.drop())

  test('has people at every practice, each once before anybody comes again', () => {
    const all = Array.from({ length: england.patients }, (_, turn) => england.visitor(turn))
    expect(new Set(all.map(({ practice }) => practice)).size).toBe(size.practices)
    expect(new Set(all.map(({ cookie }) => cookie)).size).toBe(england.patients)
    expect(england.visitor(england.patients)).toEqual(england.visitor(0))
  })

  test('lets people of originals and copies book, order and read, and counts what they did', async () => {
    const since = database.db.now()
    const told: Record<Kind, string[]> = { booking: [], request: [], record: [] }
    await capture(database.settings, async (app) => {
      for (let turn = 0; turn < england.patients; turn++) {
        const kind = kinds[turn % kinds.length] ?? 'record'
        const browser = browserWithin(app, england.visitor(turn).cookie)
        const ended = await visit(kind, browser, Math.random)
        expect(ended.end).toBe(kind === 'record' ? 'read' : 'acknowledged')
        if (ended.end === 'acknowledged') told[kind].push(ended.id)
      }
    })
    const { bookings, requests } = await storedSince(database.settings, since)
    const nothingWrong = { lost: 0, doubled: 0, unasked: 0 }
    expect(compare(told.booking, bookings)).toMatchObject(nothingWrong)
    expect(compare(told.request, requests)).toMatchObject(nothingWrong)
    expect(compare([...told.booking, 'nowhere'], bookings)).toMatchObject({ lost: 1 })
    expect(compare(told.request.slice(1), requests)).toMatchObject({ unasked: 1 })
  }, 60_000)
})

function firstOf(many: number, visits: Readonly<Record<Kind, number>>): readonly Kind[] {
  const order = inProportion(visits)
  return Array.from({ length: many }, () => order.next().value)
}
