import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter, minutesBefore, type LocalDate } from '#kernel/time'
import { decideBooking, type HeldAppointment } from './booking.ts'
import type { Eligibility } from './slot-type.ts'
import { defaultRules, type BookingRules, type Slot } from './slot.ts'

const now = new Date('2026-03-02T08:00:00Z')
const rules: BookingRules = { ...defaultRules, maxHeld: 2, closesMinutesBefore: 60 }

function aSlot(given: Partial<Slot> = {}): Slot {
  return {
    slotId: newId(now),
    startsAt: new Date('2026-03-04T09:00:00Z'),
    minutes: 10,
    state: 'free',
    bookableOnline: true,
    nationalCategory: 'General Consultation Routine',
    deliveryChannel: 'in-person',
    releasedAt: new Date('2026-02-20T08:00:00Z'),
    ...given,
  }
}

const fixedRules = {
  reasonMax: fc.constant(150),
  cancelOnline: fc.constant(true),
  waitlistOpen: fc.constant(true),
}

const patient: Eligibility = { bornOn: '1961-04-12' as LocalDate, sex: 'female', invitedTo: [] }

function without(slot: Slot, key: 'nationalCategory' | 'deliveryChannel' | 'releasedAt'): Slot {
  const { [key]: _, ...rest } = slot
  return rest
}

function held(given: Partial<HeldAppointment> = {}): HeldAppointment {
  const startsAt = given.startsAt ?? new Date('2026-03-03T10:00:00Z')
  return {
    appointmentId: newId(now),
    slotId: newId(now),
    startsAt,
    endsAt: minutesAfter(startsAt, 10),
    place: 1,
    ...given,
  }
}

function decide(slot: Slot, own: readonly HeldAppointment[] = [], given = rules, at = now) {
  return decideBooking({ slot, answers: { reason: '' }, patient }, own, given, at)
}

