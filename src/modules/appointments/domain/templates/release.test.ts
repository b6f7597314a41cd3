import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localDateOf, localTimeOf, addDays, instantAt } from '#kernel/time'
import { aDay, aSlotType } from '../../../../../test/support/planning.ts'
import { followingOffer } from './following.ts'
import { offerOf, releaseOf } from './release.ts'

const now = new Date('2026-03-02T08:00:00Z')
const rule = (days: number, time: string) => ({ rule: 'days-before', days, time }) as const
const opens = (startsAt: string, days: number, time: string) =>
  releaseOf(rule(days, time), new Date(startsAt), now)?.toISOString()

describe('releaseOf', () => {
  test('is now, a wall-clock time days before, or nobody’s to say', () => {
    const startsAt = new Date('2026-03-20T10:00:00Z')
    expect(releaseOf({ rule: 'at-once' }, startsAt, now)).toBe(now)
    expect(opens('2026-03-20T10:00:00Z', 14, '08:00')).toBe('2026-03-06T08:00:00.000Z')
    expect(opens('2026-03-20T10:00:00Z', 0, '07:59')).toBe('2026-03-20T07:59:00.000Z')
    expect(releaseOf({ rule: 'draw' }, startsAt, now)).toBeUndefined()
    expect(releaseOf({ rule: 'by-hand' }, startsAt, now)).toBeUndefined()
  })

  test('stays at 8am in England across both clock changes, to the minute', () => {
    expect(opens('2026-03-30T08:00:00Z', 1, '08:00')).toBe('2026-03-29T07:00:00.000Z')
    expect(opens('2026-03-30T08:00:00Z', 2, '08:00')).toBe('2026-03-28T08:00:00.000Z')
    expect(opens('2026-10-26T09:00:00Z', 1, '08:00')).toBe('2026-10-25T08:00:00.000Z')
    expect(opens('2026-10-26T09:00:00Z', 2, '08:00')).toBe('2026-10-24T07:00:00.000Z')
  })

  test('in the hour that spring skips is an hour later, in the one that autumn repeats the first', () => {
    expect(opens('2026-03-29T11:00:00Z', 0, '00:59')).toBe('2026-03-29T00:59:00.000Z')
    expect(opens('2026-03-29T11:00:00Z', 0, '01:00')).toBe('2026-03-29T01:00:00.000Z')
    expect(opens('2026-03-29T11:00:00Z', 0, '01:30')).toBe('2026-03-29T01:30:00.000Z')
    expect(opens('2026-03-29T11:00:00Z', 0, '02:00')).toBe('2026-03-29T01:00:00.000Z')
    expect(opens('2026-10-25T11:00:00Z', 0, '01:30')).toBe('2026-10-25T00:30:00.000Z')
    expect(opens('2026-10-25T11:00:00Z', 0, '02:00')).toBe('2026-10-25T02:00:00.000Z')
  })

  test('counts days of the calendar from the slot’s own day in England', () => {
    // Half past midnight in summer time is the evening before in UTC.
    expect(opens('2026-06-09T23:30:00Z', 1, '08:00')).toBe('2026-06-09T07:00:00.000Z')
  })

  test('always shows the time of the rule on the day of the rule, in any year', () => {
    const anyStart = fc.date({
      min: new Date('2024-01-01'),
      max: new Date('2032-01-01'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(anyStart, fc.nat(60), fc.integer({ min: 3, max: 23 }), (startsAt, days, hour) => {
        const time = `${String(hour).padStart(2, '0')}:05`
        const at = releaseOf(rule(days, time), startsAt, now) ?? now
        expect(localTimeOf(at)).toBe(time)
        expect(addDays(localDateOf(at), days)).toBe(localDateOf(startsAt))
      }),
    )
  })
})

describe('offerOf', () => {
  const startsAt = instantAt(aDay('2026-03-20'), '10:00')

  test('offers what is described and meant for patients, as its rule says', () => {
    expect(offerOf(aSlotType(), startsAt, now)).toEqual({
      bookableOnline: true,
      gpConnectBookable: false,
      releasedAt: now,
    })
    expect(offerOf(aSlotType({ release: { rule: 'draw' } }), startsAt, now)).toEqual({
      bookableOnline: false,
      gpConnectBookable: false,
    })
  })

  test('never offers what has no care-related category or no way of meeting', () => {
    const all = { patientsMayBook: true, gpConnectMayBook: true }
    const { nationalCategory: _, ...withoutCategory } = aSlotType(all)
    const { deliveryChannel: __, ...withoutChannel } = aSlotType(all)
    const activity = aSlotType({ ...all, nationalCategory: 'Care related activity' })
    for (const type of [withoutCategory, withoutChannel, activity]) {
      expect(offerOf(type, startsAt, now)).toEqual({
        bookableOnline: false,
        gpConnectBookable: false,
      })
    }
  })
})

describe('followingOffer', () => {
  const startsAt = new Date('2026-03-20T10:00:00Z')
  const opened = { startsAt, bookableOnline: true, releasedAt: new Date('2026-02-01T08:00:00Z') }
  const closed = { startsAt, bookableOnline: false }

  test('takes over a rule of days before, opened or not', () => {
    const type = aSlotType({ release: rule(7, '08:00') })
    const releasedAt = new Date('2026-03-13T08:00:00Z')
    expect(followingOffer(type, opened, now)).toMatchObject({ bookableOnline: true, releasedAt })
    expect(followingOffer(type, closed, now)).toMatchObject({ bookableOnline: true, releasedAt })
  })

  test('leaves open what a person opened, and opens at once what nobody did', () => {
    const byHand = aSlotType({ release: { rule: 'by-hand' } })
    expect(followingOffer(byHand, opened, now)).toMatchObject({
      bookableOnline: true,
      releasedAt: opened.releasedAt,
    })
    expect(followingOffer(byHand, closed, now)).toMatchObject({ bookableOnline: false })
    expect(followingOffer(aSlotType(), opened, now).releasedAt).toEqual(opened.releasedAt)
    expect(followingOffer(aSlotType(), closed, now).releasedAt).toEqual(now)
  })

  test('keeps closed what staff took offline, whatever opens the others', () => {
    const offline = { ...opened, bookableOnline: false }
    for (const release of [rule(7, '08:00'), { rule: 'at-once' } as const]) {
      expect(followingOffer(aSlotType({ release }), offline, now)).toMatchObject({
        bookableOnline: false,
        releasedAt: opened.releasedAt,
      })
    }
  })

  test('closes everything where patients may no longer book the type', () => {
    const staffOnly = aSlotType({ patientsMayBook: false })
    expect(followingOffer(staffOnly, opened, now)).toEqual({
      bookableOnline: false,
      gpConnectBookable: false,
    })
  })
})
