import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter, minutesBefore } from '#kernel/time'
import { decideCancelling } from './cancelling.ts'
import { defaultRules } from './slot.ts'

const now = new Date('2026-03-02T08:00:00Z')
const rules = { ...defaultRules, cancelMinutesBefore: 60 }
const appointmentId = newId<'Appointment'>(now)

describe('decideCancelling', () => {
  test('allows it until a minute before the cut-off', () => {
    const startsAt = minutesAfter(now, 61)
    expect(decideCancelling({ appointmentId, startsAt }, rules, now)).toEqual({
      ok: true,
      value: 'now',
    })
  })

  test('refuses from the cut-off on, and says when that was', () => {
    const startsAt = minutesAfter(now, 60)
    expect(decideCancelling({ appointmentId, startsAt }, rules, now)).toEqual({
      ok: false,
      refusal: { reason: 'too-late', until: now },
    })
  })

  test('refuses what has started as past, even without a cut-off', () => {
    const none = { ...rules, cancelMinutesBefore: 0 }
    expect(decideCancelling({ appointmentId, startsAt: now }, none, now)).toEqual({
      ok: false,
      refusal: { reason: 'in-the-past' },
    })
    expect(decideCancelling({ appointmentId, startsAt: minutesAfter(now, 1) }, none, now).ok).toBe(
      true,
    )
  })

  test('answers the same again once cancelled, even after the appointment would have been', () => {
    const cancelled = {
      appointmentId,
      startsAt: minutesBefore(now, 30),
      cancelledAt: minutesBefore(now, 300),
    }
    expect(decideCancelling(cancelled, rules, now)).toEqual({ ok: true, value: 'already' })
  })
})
