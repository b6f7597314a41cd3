import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter, minutesBefore, type LocalDate } from '#kernel/time'
import type { HeldAppointment } from '../booking.ts'
import type { MovableAppointment } from '../moving.ts'
import { defaultRules, type Slot } from '../slot.ts'
import { hasLapsed, inOrder, isOfUse, nextInLine, type Waiting } from './line.ts'
import { allWeekdays, anyTime, suits, type Wishes } from './wishes.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:00:00Z')

function aSlot(given: Partial<Slot> = {}): Slot {
  return {
    slotId: newId(now),
    startsAt,
    minutes: 10,
    state: 'held',
    bookableOnline: true,
    nationalCategory: 'General Consultation Routine',
    deliveryChannel: 'in-person',
    releasedAt: new Date('2026-02-20T08:00:00Z'),
    ...given,
  }
}

function wishes(given: Partial<Wishes> = {}): Wishes {
  return {
    fromDay: '2026-03-02' as LocalDate,
    untilDay: '2026-04-02' as LocalDate,
    weekdays: allWeekdays,
    ...anyTime,
    deliveryChannels: ['in-person', 'telephone', 'video'],
    ...given,
  }
}

function someone(given: Partial<Waiting> = {}): Waiting {
  return {
    waitlistId: newId(now),
    patientId: newId(now),
    since: minutesBefore(now, 60),
    wishes: wishes(),
    missedOffers: 0,
    patient: { bornOn: '1961-04-12' as LocalDate, sex: 'female', invitedTo: [] },
    held: [],
    hasOffer: false,
    hadThisSlot: false,
    ...given,
  }
}

function held(given: Partial<HeldAppointment> & { readonly startsAt: Date }): HeldAppointment {
  return {
    appointmentId: newId(now),
    slotId: newId(now),
    endsAt: minutesAfter(given.startsAt, 10),
    place: 1,
    ...given,
  }
}

describe('suits', () => {
  test('goes by the clock in England, on both sides of both clock changes', () => {
    const nine = wishes({
      fromTime: '09:00',
      untilTime: '09:00',
      untilDay: '2026-12-31' as LocalDate,
    })
    const at = (text: string) => suits(aSlot({ startsAt: new Date(text) }), nine)
    expect(at('2026-03-28T09:00:00Z')).toBe(true)
    expect(at('2026-03-29T08:00:00Z')).toBe(true)
    expect(at('2026-03-29T09:00:00Z')).toBe(false)
    expect(at('2026-10-24T08:00:00Z')).toBe(true)
    expect(at('2026-10-25T09:00:00Z')).toBe(true)
    expect(at('2026-10-25T08:00:00Z')).toBe(false)
  })

  test('includes the first and the last day and minute that were named, and not one more', () => {
    const day = wishes({
      fromDay: '2026-03-04' as LocalDate,
      untilDay: '2026-03-04' as LocalDate,
      fromTime: '09:00',
      untilTime: '17:00',
    })
    const at = (text: string) => suits(aSlot({ startsAt: new Date(text) }), day)
    expect(at('2026-03-04T09:00:00Z')).toBe(true)
    expect(at('2026-03-04T17:00:00Z')).toBe(true)
    expect(at('2026-03-04T08:59:00Z')).toBe(false)
    expect(at('2026-03-04T17:01:00Z')).toBe(false)
    expect(at('2026-03-05T09:00:00Z')).toBe(false)
  })

  test('keeps to weekday, channel, type, clinician and site where they are named', () => {
    const [staffId, siteId, slotTypeId] = [
      newId<'Staff'>(now),
      newId<'Site'>(now),
      newId<'SlotType'>(now),
    ]
    const slot = aSlot({ staffId, siteId, slotTypeId })
    expect(suits(slot, wishes({ staffId, siteId, slotTypeId, weekdays: [3] }))).toBe(true)
    expect(suits(slot, wishes({ weekdays: [1, 2, 4, 5, 6, 7] }))).toBe(false)
    expect(suits(slot, wishes({ deliveryChannels: ['video'] }))).toBe(false)
    expect(suits(slot, wishes({ staffId: newId(now) }))).toBe(false)
    expect(suits(slot, wishes({ siteId: newId(now) }))).toBe(false)
    expect(suits(slot, wishes({ slotTypeId: newId(now) }))).toBe(false)
    expect(suits(aSlot(), wishes({ staffId }))).toBe(false)
  })
})

