import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minutesAfter, minutesBefore } from '#kernel/time'
import {
  attendanceOf,
  attendanceSteps,
  decideAttendance,
  minutesWaited,
  type AttendanceStep,
  type Attended,
} from './attendance.ts'

const startsAt = new Date('2026-03-02T09:00:00Z')
const booked: Attended = { startsAt, deliveryChannel: 'in-person' }
const arrived: Attended = { ...booked, arrivedAt: minutesBefore(startsAt, 5) }
const begun: Attended = { ...arrived, startedAt: minutesAfter(startsAt, 2) }
const seen: Attended = { ...begun, finishedAt: minutesAfter(startsAt, 12) }
const missed: Attended = { ...booked, missedAt: minutesAfter(startsAt, 15) }
const later = minutesAfter(startsAt, 20)

function press(appointment: Attended, step: AttendanceStep, now = later) {
  return decideAttendance(appointment, { step, seen: attendanceOf(appointment) }, now)
}

describe('attendanceSteps', () => {
  test.for([
    ['booked', booked, ['arrive', 'miss']],
    [
      'booked by telephone',
      { startsAt, deliveryChannel: 'telephone' },
      ['start', 'arrive', 'miss'],
    ],
    ['arrived', arrived, ['start', 'miss', 'undo']],
    ['in progress', begun, ['finish', 'undo']],
    ['seen', seen, ['undo']],
    ['missed', missed, ['undo']],
    ['cancelled', { ...booked, cancelledAt: startsAt }, []],
  ] as const)('offers of one that is %s what may come next', ([, appointment, steps]) => {
    expect(attendanceSteps(appointment, later)).toEqual(steps)
  })

  test('offers not attending from the start to the millisecond, and not before', () => {
    expect(attendanceSteps(booked, new Date(startsAt.getTime() - 1))).toEqual(['arrive'])
    expect(attendanceSteps(booked, startsAt)).toEqual(['arrive', 'miss'])
  })

  test('offers nothing before the day in England, which begins an hour early in summer', () => {
    const summer = { ...booked, startsAt: new Date('2026-06-02T08:00:00Z') }
    expect(attendanceSteps(summer, new Date('2026-06-01T22:59:59Z'))).toEqual([])
    expect(attendanceSteps(summer, new Date('2026-06-01T23:00:00Z'))).toEqual(['arrive'])
  })
})

describe('decideAttendance', () => {
  test('records each step in turn with the time it is', () => {
    expect(press(booked, 'arrive')).toEqual({ ok: true, value: { arrivedAt: later } })
    expect(press(arrived, 'start')).toEqual({
      ok: true,
      value: { arrivedAt: arrived.arrivedAt, startedAt: later },
    })
    expect(press(begun, 'finish')).toMatchObject({ ok: true, value: { finishedAt: later } })
  })

  test('takes each step back to the one before it', () => {
    const times = (appointment: Attended) => {
      const { startsAt: _, deliveryChannel: __, ...rest } = appointment
      return rest
    }
    expect(press(seen, 'undo')).toEqual({ ok: true, value: times(begun) })
    expect(press(begun, 'undo')).toEqual({ ok: true, value: times(arrived) })
    expect(press(arrived, 'undo')).toEqual({ ok: true, value: {} })
    expect(press(missed, 'undo')).toEqual({ ok: true, value: {} })
    const left = { ...arrived, missedAt: later }
    expect(press(left, 'undo')).toEqual({ ok: true, value: times(arrived) })
  })

  test('refuses not attending before the start, and once the appointment was begun', () => {
    expect(press(booked, 'miss', new Date(startsAt.getTime() - 1))).toEqual({
      ok: false,
      refusal: { reason: 'too-early' },
    })
    expect(press(begun, 'miss')).toMatchObject({ ok: false, refusal: { reason: 'changed' } })
  })

  test('says it is so already where somebody else did the same', () => {
    const late = decideAttendance(arrived, { step: 'arrive', seen: 'booked' }, later)
    expect(late).toEqual({ ok: true, value: 'already' })
    const undone = decideAttendance(booked, { step: 'undo', seen: 'arrived' }, later)
    expect(undone).toEqual({ ok: true, value: 'already' })
  })

  test('says how it is now where somebody else did something different', () => {
    const late = decideAttendance(begun, { step: 'miss', seen: 'arrived' }, later)
    expect(late).toEqual({ ok: false, refusal: { reason: 'changed', state: 'in-progress' } })
    const cancelled = { ...booked, cancelledAt: startsAt }
    expect(press(cancelled, 'arrive')).toEqual({ ok: false, refusal: { reason: 'cancelled' } })
  })

  test('never leaves somebody missed and begun, or finished and not begun, whatever is pressed', () => {
    const steps = fc.array(fc.constantFrom('arrive', 'start', 'finish', 'miss', 'undo'), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(steps, fc.constantFrom('in-person', 'telephone'), (presses, deliveryChannel) => {
        let now: Attended = { startsAt, deliveryChannel }
        for (const step of presses) {
          const decision = press(now, step)
          if (!decision.ok || decision.value === 'already') continue
          now = { startsAt, deliveryChannel, ...decision.value }
          expect(now.missedAt && (now.startedAt ?? now.finishedAt)).toBeUndefined()
          if (now.finishedAt) expect(now.startedAt).toBeDefined()
        }
      }),
    )
  })
})

describe('minutesWaited', () => {
  test('counts whole minutes from arriving until now, or until the appointment was begun', () => {
    expect(minutesWaited(booked, later)).toBeUndefined()
    expect(minutesWaited(arrived, new Date(startsAt.getTime() + 59_999))).toBe(5)
    expect(minutesWaited(arrived, minutesAfter(startsAt, 1))).toBe(6)
    expect(minutesWaited(seen, later)).toBe(7)
  })
})
