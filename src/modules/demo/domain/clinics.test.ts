import { describe, expect, test } from 'vitest'
import { localDateOf, parseLocalDate } from '#kernel/time'
import { bookedClinics } from './bookings.ts'
import { clinicsOf, type DemoSession } from './clinics.ts'
import { afterEight, dayOf, type Day } from './days.ts'
import { ordersOf } from './orders.ts'
import { personAt } from './people.ts'
import { practiceAt } from './practice.ts'
import { required } from './random.ts'
import { recordOf } from './record.ts'
import { isWorkingDay } from './working-days.ts'

const day = (text: string): Day => dayOf(required(parseLocalDate(text)))
const practice = practiceAt(1, 0)

// Days around Easter, Christmas and both changes of the clock.
const todays = ['2026-03-20', '2026-10-20', '2026-11-22', '2026-12-20'].map(day)
const everything = todays.map((today) => ({ today, sessions: clinicsOf(1, practice, today) }))

function end(session: DemoSession): number {
  return session.endsAt.getTime()
}

describe('clinicsOf', () => {
  test('holds no clinic at a weekend or on a bank holiday, in two months of any season', () => {
    for (const { sessions } of everything) {
      expect(sessions.length).toBeGreaterThan(150)
      for (const session of sessions) {
        expect(isWorkingDay(session.day)).toBe(true)
        expect(dayOf(localDateOf(session.startsAt))).toBe(session.day)
      }
    }
  })

  test('never has one clinician in two places, nor slots that overlap or leave their session', () => {
    for (const { sessions } of everything) {
      for (const own of Map.groupBy(sessions, (session) => session.staffId).values()) {
        own.forEach((session, place) => {
          const next = own[place + 1]
          if (next) expect(next.startsAt.getTime()).toBeGreaterThanOrEqual(end(session))
          let free = session.startsAt.getTime()
          for (const slot of session.slots) {
            expect(slot.startsAt.getTime()).toBeGreaterThanOrEqual(free)
            free = slot.startsAt.getTime() + slot.minutes * 60_000
          }
          expect(free).toBeLessThanOrEqual(end(session))
        })
      }
    }
  })

  test('describes every slot that it puts online, and releases some only on a day to come', () => {
    for (const { today, sessions } of everything) {
      const slots = sessions.flatMap((session) => session.slots)
      const online = slots.filter((slot) => slot.bookableOnline)
      for (const slot of online) {
        expect(slot.nationalCategory && slot.deliveryChannel && slot.releasedAt).toBeTruthy()
        expect(slot.releasedAt?.getTime()).toBeLessThan(slot.startsAt.getTime())
      }
      const later = online.filter(
        (slot) => slot.releasedAt && slot.releasedAt > afterEight(today, 0),
      )
      expect(later.length).toBeGreaterThan(50)
      expect(online.length - later.length).toBeGreaterThan(200)
      expect(slots.some((slot) => slot.slotType === 'Blocked')).toBe(true)
      expect(new Set(online.map((slot) => slot.deliveryChannel)).size).toBe(3)
    }
  })
})

describe('bookedClinics', () => {
  test('books each slot before it starts and before today, nobody twice in the past or ahead', () => {
    for (const { today, sessions } of everything) {
      const booked = bookedClinics(1, practice, 400, today, sessions)
      const given = booked.flatMap((session) =>
        session.slots.flatMap((slot) =>
          slot.appointment ? [{ ...slot, ...slot.appointment, day: session.day }] : [],
        ),
      )
      expect(given.filter((one) => one.day < today).length).toBeGreaterThan(100)
      expect(given.filter((one) => one.day > today).length).toBeGreaterThan(50)
      for (const one of given) {
        expect(one.bookedAt < one.startsAt).toBe(true)
        expect(one.releasedAt === undefined || one.bookedAt >= one.releasedAt).toBe(true)
        expect(one.day > today ? one.bookedAt < afterEight(today, 0) : true).toBe(true)
        if (one.cancelledAt)
          expect(one.cancelledAt > one.bookedAt && one.cancelledAt < one.startsAt).toBe(true)
        expect(one.reason.length).toBeLessThanOrEqual(150)
      }
      for (const side of [
        given.filter((one) => one.day < today),
        given.filter((one) => one.day > today),
      ]) {
        expect(new Set(side.map((one) => one.patientId)).size).toBe(side.length)
      }
    }
  })
})

describe('ordersOf', () => {
  test('orders only active repeats of the record, each open one once, and decides after ordering', () => {
    const today = day('2026-11-22')
    let open = 0
    let decided = 0
    for (let index = 0; index < 600; index++) {
      const person = personAt(1, practice, index, today)
      const { entries } = recordOf(1, practice, person, today)
      const repeats = new Set(
        entries
          .filter(
            (entry) =>
              entry.detail &&
              'issuesMade' in entry.detail &&
              entry.detail.type === 'repeat' &&
              entry.detail.status === 'active',
          )
          .map((entry) => entry.sourceKey),
      )
      const waiting = new Set<string>()
      for (const order of ordersOf(1, practice, person, entries, today)) {
        expect(order.orderedAt < afterEight(today, 0)).toBe(true)
        for (const item of order.items) {
          expect(repeats.has(item.sourceKey)).toBe(true)
          if (item.state === 'requested') {
            expect(waiting.has(item.sourceKey)).toBe(false)
            waiting.add(item.sourceKey)
            open++
          } else {
            expect(item.decidedAt > order.orderedAt && item.decidedAt < afterEight(today, 0)).toBe(
              true,
            )
            decided++
          }
        }
      }
    }
    expect(open).toBeGreaterThan(20)
    expect(decided).toBeGreaterThan(100)
  })
})
