import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, parseLocalDate, startOfDay, type LocalDate } from '#kernel/time'
import { birthdayAt } from '../proxies/birthdays.ts'
import { recordLevels } from '../services.ts'
import { raisedAtSixteen, type OwnAccess } from './sixteen.ts'

function aDay(text: string): LocalDate {
  const day = parseLocalDate(text)
  if (day === undefined) throw new Error(`${text} is not a day`)
  return day
}

const young: OwnAccess = {
  bornOn: aDay('2010-03-02'),
  startsAt: new Date('2025-01-01T00:00:00Z'),
  effectiveFrom: new Date('2025-01-01T00:00:00Z'),
  appointments: 'manage',
  prescriptions: 'manage',
  recordCurrent: 'none',
  recordHistorical: 'none',
  awaitsReview: false,
}
const onTheDay = { after: aDay('2026-03-01'), until: aDay('2026-03-02') }

/** DOMAIN CFG-4, ID-6, RA-8. */
describe('raisedAtSixteen', () => {
  test('gives the practice’s level from the birthday on, and nothing older', () => {
    expect(raisedAtSixteen(young, 'full', onTheDay)).toEqual({
      recordCurrent: 'full',
      effectiveFrom: startOfDay(aDay('2026-03-02')),
    })
    const before = { after: aDay('2026-02-27'), until: aDay('2026-03-01') }
    expect(raisedAtSixteen(young, 'full', before)).toBeUndefined()
    const since = { after: aDay('2026-03-02'), until: aDay('2026-03-03') }
    expect(raisedAtSixteen(young, 'full', since)).toBeUndefined()
  })

  test.each<[string, Partial<OwnAccess>]>([
    ['has more already', { recordCurrent: 'full' }],
    ['signed up on the day', { startsAt: new Date('2026-03-02T10:00:00Z') }],
    ['is suspended', { suspendedAt: new Date('2026-01-01T00:00:00Z') }],
    ['has a record that asks for a review', { awaitsReview: true }],
    ['had the record closed by hand', { levelsSetAt: new Date('2025-06-01T00:00:00Z') }],
    [
      'was decided about on the birthday',
      { recordCurrent: 'summary', levelsSetAt: new Date('2026-03-02T09:00:00Z') },
    ],
  ])('gives nothing to somebody who %s', (_, given) => {
    expect(raisedAtSixteen({ ...young, ...given }, 'full', onTheDay)).toBeUndefined()
  })

  test('never passes over a weak proof of identity', () => {
    const heard = { ...young, identityMethod: 'remote-vouching' } as const
    expect(raisedAtSixteen(heard, 'full', onTheDay)?.recordCurrent).toBe('summary')
  })

  test('keeps what somebody sees already, and opens nothing before it', () => {
    const some = { ...young, recordCurrent: 'summary' } as const
    expect(raisedAtSixteen(some, 'full', onTheDay)?.effectiveFrom).toBe(some.effectiveFrom)
  })

  test('over years of days, missed or not, raises once, on the first run from the birthday on', () => {
    const start = aDay('2024-01-01')
    fc.assert(
      fc.property(
        fc.integer({ min: -16 * 366, max: -16 * 366 + 5 * 366 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 60, maxLength: 120 }),
        fc.constantFrom(...recordLevels),
        (bornAfter, steps, level) => {
          let access: OwnAccess = {
            ...young,
            bornOn: addDays(start, bornAfter),
            startsAt: startOfDay(addDays(start, -400)),
          }
          const birthday = birthdayAt(access.bornOn, 16)
          let after = addDays(start, -1)
          let raised = 0
          for (const step of steps) {
            const until = addDays(after, step)
            const change = raisedAtSixteen(access, level, { after, until })
            if (change) {
              raised += 1
              expect(birthday > after && birthday <= until).toBe(true)
              access = { ...access, ...change }
            }
            after = until
          }
          const isDue = birthday >= start && birthday <= after && level !== 'none'
          const wasThere = startOfDay(birthday) > access.startsAt
          expect(raised).toBe(isDue && wasThere ? 1 : 0)
        },
      ),
    )
  })

  test('takes 29 February for 1 March where there is none', () => {
    const leapling = { ...young, bornOn: aDay('2008-02-29') }
    const days = { after: aDay('2024-02-28'), until: aDay('2024-02-29') }
    const had = { ...leapling, startsAt: new Date('2023-01-01T00:00:00Z') }
    expect(raisedAtSixteen(had, 'full', days)?.recordCurrent).toBe('full')
  })
})
