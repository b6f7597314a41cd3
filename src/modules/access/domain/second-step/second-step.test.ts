import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minutesBefore } from '#kernel/time'
import { needsSecondStep } from './second-step.ts'

const now = new Date('2026-03-02T08:00:00Z')

/** DOMAIN CO-5. */
describe('needsSecondStep', () => {
  test('asks from the minute on, and not where nobody wants it', () => {
    expect(needsSecondStep(5, minutesBefore(now, 5), now)).toBe(true)
    expect(needsSecondStep(5, new Date(minutesBefore(now, 5).getTime() + 1), now)).toBe(false)
    expect(needsSecondStep(0, undefined, now)).toBe(false)
    expect(needsSecondStep(5, undefined, now)).toBe(true)
  })

  test('a shorter time never lets in who a longer one keeps out', () => {
    const minutes = fc.integer({ min: 1, max: 720 })
    fc.assert(
      fc.property(minutes, minutes, minutes, (shorter, more, ago) => {
        const provedAt = minutesBefore(now, ago)
        if (needsSecondStep(shorter + more, provedAt, now))
          expect(needsSecondStep(shorter, provedAt, now)).toBe(true)
      }),
    )
  })
})
