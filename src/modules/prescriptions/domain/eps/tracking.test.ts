import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasShared, sharedJson } from '../../../../../test/support/shared-data.ts'
import { itemMoves, itemStates } from '../item.ts'
import { readUpdates } from './read-updates.ts'
import {
  applyUpdate,
  isKnownStatus,
  nextAskAt,
  trackedStates,
  type StatusUpdate,
  type TrackedItem,
} from './tracking.ts'

const sentAt = new Date('2026-03-02T09:00:00Z')
const sent: TrackedItem = { state: 'sent', statusAt: sentAt }
const after = (minutes: number) => new Date(sentAt.getTime() + minutes * 60_000)

const told = Object.keys(trackedStates)
const aStatus = fc.constantFrom(...told, 'Lost in the post', 'ready to collect')
const anUpdate: fc.Arbitrary<StatusUpdate> = fc.record({
  status: aStatus,
  at: fc.integer({ min: -30, max: 30 }).map(after),
})

const follow = (updates: readonly StatusUpdate[]): TrackedItem =>
  updates.reduce<TrackedItem>((item, update) => {
    const done = applyUpdate(item, update)
    return 'item' in done ? done.item : item
  }, sent)

describe('applyUpdate', () => {
  test('ends in the state of the latest update, in whatever order and however often they come', () => {
    const aHistory = fc
      .array(anUpdate, { maxLength: 8 })
      .chain((updates) =>
        fc.tuple(
          fc.constant(updates),
          fc.shuffledSubarray([...updates, ...updates], { minLength: updates.length * 2 }),
        ),
      )
    fc.assert(
      fc.property(aHistory, ([updates, shuffled]) => {
        const states = updates.flatMap(({ status, at }) => {
          const state = isKnownStatus(status) ? trackedStates[status] : undefined
          return state && at >= sentAt ? [{ state, statusAt: at }] : []
        })
        const latest = [sent, ...states].toSorted(
          (a, b) =>
            a.statusAt.getTime() - b.statusAt.getTime() ||
            itemStates.indexOf(a.state) - itemStates.indexOf(b.state),
        )
        expect(follow(shuffled)).toEqual(latest.at(-1))
      }),
      { numRuns: 500 },
    )
  })

  test('never goes back in time', () => {
    fc.assert(
      fc.property(fc.array(anUpdate), (updates) => {
        let item = sent
        for (const update of updates) {
          const done = applyUpdate(item, update)
          if (!('item' in done)) continue
          expect(done.item.statusAt.getTime()).toBeGreaterThanOrEqual(item.statusAt.getTime())
          item = done.item
        }
      }),
    )
  })

  test('makes only moves that the table of states has', () => {
    const moves = Object.values(itemMoves).filter(({ by }) => by.includes('eps'))
    fc.assert(
      fc.property(fc.array(anUpdate), (updates) => {
        let item = sent
        for (const update of updates) {
          const done = applyUpdate(item, update)
          if (done.outcome === 'moved') {
            const { state } = done.item
            const from = item.state
            expect(
              moves.some((move) => move.to === state && move.from.includes(from)),
              `${from} to ${state}`,
            ).toBe(true)
          }
          if ('item' in done) item = done.item
        }
      }),
    )
  })

  test('says what it made of an update', () => {
    const ready = { status: 'Ready to Collect', at: after(10) }
    expect(applyUpdate(sent, ready)).toEqual({
      outcome: 'moved',
      item: { state: 'ready', statusAt: after(10) },
    })
    const item = follow([ready])
    expect(applyUpdate(item, ready).outcome).toBe('repeated')
    expect(applyUpdate(item, { ...ready, at: after(20) }).outcome).toBe('renewed')
    expect(applyUpdate(item, { status: 'With Pharmacy', at: after(5) }).outcome).toBe('late')
    expect(applyUpdate(item, { status: 'Ready', at: after(20) }).outcome).toBe('unknown')
    const unavailable = { status: 'Tracking Temporarily Unavailable', at: after(20) }
    expect(applyUpdate(item, unavailable).outcome).toBe('no-news')
  })

  test('leaves alone what was never sent', () => {
    for (const state of [
      'requested',
      'received',
      'asked',
      'approved',
      'rejected',
      'cancelled',
    ] as const)
      expect(
        applyUpdate({ state, statusAt: sentAt }, { status: 'Collected', at: after(5) }).outcome,
      ).toBe('not-sent')
  })
})

