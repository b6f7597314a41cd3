import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { localDateOf, localTimeOf } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import { openLog } from '#platform/log'
import type { StaffActing } from '#modules/access'
import { setBookingRules } from '#modules/appointments'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aSlotType, aTemplate } from '../../../../../test/support/planning.ts'
import { aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { extendSessionsJob } from './extend-sessions.ts'
import { createSlotType } from './save-slot-type.ts'
import { createTemplate, retireTemplate } from './save-template.ts'

const now = new Date('2026-03-02T12:00:00Z')
const handlers = new Map([[extendSessionsJob.kind, extendSessionsJob]])

let test$: TestDatabase
let db: Database
let practice: OdsCode
let staff: StaffActing<'publish-slots'>
const type = aSlotType()

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
})
afterAll(() => test$.drop())
beforeEach(async () => {
  test$.setNow(now)
  await db.transaction(systemProof('NONE' as OdsCode), (tx) =>
    tx.run(sql`update jobs.job set done_at = ${now} where done_at is null`),
  )
  practice = await aPractice(db)
  const member = await aStaffMember<'publish-slots'>(db, practice, {
    name: 'Sam Reed',
    roles: ['practice-manager'],
  })
  staff = member.acting
  await db.transaction(staff, (tx) => createSlotType(tx, type.slotTypeId, type))
})

async function addTemplate() {
  const template = aTemplate(type, { templateId: newId<'Template'>(now) })
  await db.transaction(staff, (tx) => createTemplate(tx, template.templateId, template))
  return template
}

interface Night {
  readonly runAt: Date
  readonly isDone: boolean
}

function nights(): Promise<readonly Night[]> {
  return db.transaction(systemProof(practice), (tx) =>
    tx.many<Night>(sql`
      select run_at, done_at is not null as is_done
      from jobs.job
      where practice = ${practice}
        and kind = 'appointments.extend-sessions'
      order by run_at
    `),
  )
}

async function sessionDays(): Promise<readonly string[]> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly templateDay: string }>(sql`
      select template_day
      from appointments.session
      where practice = ${practice}
      order by template_day
    `),
  )
  return rows.map((row) => row.templateDay)
}

/** Runs what is due at this time, as the worker would. */
async function work(at: Date): Promise<void> {
  test$.setNow(at)
  await runDueJobs(db, handlers, openLog('silent'))
}

describe('each night', () => {
  test('has one job however often templates are touched, in the early hours', async () => {
    await addTemplate()
    await addTemplate()
    const found = await nights()
    expect(found).toHaveLength(1)
    const runAt = found[0]?.runAt ?? now
    expect(localDateOf(runAt)).toBe('2026-03-03')
    expect(localTimeOf(runAt) >= '02:00' && localTimeOf(runAt) < '05:00').toBe(true)
  })

  test('makes the weeks that the practice keeps made, and sees to the next night', async () => {
    await addTemplate()
    await db.transaction(systemProof(practice), (tx) => setBookingRules(tx, { weeksAhead: 2 }))
    await work(new Date('2026-03-03T01:59:00Z'))
    expect(await sessionDays()).toEqual([])
    await work(new Date('2026-03-03T05:00:00Z'))
    expect(await sessionDays()).toEqual(['2026-03-09', '2026-03-16'])
    expect(await nights()).toMatchObject([{ isDone: true }, { isDone: false }])
    for (const day of ['04', '05', '06', '07', '08', '09']) {
      await work(new Date(`2026-03-${day}T05:00:00Z`))
    }
    expect(await sessionDays()).toEqual(['2026-03-09', '2026-03-16', '2026-03-23'])
    expect(await nights()).toHaveLength(8)
  })

  test('goes on after nights that were missed, and over both clock changes', async () => {
    await addTemplate()
    for (const day of ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25']) {
      await work(new Date(`${day}T05:00:00Z`))
    }
    await work(new Date('2026-10-26T05:00:00Z'))
    const times = (await nights()).slice(1).map((night) => localTimeOf(night.runAt))
    expect(new Set(times).size).toBe(1)
    expect((await sessionDays()).at(-1)).toBe('2026-12-07')
  })

  test('ends when the last template is retired', async () => {
    const template = await addTemplate()
    await db.transaction(staff, (tx) => retireTemplate(tx, template.templateId))
    await work(new Date('2026-03-03T05:00:00Z'))
    expect(await nights()).toMatchObject([{ isDone: true }])
    expect(await sessionDays()).toEqual([])
  })
})