describe('decideBooking', () => {
  test('gives a free, released slot to a patient who holds nothing', () => {
    const slot = aSlot()
    expect(decide(slot)).toEqual({ ok: true, value: { slot, place: 1 } })
  })

  test('refuses from the minute booking closes, and says when that was', () => {
    const startsAt = minutesAfter(now, 61)
    expect(decide(aSlot({ startsAt })).ok).toBe(true)
    const atClosing = decide(aSlot({ startsAt: minutesAfter(now, 60) }))
    expect(atClosing).toEqual({ ok: false, refusal: { reason: 'booking-closed', closedAt: now } })
  })

  test('takes the closing and the horizon of the slot’s type before the practice’s', () => {
    const terms = { ownSiteOnly: false, ownClinicianOnly: false, invitedOnly: false }
    const startsAt = minutesAfter(now, 61)
    const late = decide(aSlot({ startsAt, terms: { ...terms, closesMinutesBefore: 61 } }))
    expect(late).toMatchObject({ ok: false, refusal: { reason: 'booking-closed' } })
    const soon = minutesAfter(now, 5)
    expect(decide(aSlot({ startsAt: soon, terms: { ...terms, closesMinutesBefore: 0 } })).ok).toBe(
      true,
    )
    const tomorrow = minutesAfter(now, 24 * 60)
    expect(decide(aSlot({ startsAt: tomorrow, terms: { ...terms, horizonDays: 1 } })).ok).toBe(true)
    expect(
      decide(aSlot({ startsAt: tomorrow, terms: { ...terms, horizonDays: 0 } })),
    ).toMatchObject({
      refusal: { reason: 'beyond-horizon' },
    })
  })

  test('says of a held slot that it is held, and of one not for this patient why not', () => {
    expect(decide(aSlot({ state: 'held' }))).toMatchObject({ refusal: { reason: 'slot-held' } })
    const terms = { ownSiteOnly: false, ownClinicianOnly: false, invitedOnly: true }
    expect(decide(aSlot({ slotTypeId: newId(now), terms }))).toMatchObject({
      refusal: { reason: 'not-eligible', because: 'invitation' },
    })
  })

  test('refuses a slot that has started, whatever the closing', () => {
    const open = { ...rules, closesMinutesBefore: 0 }
    expect(decide(aSlot({ startsAt: now }), [], open)).toMatchObject({
      refusal: { reason: 'in-the-past' },
    })
    expect(decide(aSlot({ startsAt: minutesAfter(now, 1) }), [], open).ok).toBe(true)
  })

  test('refuses until the instant of release, and says when that is', () => {
    const releasedAt = minutesAfter(now, 1)
    expect(decide(aSlot({ releasedAt }))).toEqual({
      ok: false,
      refusal: { reason: 'not-yet-released', releasedAt },
    })
    expect(decide(aSlot({ releasedAt: now })).ok).toBe(true)
  })

  test('offers up to midnight in England after the last day of the horizon, over a clock change', () => {
    const shortRules = { ...rules, horizonDays: 27 }
    const lastInstant = new Date('2026-03-29T22:59:00Z')
    expect(decide(aSlot({ startsAt: lastInstant }), [], shortRules).ok).toBe(true)
    expect(decide(aSlot({ startsAt: minutesAfter(lastInstant, 1) }), [], shortRules)).toEqual({
      ok: false,
      refusal: { reason: 'beyond-horizon', until: new Date('2026-03-29T23:00:00Z') },
    })
  })

  test.each(['booked', 'blocked'] as const)('says a %s slot is taken', (state) => {
    expect(decide(aSlot({ state }))).toMatchObject({ refusal: { reason: 'slot-taken' } })
  })

  test('never gives a slot that is offline or has no category, channel or release', () => {
    const bare = [
      aSlot({ bookableOnline: false }),
      without(aSlot(), 'nationalCategory'),
      without(aSlot(), 'deliveryChannel'),
      without(aSlot(), 'releasedAt'),
      aSlot({ nationalCategory: 'Practice meeting' }),
    ]
    for (const slot of bare) {
      expect(decide(slot)).toMatchObject({ refusal: { reason: 'slot-not-online' } })
    }
  })

  test('refuses at the limit, and counts only what is still to come', () => {
    const own = [held({ place: 1 }), held({ place: 2, startsAt: new Date('2026-03-05T10:00:00Z') })]
    expect(decide(aSlot(), own)).toEqual({
      ok: false,
      refusal: { reason: 'too-many-held', maxHeld: 2 },
    })
    const begun = held({ place: 1, startsAt: minutesBefore(now, 5) })
    expect(decide(aSlot(), [begun, held({ place: 1 })])).toMatchObject({ value: { place: 2 } })
  })

  test('takes the lowest place that is free', () => {
    expect(decide(aSlot(), [held({ place: 2 })])).toMatchObject({ value: { place: 1 } })
    expect(decide(aSlot(), [held({ place: 1 })])).toMatchObject({ value: { place: 2 } })
  })

  test('refuses what overlaps another by a minute, and takes what only touches it', () => {
    const slot = aSlot()
    const before = held({ startsAt: minutesBefore(slot.startsAt, 10) })
    expect(decide(slot, [before]).ok).toBe(true)
    const longer = { ...before, endsAt: minutesAfter(slot.startsAt, 1) }
    expect(decide(slot, [longer])).toEqual({
      ok: false,
      refusal: { reason: 'overlaps-another', appointmentId: longer.appointmentId },
    })
  })

  test('says that a slot is already theirs, even though it is taken', () => {
    const slot = aSlot({ state: 'booked' })
    const own = held({ slotId: slot.slotId, startsAt: slot.startsAt })
    expect(decide(slot, [own])).toEqual({
      ok: false,
      refusal: { reason: 'already-yours', appointmentId: own.appointmentId },
    })
  })

  test('asks for a reason where the practice does, and for a phone number by telephone, both at once', () => {
    const slot = aSlot({ deliveryChannel: 'telephone' })
    expect(decide(slot, [], { ...rules, reasonRequired: true })).toEqual({
      ok: false,
      refusal: { reason: 'answers-missing', missing: ['reason-needed', 'phone-needed'] },
    })
    const answers = { reason: 'A check-up', phone: '01632 960001' }
    const asked = { slot, answers, patient }
    expect(decideBooking(asked, [], { ...rules, reasonRequired: true }, now).ok).toBe(true)
  })

  test('never grants what breaks a rule, whatever the slot, the rules and what is held', () => {
    const instants = fc
      .integer({ min: -100, max: 4000 })
      .map((minutes) => minutesAfter(now, minutes))
    const mostly = <Value>(usual: Value, others: readonly Value[]) =>
      fc.oneof(
        { arbitrary: fc.constant(usual), weight: 8 },
        { arbitrary: fc.constantFrom(...others), weight: 2 },
      )
    const slots = fc
      .record({
        startsAt: instants,
        releasedAt: fc.integer({ min: -500, max: 50 }).map((minutes) => minutesAfter(now, minutes)),
        state: mostly<Slot['state']>('free', ['booked', 'blocked']),
        bookableOnline: mostly(true, [false]),
        minutes: fc.integer({ min: 1, max: 60 }),
      })
      .map(aSlot)
    const helds = fc.array(
      fc.record({ startsAt: instants, place: fc.integer({ min: 1, max: 8 }) }).map(held),
      {
        maxLength: 4,
      },
    )
    const anyRules = fc.record({
      ...fixedRules,
      maxHeld: fc.integer({ min: 0, max: 6 }),
      closesMinutesBefore: fc.integer({ min: 0, max: 300 }),
      cancelMinutesBefore: fc.constant(60),
      horizonDays: fc.integer({ min: 1, max: 4 }),
      reasonRequired: fc.constant(false),
    })
    let granted = 0
    fc.assert(
      fc.property(slots, helds, anyRules, (slot, own, given) => {
        const decision = decide(slot, own, given)
        if (!decision.ok) return
        granted++
        const future = own.filter((one) => one.startsAt > now)
        expect(slot.state === 'free' && slot.bookableOnline).toBe(true)
        expect(slot.releasedAt && slot.releasedAt <= now).toBe(true)
        expect(minutesBefore(slot.startsAt, given.closesMinutesBefore) > now).toBe(true)
        expect(future.length).toBeLessThan(given.maxHeld)
        expect(future.map((one) => one.place)).not.toContain(decision.value.place)
        expect(decision.value.place).toBeLessThanOrEqual(given.maxHeld)
        for (const one of own) {
          const apart =
            one.endsAt <= slot.startsAt || minutesAfter(slot.startsAt, slot.minutes) <= one.startsAt
          expect(apart).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
    expect(granted).toBeGreaterThan(200)
  })
})