describe('isOfUse', () => {
  const rules = { ...defaultRules, maxHeld: 1 }

  function replacing(replaced: Partial<MovableAppointment>, given: Partial<Waiting> = {}): Waiting {
    const starts = replaced.startsAt ?? minutesAfter(startsAt, 1440)
    const own = held({ startsAt: starts })
    const appointment = { ...own, ...replaced }
    return someone({
      held: [own],
      replaces: own.appointmentId,
      replaced: appointment,
      ...given,
    })
  }

  test('is not, at the limit of the practice, unless it replaces what fills the limit', () => {
    const full = [held({ startsAt: minutesAfter(startsAt, 1440) })]
    expect(isOfUse(aSlot(), someone({ held: full }), rules, now)).toBe(false)
    expect(isOfUse(aSlot(), replacing({}), rules, now)).toBe(true)
  })

  test('is not, unless it is earlier than what it would replace', () => {
    expect(isOfUse(aSlot(), replacing({ startsAt: minutesAfter(startsAt, 1) }), rules, now)).toBe(
      true,
    )
    expect(isOfUse(aSlot(), replacing({ startsAt }), rules, now)).toBe(false)
  })

  test('is not, where it overlaps another appointment of theirs', () => {
    const other = held({ startsAt: minutesBefore(startsAt, 9) })
    const two = { ...rules, maxHeld: 3 }
    expect(isOfUse(aSlot(), someone({ held: [other] }), two, now)).toBe(false)
    const touching = held({ startsAt: minutesBefore(startsAt, 10) })
    expect(isOfUse(aSlot(), someone({ held: [touching] }), two, now)).toBe(true)
  })

  test('is not, where its type is not for them', () => {
    const terms = { ownSiteOnly: false, ownClinicianOnly: false, invitedOnly: false, minAge: 75 }
    expect(isOfUse(aSlot({ terms }), someone(), rules, now)).toBe(false)
  })

  test('is, though the offer will have to ask for a phone number and a reason', () => {
    const asking = { ...rules, reasonRequired: true }
    expect(isOfUse(aSlot({ deliveryChannel: 'telephone' }), someone(), asking, now)).toBe(true)
  })
})

describe('nextInLine', () => {
  const rules = { ...defaultRules, maxHeld: 2 }

  test('takes who waits longest, and of two who began together the lower place', () => {
    const [a, b] = [someone({ since: now }), someone({ since: now })]
    const [low, high] = a.waitlistId < b.waitlistId ? [a, b] : [b, a]
    const longest = someone({ since: minutesBefore(now, 1) })
    expect(nextInLine(aSlot(), [high, low, longest], 2, rules, now)).toEqual([longest, low])
  })

  test('asks one person once, even with two places', () => {
    const first = someone()
    const second = someone({ patientId: first.patientId, since: now })
    expect(nextInLine(aSlot(), [first, second], 2, rules, now)).toEqual([first])
  })

  test('never passes anyone over for somebody behind them whom it suits as well', () => {
    const days = fc.constantFrom<readonly number[]>(allWeekdays, [3], [1, 2])
    const people = fc.array(
      fc
        .record({
          since: fc.integer({ min: 0, max: 5 }).map((minutes) => minutesBefore(now, minutes)),
          weekdays: days,
          hasOffer: fc.boolean(),
          hadThisSlot: fc.boolean(),
        })
        .map(({ weekdays, ...given }) => someone({ ...given, wishes: wishes({ weekdays }) })),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 4 }), (waiting, count) => {
        const slot = aSlot()
        const chosen = nextInLine(slot, waiting, count, rules, now)
        const possible = inOrder(waiting).filter(
          (one) => !one.hasOffer && !one.hadThisSlot && suits(slot, one.wishes),
        )
        expect(chosen).toEqual(possible.slice(0, count))
      }),
    )
  })
})

describe('hasLapsed', () => {
  test('lets a place go after its last day, in England', () => {
    const place = { wishes: wishes({ untilDay: '2026-03-29' as LocalDate }) }
    expect(hasLapsed(place, '2026-03-29' as LocalDate, now)).toBe(false)
    expect(hasLapsed(place, '2026-03-30' as LocalDate, now)).toBe(true)
  })

  test('lets a place go with the appointment that an earlier one was wanted for', () => {
    const replaced = held({ startsAt: minutesAfter(now, 10) })
    const place = { wishes: wishes(), replaces: replaced.appointmentId, replaced }
    const today = '2026-03-02' as LocalDate
    expect(hasLapsed(place, today, now)).toBe(false)
    expect(hasLapsed(place, today, minutesAfter(now, 10))).toBe(true)
    expect(hasLapsed({ ...place, replaced: { ...replaced, cancelledAt: now } }, today, now)).toBe(
      true,
    )
  })
})
