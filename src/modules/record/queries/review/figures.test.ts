import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, localDateOf, minutesBefore } from '#kernel/time'
import type { StaffActing } from '#modules/access'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPatientWith, seenNow } from '../../../../../test/support/decisions.ts'
import { aNote, aWeight } from '../../../../../test/support/record-builders.ts'
import { aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { releaseEntry, withholdEntry } from '../../commands/decide-entry.ts'
import { recallEntry } from '../../commands/deciding/recall-entry.ts'
import { doneTotals, lateTotals, overturns, waitingTimes } from './figures.ts'

describe('the figures of disclosure', () => {
  let base: TestDatabase

  beforeAll(async () => {
    base = await makeDatabase()
  })
  afterAll(() => base.drop())

  test('count what rules held, how long people took, what they overturned, recalls and what is late', async () => {
    const { db } = base
    const practice = await aPractice(db)
    const start = db.now()
    const { patientId } = await aPatientWith(db, practice, [
      aWeight({ sourceKey: 'w' }),
      aNote({ sourceKey: 'a', text: 'Neighbour rang.' }),
      aNote({ sourceKey: 'b', text: 'Seen.' }),
      aNote({ sourceKey: 'c', text: 'Seen again.' }),
    ])
    const { acting } = await aStaffMember<'decide-disclosure'>(db, practice, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    const later = (hours: number) => base.setNow(new Date(start.getTime() + hours * 3_600_000))
    const seen = (key: string) => seenNow(db, practice, patientId, key)
    const run = <T>(work: (tx: Parameters<typeof lateTotals>[0]) => Promise<T>) =>
      db.transaction(acting satisfies StaffActing<'decide-disclosure'>, work)

    later(10)
    const [a, b, w] = [await seen('a'), await seen('b'), await seen('w')]
    await run((tx) => releaseEntry(tx, { ...a, also: [] }))
    later(200)
    const reviewOn = addDays(localDateOf(db.now()), 1)
    await run((tx) => withholdEntry(tx, { ...b, ground: 'serious-harm', reviewOn }))
    await run((tx) => recallEntry(tx, { ...w, cause: 'too-early' }))
    later(24 * 12)

    const since = minutesBefore(start, 1)
    expect(await run((tx) => doneTotals(tx, since))).toEqual({
      released: 1,
      held: 3,
      recalled: 1,
      recalledFromRules: 1,
      readAgain: 0,
      unsafe: 0,
    })
    expect(await run((tx) => waitingTimes(tx, since))).toEqual([
      { what: 'consultations', decided: 2, medianHours: 105, ninthHours: 181, overAWeek: 1 },
    ])
    const [first, ...others] = await run((tx) => overturns(tx, since))
    expect(first).toMatchObject({ rule: 'text.unread', decided: 2, released: 1 })
    expect(others.length).toBeGreaterThan(0)
    expect(others.every(({ decided, released }) => decided === 1 && released === 1)).toBe(true)
    expect(await run((tx) => lateTotals(tx, localDateOf(db.now())))).toEqual({
      overdue: 1,
      requestsOverdue: 0,
      longestWaitDays: 12,
    })
  })
})
