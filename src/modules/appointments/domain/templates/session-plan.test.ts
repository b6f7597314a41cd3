import { describe, expect, test } from 'vitest'
import { aDay, aSlotType } from '../../../../../test/support/planning.ts'
import { planSession, sessionFaults, type SessionPlan } from './session-plan.ts'

const now = new Date('2026-03-02T08:00:00Z')

function aPlan(given: Partial<SessionPlan> = {}): SessionPlan {
  return {
    name: 'Morning surgery',
    day: aDay('2026-03-03'),
    startTime: '09:00',
    endTime: '10:00',
    minutes: 15,
    type: aSlotType(),
    breaks: [],
    ...given,
  }
}

function startsOf(plan: SessionPlan): readonly string[] {
  const planned = planSession(plan, now)
  if (!planned.ok) throw new Error(planned.refusal.join())
  return planned.value.slots.map((slot) => slot.startsAt.toISOString().slice(11, 16))
}

describe('planSession', () => {
  test('lays slots end to end and leaves a remainder that is too short', () => {
    expect(startsOf(aPlan({ endTime: '10:10', minutes: 20 }))).toEqual(['09:00', '09:20', '09:40'])
  })

  test('leaves breaks free, also where they touch, overlap or are out of order', () => {
    const pause = (fromTime: string, untilTime: string) => ({ fromTime, untilTime })
    const long = { endTime: '12:00', minutes: 30 }
    expect(startsOf(aPlan({ ...long, breaks: [pause('10:15', '10:45')] }))).toEqual([
      '09:00',
      '09:30',
      '10:45',
      '11:15',
    ])
    const breaks = [pause('11:00', '11:20'), pause('09:30', '10:30'), pause('10:00', '10:40')]
    expect(startsOf(aPlan({ ...long, breaks }))).toEqual(['09:00', '11:20'])
  })

  test('gives slots what their type says, and the opening asked for instead of its rule', () => {
    const type = aSlotType({ release: { rule: 'days-before', days: 1, time: '08:00' } })
    const opening = (given: Partial<SessionPlan>) => {
      const planned = planSession(aPlan({ type, ...given }), now)
      return planned.ok && planned.value.slots[0]
    }
    expect(opening({})).toMatchObject({
      slotType: 'Routine',
      slotTypeId: type.slotTypeId,
      nationalCategory: 'General Consultation Routine',
      deliveryChannel: 'in-person',
      serviceSetting: 'general-practice',
      bookableOnline: true,
      releasedAt: new Date('2026-03-02T08:00:00Z'),
    })
    const releasedAt = new Date('2026-03-03T06:00:00Z')
    expect(opening({ releasedAt })).toMatchObject({ bookableOnline: true, releasedAt })
    const staffOnly = aSlotType({ patientsMayBook: false })
    const unopened = opening({ type: staffOnly, releasedAt })
    expect(unopened).toMatchObject({ bookableOnline: false })
    expect(unopened).not.toHaveProperty('releasedAt')
  })

  test('keeps wall-clock time after the clocks go forward', () => {
    const planned = planSession(aPlan({ day: aDay('2026-03-30') }), now)
    expect(planned.ok && planned.value.startsAt.toISOString()).toBe('2026-03-30T08:00:00.000Z')
  })

  test('refuses a start that the clocks skip', () => {
    const plan = aPlan({ day: aDay('2026-03-29'), startTime: '01:30', endTime: '03:00' })
    expect(planSession(plan, now)).toEqual({
      ok: false,
      refusal: ['start-skipped-by-clock-change'],
    })
  })

  test('refuses an end before the start, so none goes over midnight', () => {
    for (const endTime of ['01:00', '00:00', '22:00']) {
      expect(planSession(aPlan({ startTime: '22:00', endTime }), now)).toEqual({
        ok: false,
        refusal: ['ends-before-it-starts'],
      })
    }
  })

  test('refuses a break that is not inside, and slots that no piece has room for', () => {
    const refusal = (given: Partial<SessionPlan>) => planSession(aPlan(given), now)
    for (const pause of [
      { fromTime: '09:00', untilTime: '09:10' },
      { fromTime: '09:50', untilTime: '10:00' },
      { fromTime: '09:40', untilTime: '09:20' },
    ]) {
      expect(refusal({ breaks: [pause] })).toEqual({ ok: false, refusal: ['break-not-inside'] })
    }
    const middle = [{ fromTime: '09:25', untilTime: '09:35' }]
    expect(refusal({ breaks: middle, minutes: 25 }).ok).toBe(true)
    expect(refusal({ breaks: middle, minutes: 26 })).toEqual({
      ok: false,
      refusal: ['no-room-for-a-slot'],
    })
  })

  test('gives every fault at once, in the order of the form', () => {
    const plan = aPlan({
      day: aDay('2026-03-01'),
      minutes: 90,
      releasedAt: new Date('2026-03-01T09:00:00Z'),
    })
    expect(planSession(plan, now)).toEqual({
      ok: false,
      refusal: ['starts-in-the-past', 'no-room-for-a-slot', 'release-after-start'],
    })
  })

  test('judges as much of a plan as there is', () => {
    expect(sessionFaults({ minutes: 10 }, now)).toEqual([])
    expect(sessionFaults({ day: aDay('2026-03-02'), startTime: '08:00' }, now)).toEqual([
      'starts-in-the-past',
    ])
  })
})