describe('nextAskAt', () => {
  test('asks less and less often, and at last no more', () => {
    const minutes = (now: Date, failures = 0) =>
      ((nextAskAt(sentAt, now, failures)?.getTime() ?? 0) - now.getTime()) / 60_000
    expect(minutes(after(0))).toBe(15)
    expect(minutes(after(240))).toBe(60)
    expect(minutes(after(3 * 1440))).toBe(360)
    expect(minutes(after(14 * 1440))).toBe(1440)
    expect(nextAskAt(sentAt, after(191 * 1440), 0)).toBeUndefined()
  })

  test('waits twice as long after each failure, a day at most', () => {
    const wait = (failures: number) =>
      ((nextAskAt(sentAt, sentAt, failures)?.getTime() ?? 0) - sentAt.getTime()) / 60_000
    expect([0, 1, 2, 3, 6, 7, 50].map(wait)).toEqual([15, 30, 60, 120, 960, 1440, 1440])
  })
})

const folder = 'prescriptions-for-patients-r4'

describe('readUpdates', () => {
  test.skipIf(!hasShared(folder))('reads every published answer (needs ../shared)', () => {
    const read = (name: string) => readUpdates(sharedJson(folder, name))
    const statuses = (name: string) => read(name)?.updates.map(({ status }) => status)
    expect(statuses('success.json')).toEqual(Array(4).fill('With Pharmacy'))
    expect(statuses('success-empty.json')).toEqual([])
    expect(statuses('success-distance-selling.json')).toEqual(['Collected'])
    expect(statuses('success-multiple.json')).toEqual([
      'With Pharmacy - Preparing Remainder',
      'Ready to Collect - Partial',
      'With Pharmacy',
      'Ready to Collect',
      'Prescriber Approved',
      'Dispatched',
    ])
    expect(statuses('success-multiple-exclusion.json')).toEqual(['Ready to Collect'])
    expect(read('success-multiple-exclusion.json')?.invalidated).toEqual([
      'D7AC09-A99968-4BA59C',
      'CDF34E-A99968-4FF3BQ',
    ])
    expect(statuses('success-tracking-temporarily-unavailable.json')).toEqual([
      'Tracking Temporarily Unavailable',
    ])
    expect(read('error-401.json')).toBeUndefined()
    expect(read('error-500.json')).toBeUndefined()
    expect(read('success.json')?.updates[0]).toEqual({
      prescriptionId: '24F5DA-A83008-7EFE6Z',
      lineId: 'a54219b8-f741-4c47-b662-e4f8dfa49ab6',
      drugCode: '39732311000001104',
      status: 'With Pharmacy',
      at: new Date('2024-02-01T11:14:21Z'),
    })
  })

  test.skipIf(!hasShared(folder))(
    'knows every status of the published list (needs ../shared)',
    () => {
      const names = ['success.json', 'success-multiple.json', 'success-distance-selling.json']
      for (const name of names)
        for (const { status } of readUpdates(sharedJson(folder, name))?.updates ?? [])
          expect(isKnownStatus(status), status).toBe(true)
    },
  )

  test('counts what it cannot read and never takes another answer for one', () => {
    const item = (extension: unknown) => ({
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [
        {
          resource: {
            resourceType: 'Bundle',
            entry: [
              {
                resource: {
                  resourceType: 'MedicationRequest',
                  groupIdentifier: {
                    system: 'https://fhir.nhs.uk/Id/prescription-order-number',
                    value: '24F5DA-A83008-7EFE6Z',
                  },
                  extension,
                },
              },
            ],
          },
        },
      ],
    })
    const step = (at: string) => [
      {
        url: 'https://fhir.nhs.uk/StructureDefinition/Extension-DM-PrescriptionStatusHistory',
        extension: [
          { url: 'status', valueCoding: { code: 'Collected' } },
          { url: 'statusDate', valueDateTime: at },
        ],
      },
    ]
    expect(readUpdates(item([]))).toMatchObject({ updates: [], unread: 1 })
    expect(readUpdates(item(step('2024-02-01')))).toMatchObject({ updates: [], unread: 1 })
    expect(readUpdates(item(step('2024-02-01T09:00:00+01:00')))).toMatchObject({ unread: 0 })
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const read = readUpdates(body)
        expect(read === undefined || read.updates.length === 0).toBe(true)
      }),
    )
  })
})
