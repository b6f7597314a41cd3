import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter, minutesBefore, type LocalDate } from '#kernel/time'
import { defaultRules, type Slot } from '../slot.ts'
import type { Waiting } from './line.ts'
import { nextWaking, offerUntil } from './offer-time.ts'
import { settle, type HeldSlot, type LiveOffer } from './settling.ts'
import { allWeekdays, anyTime } from './wishes.ts'

const now = new Date('2026-03-02T08:00:00Z')
const settings = { ...defaultRules, offerMinutes: 120, offersAtOnce: 1, maxMissedOffers: 2 }

describe('offerUntil', () => {
  const quiet = { quietFrom: '22:00', quietUntil: '06:00', offerMinutes: 120 }
  const late = new Date('2026-12-31T00:00:00Z')
  const at = (text: string, closes = late) => offerUntil(new Date(text), quiet, closes)

  test('keeps an offer for the practice’s minutes by day', () => {
    expect(at('2026-03-02T08:00:00Z')).toEqual(new Date('2026-03-02T10:00:00Z'))
    expect(at('2026-03-02T20:00:00Z')).toEqual(new Date('2026-03-02T22:00:00Z'))
  })

  test('does not count the night, before it, in it and after midnight', () => {
    expect(at('2026-03-02T21:00:00Z')).toEqual(new Date('2026-03-03T07:00:00Z'))
    expect(at('2026-03-02T22:00:00Z')).toEqual(new Date('2026-03-03T08:00:00Z'))
    expect(at('2026-03-03T03:00:00Z')).toEqual(new Date('2026-03-03T08:00:00Z'))
  })

  test('knows the nights on which the clocks change', () => {
    // The night to 29 March is an hour shorter: 6am is 5am UTC.
    expect(at('2026-03-28T21:00:00Z')).toEqual(new Date('2026-03-29T06:00:00Z'))
    // The night to 25 October is an hour longer: 9pm is 8pm UTC, 6am is 6am UTC.
    expect(at('2026-10-24T20:00:00Z')).toEqual(new Date('2026-10-25T07:00:00Z'))
  })

  test('never keeps it longer than the slot can be booked, and gives no one minutes only', () => {
    const closes = (text: string) => at('2026-03-02T08:00:00Z', new Date(text))
    expect(closes('2026-03-02T09:00:00Z')).toEqual(new Date('2026-03-02T09:00:00Z'))
    expect(closes('2026-03-02T08:15:00Z')).toEqual(new Date('2026-03-02T08:15:00Z'))
    expect(closes('2026-03-02T08:14:00Z')).toBeUndefined()
    expect(at('2026-03-02T23:00:00Z', new Date('2026-03-03T06:10:00Z'))).toBeUndefined()
    expect(at('2026-03-02T23:00:00Z', new Date('2026-03-03T06:20:00Z'))).toEqual(
      new Date('2026-03-03T06:20:00Z'),
    )
  })

  test('counts every minute where no hours are quiet, or only some by day', () => {
    expect(
      offerUntil(
        new Date('2026-03-02T23:00:00Z'),
        { ...quiet, quietFrom: '06:00', quietUntil: '06:00' },
        late,
      ),
    ).toEqual(new Date('2026-03-03T01:00:00Z'))
    expect(
      offerUntil(
        new Date('2026-03-02T12:00:00Z'),
        { ...quiet, quietFrom: '13:00', quietUntil: '14:00' },
        late,
      ),
    ).toEqual(new Date('2026-03-02T15:00:00Z'))
  })

  test('tells nobody anything before the morning', () => {
    expect(nextWaking(new Date('2026-03-02T23:30:00Z'), quiet)).toEqual(
      new Date('2026-03-03T06:00:00Z'),
    )
    expect(nextWaking(now, quiet)).toEqual(now)
  })
})

function someone(given: Partial<Waiting> = {}): Waiting {
  return {
    waitlistId: newId(now),
    patientId: newId(now),
    since: minutesBefore(now, 60),
    wishes: {
      fromDay: '2026-03-02' as LocalDate,
      untilDay: '2026-04-02' as LocalDate,
      weekdays: allWeekdays,
      ...anyTime,
      deliveryChannels: ['in-person'],
    },
    missedOffers: 0,
    patient: { bornOn: '1961-04-12' as LocalDate, sex: 'female', invitedTo: [] },
    held: [],
    hasOffer: false,
    hadThisSlot: false,
    ...given,
  }
}

