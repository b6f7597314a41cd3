import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter, type LocalDate } from '#kernel/time'
import type { HeldAppointment } from './booking.ts'
import { decideMoving, type MovableAppointment } from './moving.ts'
import { defaultRules, type Slot } from './slot.ts'

const now = new Date('2026-03-02T08:00:00Z')
const rules = { ...defaultRules, maxHeld: 1 }
const patient = { bornOn: '1961-04-12' as LocalDate, sex: 'female', invitedTo: [] } as const

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

const old: MovableAppointment & HeldAppointment = {
  appointmentId: newId(now),
  slotId: newId(now),
  startsAt: new Date('2026-03-03T10:00:00Z'),
  endsAt: new Date('2026-03-03T10:10:00Z'),
  place: 1,
}

function move(slot: Slot, given: Partial<MovableAppointment> = {}, held = [old], at = now) {
  const asked = { slot, answers: { reason: '' }, patient }
  return decideMoving({ ...old, ...given }, asked, held, rules, at)
}

describe('decideMoving', () => {
  test('asks for no reason where the old one has none, whatever the practice asks when booking', () => {
    const asked = { slot: aSlot(), answers: { reason: '' }, patient }
    const strict = { ...rules, reasonRequired: true }
    expect(decideMoving(old, asked, [old], strict, now)).toMatchObject({ ok: true })
  })

  test('does not count the appointment to leave against the limit, and gives its place on', () => {
    expect(move(aSlot())).toMatchObject({ ok: true, value: { place: 1 } })
  })

  test('lets someone move who holds more than the limit, as they hold no more by it', () => {
    const other: HeldAppointment = {
      appointmentId: newId(now),
      slotId: newId(now),
      startsAt: new Date('2026-03-05T10:00:00Z'),
      endsAt: new Date('2026-03-05T10:10:00Z'),
      place: 2,
    }
    expect(move(aSlot(), {}, [old, other])).toMatchObject({ ok: true, value: { place: 1 } })
  })

  test('lets someone move to a time that overlaps the one they leave', () => {
    expect(move(aSlot({ startsAt: minutesAfter(old.startsAt, 5) })).ok).toBe(true)
  })

  test('still refuses a time that overlaps another of theirs', () => {
    const other = { ...old, appointmentId: newId<'Appointment'>(now), slotId: newId<'Slot'>(now) }
    const many = { ...rules, maxHeld: 5 }
    const asked = {
      slot: aSlot({ startsAt: minutesAfter(other.startsAt, 5) }),
      answers: { reason: '' },
      patient,
    }
    expect(decideMoving(old, asked, [old, other], many, now)).toMatchObject({
      refusal: { reason: 'overlaps-another', appointmentId: other.appointmentId },
    })
  })

  test('refuses from the minute that cancelling ends, in England’s time on both clock changes', () => {
    for (const startsAt of ['2026-03-29T09:00:00+01:00', '2026-10-25T09:00:00Z']) {
      const starts = new Date(startsAt)
      const slot = aSlot({ startsAt: minutesAfter(starts, 600) })
      const given = { startsAt: starts }
      expect(move(slot, given, [old], minutesAfter(starts, -61)).ok).toBe(true)
      expect(move(slot, given, [old], minutesAfter(starts, -60))).toMatchObject({
        refusal: { reason: 'cannot-leave', because: { reason: 'too-late' } },
      })
    }
  })

  test('says what became of an appointment that was cancelled or moved before', () => {
    expect(move(aSlot(), { cancelledAt: now })).toMatchObject({
      refusal: { reason: 'cancelled-already' },
    })
    const movedTo = newId<'Appointment'>(now)
    expect(move(aSlot(), { cancelledAt: now, movedTo })).toEqual({
      ok: false,
      refusal: { reason: 'moved-already', appointmentId: movedTo },
    })
  })

  test('refuses the slot that is theirs already, and one that is taken', () => {
    expect(move(aSlot({ slotId: old.slotId, state: 'booked' }))).toMatchObject({
      refusal: { reason: 'already-yours' },
    })
    expect(move(aSlot({ state: 'booked' }))).toMatchObject({ refusal: { reason: 'slot-taken' } })
  })

  test('refuses where the practice does not let patients cancel here', () => {
    const asked = { slot: aSlot(), answers: { reason: '' }, patient }
    expect(decideMoving(old, asked, [old], { ...rules, cancelOnline: false }, now)).toMatchObject({
      refusal: { reason: 'cannot-leave', because: { reason: 'not-online' } },
    })
  })
})