function heldSlot(given: Partial<HeldSlot> & { readonly is?: Partial<Slot> } = {}): HeldSlot {
  const { is, ...rest } = given
  return {
    slot: {
      slotId: newId(now),
      startsAt: new Date('2026-03-04T09:00:00Z'),
      minutes: 10,
      state: 'held',
      bookableOnline: true,
      nationalCategory: 'General Consultation Routine',
      deliveryChannel: 'in-person',
      releasedAt: minutesBefore(now, 1000),
      ...is,
    },
    offers: [],
    waiting: [],
    settings,
    ...rest,
  }
}

function offerTo(waiting: Waiting, expiresAt: Date): LiveOffer {
  const { waitlistId, patientId } = waiting
  return { offerId: newId(now), waitlistId, patientId, expiresAt }
}

describe('settle', () => {
  test('asks the first in line and keeps the slot for them', () => {
    const [first, second] = [someone({ since: minutesBefore(now, 90) }), someone()]
    expect(settle(heldSlot({ waiting: [second, first] }), now)).toMatchObject({
      closed: [],
      offered: [{ waiting: first, expiresAt: minutesAfter(now, 120) }],
      isFreed: false,
    })
  })

  test('frees the slot for everyone when it suits nobody, or too little time is left', () => {
    expect(settle(heldSlot(), now)).toMatchObject({ offered: [], isFreed: true })
    const soon = heldSlot({ waiting: [someone()], is: { startsAt: minutesAfter(now, 70) } })
    expect(settle(soon, now)).toMatchObject({ offered: [], isFreed: true })
  })

  test('asks nobody else while an offer is out, but as many at once as the practice set', () => {
    const [asked, other] = [someone({ hasOffer: true, hadThisSlot: true }), someone()]
    const offers = [offerTo(asked, minutesAfter(now, 5))]
    const out = heldSlot({ waiting: [asked, other], offers })
    expect(settle(out, now)).toEqual({ closed: [], offered: [], isFreed: false, ended: [] })
    const two = { ...out, settings: { ...settings, offersAtOnce: 2 } }
    expect(settle(two, now).offered.map((offer) => offer.waiting)).toEqual([other])
  })

  test('closes what expired at this very minute and asks the next', () => {
    const [asked, other] = [someone({ hasOffer: true, hadThisSlot: true }), someone()]
    const offers = [offerTo(asked, now)]
    const settled = settle(heldSlot({ waiting: [asked, other], offers }), now)
    expect(settled.closed).toEqual([{ offer: offers[0], outcome: 'expired' }])
    expect(settled.offered.map((offer) => offer.waiting)).toEqual([other])
    expect(settled.ended).toEqual([])
  })

  test('ends a place once too many offers were let pass', () => {
    const asked = someone({ hasOffer: true, hadThisSlot: true, missedOffers: 1 })
    const settled = settle(heldSlot({ waiting: [asked], offers: [offerTo(asked, now)] }), now)
    expect(settled).toMatchObject({ ended: [asked.waitlistId], isFreed: true })
  })

  test('counts against nobody that someone else has the slot', () => {
    const asked = someone({ hasOffer: true, hadThisSlot: true, missedOffers: 1 })
    const offers = [offerTo(asked, minutesAfter(now, 5))]
    const settled = settle(heldSlot({ waiting: [asked], offers, is: { state: 'booked' } }), now)
    expect(settled).toEqual({
      closed: [{ offer: offers[0], outcome: 'gone' }],
      offered: [],
      isFreed: false,
      ended: [],
    })
  })

  test('takes offers back with a slot that staff took offline, and frees it', () => {
    const asked = someone({ hasOffer: true, hadThisSlot: true })
    const offers = [offerTo(asked, minutesAfter(now, 5))]
    const settled = settle(
      heldSlot({ waiting: [asked], offers, is: { bookableOnline: false } }),
      now,
    )
    expect(settled.closed).toEqual([{ offer: offers[0], outcome: 'withdrawn' }])
    expect(settled).toMatchObject({ offered: [], isFreed: true })
  })

  test('makes no new offer once the practice has closed its waitlist', () => {
    const closed = { ...settings, waitlistOpen: false }
    const settled = settle(heldSlot({ waiting: [someone()], settings: closed }), now)
    expect(settled).toMatchObject({ offered: [], isFreed: true })
  })
})
